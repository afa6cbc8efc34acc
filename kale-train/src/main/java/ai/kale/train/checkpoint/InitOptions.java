package ai.kale.train.checkpoint;

import java.util.OptionalDouble;

/**
 * Choices of {@link DecoderInitializer}.
 *
 * @param embeddingStd standard deviation of the embedding; empty for {@code hidden^-0.5}
 */
public record InitOptions(OptionalDouble embeddingStd) {
  /** Checks the range. */
  public InitOptions {
    if (embeddingStd.isPresent()
        && !(embeddingStd.getAsDouble() > 0 && Double.isFinite(embeddingStd.getAsDouble()))) {
      throw new IllegalArgumentException(
          "embeddingStd must be positive; got " + embeddingStd.getAsDouble());
    }
  }

  /** The usual standard deviations. */
  public static InitOptions defaults() {
    return new InitOptions(OptionalDouble.empty());
  }

  /**
   * Another standard deviation for the embedding.
   *
   * @param std positive
   * @return the options
   */
  public static InitOptions withEmbeddingStd(double std) {
    return new InitOptions(OptionalDouble.of(std));
  }
}
