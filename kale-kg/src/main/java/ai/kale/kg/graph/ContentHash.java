package ai.kale.kg.graph;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.List;

/** SHA-256 over ids, names, triples and weights, whatever the order in which they were added. */
final class ContentHash {
  private final GraphContent graph;
  private final AdjacencyArrays arcs;
  private final MessageDigest sha = sha256();

  ContentHash(GraphContent graph) {
    this.graph = graph;
    this.arcs = graph.arcs;
  }

  /** Hashes ids and names in id order, then each subject's triples as ranks, sorted. */
  byte[] digest() {
    IdRanks entity = graph.entityRanks();
    IdRanks relation = graph.relationRanks();
    for (int e : entity.byRank) {
      bytes(graph.entities.bytes(e));
      texts(graph.entityNames.of(e));
    }
    for (int r : relation.byRank) {
      bytes(graph.relations.bytes(r));
      texts(graph.relationNames.of(r));
    }
    for (int e : entity.byRank) {
      triples(e, entity, relation);
    }
    return sha.digest();
  }

  private void triples(int e, IdRanks entity, IdRanks relation) {
    int start = arcs.arcStart(e);
    long[] keys = new long[arcs.degree(e)];
    int count = 0;
    for (int a = start; a < arcs.arcEnd(e); a++) {
      if (!arcs.inverseAt(a)) {
        keys[count++] =
            ((long) relation.rank[arcs.relationAt(a)] << 32) | entity.rank[arcs.neighbour(a)];
      }
    }
    Arrays.sort(keys, 0, count);
    ByteBuffer bytes = ByteBuffer.allocate(4 + 8 * count);
    bytes.putInt(count);
    for (int i = 0; i < count; i++) {
      bytes.putLong(keys[i]);
    }
    sha.update(bytes.flip());
    if (arcs.hasWeights()) {
      weights(e, entity, relation, Arrays.copyOf(keys, count));
    }
  }

  private void weights(int e, IdRanks entity, IdRanks relation, long[] sortedKeys) {
    float[] weights = new float[sortedKeys.length];
    for (int a = arcs.arcStart(e); a < arcs.arcEnd(e); a++) {
      if (!arcs.inverseAt(a)) {
        long key =
            ((long) relation.rank[arcs.relationAt(a)] << 32) | entity.rank[arcs.neighbour(a)];
        weights[Arrays.binarySearch(sortedKeys, key)] = arcs.weightAt(a);
      }
    }
    ByteBuffer bytes = ByteBuffer.allocate(4 * weights.length);
    for (float weight : weights) {
      bytes.putFloat(weight);
    }
    sha.update(bytes.flip());
  }

  private void texts(List<String> texts) {
    sha.update(ByteBuffer.allocate(4).putInt(texts.size()).flip());
    texts.forEach(text -> bytes(text.getBytes(StandardCharsets.UTF_8)));
  }

  private void bytes(byte[] bytes) {
    sha.update(ByteBuffer.allocate(4).putInt(bytes.length).flip());
    sha.update(bytes);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }
}
