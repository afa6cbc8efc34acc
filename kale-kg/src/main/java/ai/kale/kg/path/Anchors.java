package ai.kale.kg.path;

import ai.kale.KnowledgeGraph;
import ai.kale.PathQuery;
import com.google.common.hash.HashCode;
import com.google.common.hash.HashFunction;
import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.stream.IntStream;

/**
 * Draws anchors: those candidates whose hash is lowest, of the seed, the query's ids and their own.
 * So the draw does not depend on a backend's handles or on the order of its arcs.
 */
final class Anchors {
  private static final HashFunction HASH = Hashing.murmur3_128();

  private record Drawn(long hash, String id, int entity) {}

  private final KnowledgeGraph graph;
  private final HashCode salt;

  Anchors(KnowledgeGraph graph, PathQuery query, long seed) {
    this.graph = graph;
    Hasher hasher = HASH.newHasher().putLong(seed);
    ids(query.sources()).forEach(id -> text(hasher, id));
    ids(query.targets()).forEach(id -> text(hasher.putByte((byte) 1), id));
    salt = hasher.hash();
  }

  private List<String> ids(int[] entities) {
    return IntStream.of(entities).mapToObj(graph::entityId).sorted().toList();
  }

  private static Hasher text(Hasher hasher, String id) {
    byte[] bytes = id.getBytes(StandardCharsets.UTF_8);
    return hasher.putInt(bytes.length).putBytes(bytes);
  }

  /** Draws some of the candidates, or takes all if there are no more. */
  int[] draw(int[] candidates, int count) {
    PriorityQueue<Drawn> lowest =
        new PriorityQueue<>(
            Comparator.comparingLong(Drawn::hash).thenComparing(Drawn::id).reversed());
    for (int entity : candidates) {
      String id = graph.entityId(entity);
      Hasher hasher = HASH.newHasher().putBytes(salt.asBytes());
      lowest.add(new Drawn(text(hasher, id).hash().asLong(), id, entity));
      if (lowest.size() > count) {
        lowest.remove();
      }
    }
    return lowest.stream().mapToInt(Drawn::entity).toArray();
  }
}
