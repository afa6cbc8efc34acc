package ai.kale.train.io;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A running SHA-256 over typed values, each preceded by its length so that none runs together. */
public final class Sha256 {
  private static final int CHUNK = 1 << 14;

  private final MessageDigest digest = newDigest();

  /** Starts with nothing. */
  public Sha256() {}

  /** A fresh SHA-256 digest. */
  public static MessageDigest newDigest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /**
   * The hash of bytes alone, without a length in front.
   *
   * @param bytes any bytes
   * @return 64 lower-case hexadecimal digits
   */
  public static String of(byte[] bytes) {
    return HexFormat.of().formatHex(newDigest().digest(bytes));
  }

  /**
   * Adds a text.
   *
   * @param text any text
   * @return this
   */
  public Sha256 add(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    add(bytes.length);
    digest.update(bytes);
    return this;
  }

  /**
   * Adds a number.
   *
   * @param value any number
   * @return this
   */
  public Sha256 add(long value) {
    digest.update(ByteBuffer.allocate(Long.BYTES).putLong(0, value));
    return this;
  }

  /**
   * Adds integers.
   *
   * @param values any integers
   * @return this
   */
  public Sha256 add(int[] values) {
    add(values.length);
    ByteBuffer bytes = ByteBuffer.allocate(values.length * Integer.BYTES);
    bytes.asIntBuffer().put(values);
    digest.update(bytes);
    return this;
  }

  /**
   * Adds the bits of floats.
   *
   * @param values any floats
   * @return this
   */
  public Sha256 add(float[] values) {
    add(values.length);
    ByteBuffer bytes = ByteBuffer.allocate(CHUNK * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (int from = 0; from < values.length; from += CHUNK) {
      int count = Math.min(CHUNK, values.length - from);
      bytes.clear();
      bytes.asFloatBuffer().put(values, from, count);
      digest.update(bytes.limit(count * Float.BYTES));
    }
    return this;
  }

  /** The hash of all that was added, in 64 lower-case hexadecimal digits; starts anew. */
  public String hex() {
    return HexFormat.of().formatHex(digest.digest());
  }
}
