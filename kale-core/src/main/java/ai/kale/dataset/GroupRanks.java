package ai.kale.dataset;

import ai.kale.data.Question;
import ai.kale.run.Hashes;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Draws that depend on a seed, a purpose and names, and on nothing else: not on the order of the
 * input, nor on what else is drawn. Each is the beginning of a SHA-256.
 */
final class GroupRanks {
  private GroupRanks() {}

  /** The groups, each with its questions in input order, in an order that the seed says. */
  static Map<String, List<Question>> shuffled(List<Question> questions, long seed, String purpose) {
    Map<String, List<Question>> groups =
        questions.stream()
            .collect(
                Collectors.groupingBy(Question::group, LinkedHashMap::new, Collectors.toList()));
    Map<String, Long> ranks = new LinkedHashMap<>();
    groups.keySet().forEach(group -> ranks.put(group, draw(seed, purpose, List.of(group))));
    Map<String, List<Question>> order = new LinkedHashMap<>();
    groups.entrySet().stream()
        .sorted(
            Comparator.<Map.Entry<String, List<Question>>>comparingLong(
                    entry -> ranks.getOrDefault(entry.getKey(), 0L))
                .thenComparing(Map.Entry::getKey))
        .forEach(entry -> order.put(entry.getKey(), entry.getValue()));
    return order;
  }

  /** An index from 0 below a bound. */
  static int index(int bound, long seed, String purpose, List<String> names) {
    return (int) Math.floorMod(draw(seed, purpose, names), (long) bound);
  }

  /** 64 bits, evenly distributed. */
  static long draw(long seed, String purpose, List<String> names) {
    MessageDigest digest = Hashes.newSha256();
    digest.update(ByteBuffer.allocate(Long.BYTES).putLong(0, seed));
    add(digest, purpose);
    names.forEach(name -> add(digest, name));
    return ByteBuffer.wrap(digest.digest()).getLong();
  }

  private static void add(MessageDigest digest, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, bytes.length));
    digest.update(bytes);
  }
}
