package ai.kale.kg.graph;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.List;

/** SHA-256 over ids, names, triples and weights, whatever the order in which they were added. */
final class ContentHash {
  private static final String FORM = "kale graph 1";

  private final GraphContent graph;
  private final AdjacencyArrays arcs;
  private final MessageDigest sha = sha256();

  /** What goes into the digest next. */
  private final ByteBuffer block = ByteBuffer.allocate(1 << 16);

  ContentHash(GraphContent graph) {
    this.graph = graph;
    this.arcs = graph.arcs;
  }

  /**
   * Hashes ids and names in their order, then each subject's triples as handles, by relation, then
   * object. Handles are places in the order of ids.
   */
  byte[] digest() {
    bytes(FORM.getBytes(StandardCharsets.UTF_8));
    number(graph.entities.size());
    number(graph.relations.size());
    number(arcs.hasWeights() ? 1 : 0);
    for (int e = 0; e < graph.entities.size(); e++) {
      bytes(graph.entities.bytes(e));
      texts(graph.entityNames.of(e));
    }
    for (int r = 0; r < graph.relations.size(); r++) {
      bytes(graph.relations.bytes(r));
      texts(graph.relationNames.of(r));
    }
    for (int e = 0; e < graph.entities.size(); e++) {
      triples(e);
    }
    flush();
    return sha.digest();
  }

  private void triples(int e) {
    int start = arcs.arcStart(e);
    long[] keys = new long[arcs.degree(e)];
    int count = 0;
    for (int a = start; a < arcs.arcEnd(e); a++) {
      if (!arcs.inverseAt(a)) {
        keys[count++] = key(a);
      }
    }
    Arrays.sort(keys, 0, count);
    number(count);
    for (int i = 0; i < count; i++) {
      number((int) (keys[i] >>> 32));
      number((int) keys[i]);
    }
    if (arcs.hasWeights()) {
      weights(e, Arrays.copyOf(keys, count));
    }
  }

  private long key(int arc) {
    return (long) arcs.relationAt(arc) << 32 | arcs.neighbour(arc);
  }

  private void weights(int e, long[] sortedKeys) {
    float[] weights = new float[sortedKeys.length];
    for (int a = arcs.arcStart(e); a < arcs.arcEnd(e); a++) {
      if (!arcs.inverseAt(a)) {
        weights[Arrays.binarySearch(sortedKeys, key(a))] = arcs.weightAt(a);
      }
    }
    for (float weight : weights) {
      number(Float.floatToIntBits(weight));
    }
  }

  private void texts(List<String> texts) {
    number(texts.size());
    texts.forEach(text -> bytes(text.getBytes(StandardCharsets.UTF_8)));
  }

  private void bytes(byte[] bytes) {
    number(bytes.length);
    if (bytes.length > block.remaining()) {
      flush();
    }
    if (bytes.length > block.remaining()) {
      sha.update(bytes);
    } else {
      block.put(bytes);
    }
  }

  private void number(int value) {
    if (block.remaining() < Integer.BYTES) {
      flush();
    }
    block.putInt(value);
  }

  private void flush() {
    sha.update(block.flip());
    block.clear();
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }
}
