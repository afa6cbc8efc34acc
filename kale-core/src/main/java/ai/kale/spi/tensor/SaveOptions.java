package ai.kale.spi.tensor;

import java.util.Optional;

/**
 * How weights are written.
 *
 * @param precision number format of the file; empty for the one that the model keeps its weights in
 * @param maxFileBytes most bytes of tensors in one file, at least 1; a larger tensor has a file of
 *     its own
 */
public record SaveOptions(Optional<Precision> precision, long maxFileBytes) {
  private static final long FIVE_GIGABYTES = 5_000_000_000L;

  /** Checks the size. */
  public SaveOptions {
    if (maxFileBytes < 1) {
      throw new IllegalArgumentException("maxFileBytes must be at least 1; got " + maxFileBytes);
    }
  }

  /** The number format that the model keeps its weights in, in files of at most 5 GB. */
  public static SaveOptions asKept() {
    return new SaveOptions(Optional.empty(), FIVE_GIGABYTES);
  }

  /**
   * These options with a number format.
   *
   * @param format {@link Precision#F32} or {@link Precision#BF16}
   * @return new options
   */
  public SaveOptions withPrecision(Precision format) {
    return new SaveOptions(Optional.of(format), maxFileBytes);
  }

  /**
   * These options with a file size.
   *
   * @param bytes most bytes of tensors in one file, at least 1
   * @return new options
   */
  public SaveOptions withMaxFileBytes(long bytes) {
    return new SaveOptions(precision, bytes);
  }
}
