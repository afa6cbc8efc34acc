package ai.kale.kg.rdf;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A hash of a set of statements that does not depend on their order: SHA-256 over the number of
 * statements and the sum, modulo 2^256, of the SHA-256 of each. O(1) memory and one or two hashes
 * for each statement. Names a state of data; it is not made to withstand forgery. Not safe for use
 * by several threads.
 */
public final class StatementHash {
  private static final int WORDS = 4;

  private final MessageDigest sha256 = sha256();
  private final long[] sum = new long[WORDS];
  private long count;

  /** Creates the hash of no statement. */
  public StatementHash() {}

  /**
   * Adds a statement; each is to be added once.
   *
   * @param terms subject, predicate, object and the name of the graph, as ids
   */
  public void add(String... terms) {
    for (String term : terms) {
      byte[] bytes = term.getBytes(StandardCharsets.UTF_8);
      sha256.update(ByteBuffer.allocate(4).putInt(bytes.length).flip());
      sha256.update(bytes);
    }
    ByteBuffer one = ByteBuffer.wrap(sha256.digest());
    long carry = 0;
    for (int i = WORDS - 1; i >= 0; i--) {
      long word = one.getLong(8 * i);
      long total = sum[i] + word;
      long overflow = Long.compareUnsigned(total, word) < 0 ? 1 : 0;
      total += carry;
      overflow += carry == 1 && total == 0 ? 1 : 0;
      sum[i] = total;
      carry = overflow;
    }
    count++;
  }

  /** {@code "sha256:…"} over what was added so far. */
  public String text() {
    ByteBuffer bytes = ByteBuffer.allocate(8 * (WORDS + 1)).putLong(count);
    for (long word : sum) {
      bytes.putLong(word);
    }
    return "sha256:" + HexFormat.of().formatHex(sha256().digest(bytes.array()));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }
}
