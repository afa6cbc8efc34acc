package ai.kale.spi.tensor;

/**
 * How to open a model.
 *
 * @param device {@code "cpu"}, or {@code "gpu:N"} where the engine supports it
 */
public record EngineOptions(String device) {
  /** The CPU. */
  public static EngineOptions cpu() {
    return new EngineOptions("cpu");
  }
}
