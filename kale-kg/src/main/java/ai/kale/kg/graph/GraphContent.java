package ai.kale.kg.graph;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a {@link CompactGraph} holds until it is closed. */
final class GraphContent {
  final StringDictionary entities;
  final StringDictionary relations;
  final NameTable entityNames;
  final NameTable relationNames;
  final AdjacencyArrays arcs;
  final @Nullable Map<List<Integer>, TripleSource> sources;
  private @Nullable IdRanks entityRanks;
  private @Nullable IdRanks relationRanks;
  private @Nullable String snapshot;

  GraphContent(
      StringDictionary entities,
      StringDictionary relations,
      NameTable entityNames,
      NameTable relationNames,
      AdjacencyArrays arcs,
      @Nullable Map<List<Integer>, TripleSource> sources) {
    this.entities = entities;
    this.relations = relations;
    this.entityNames = entityNames;
    this.relationNames = relationNames;
    this.arcs = arcs;
    this.sources = sources;
  }

  synchronized IdRanks entityRanks() {
    IdRanks ranks = entityRanks;
    if (ranks == null) {
      ranks = new IdRanks(entities);
      entityRanks = ranks;
    }
    return ranks;
  }

  synchronized IdRanks relationRanks() {
    IdRanks ranks = relationRanks;
    if (ranks == null) {
      ranks = new IdRanks(relations);
      relationRanks = ranks;
    }
    return ranks;
  }

  synchronized String snapshot() {
    String text = snapshot;
    if (text == null) {
      text = "sha256:" + HexFormat.of().formatHex(digest());
      snapshot = text;
    }
    return text;
  }

  /** Hashes ids and names in id order, then each subject's triples as ranks, sorted. */
  private byte[] digest() {
    MessageDigest sha = sha256();
    IdRanks entity = entityRanks();
    IdRanks relation = relationRanks();
    for (int e : entity.byRank) {
      text(sha, entities.get(e));
      texts(sha, entityNames.of(e));
    }
    for (int r : relation.byRank) {
      text(sha, relations.get(r));
      texts(sha, relationNames.of(r));
    }
    for (int e : entity.byRank) {
      triples(sha, e, entity, relation);
    }
    return sha.digest();
  }

  private void triples(MessageDigest sha, int e, IdRanks entity, IdRanks relation) {
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
      weights(sha, e, entity, relation, Arrays.copyOf(keys, count));
    }
  }

  private void weights(
      MessageDigest sha, int e, IdRanks entity, IdRanks relation, long[] sortedKeys) {
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

  private static void texts(MessageDigest sha, List<String> texts) {
    sha.update(ByteBuffer.allocate(4).putInt(texts.size()).flip());
    texts.forEach(text -> text(sha, text));
  }

  private static void text(MessageDigest sha, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
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
