package ai.kale.spi.tensor;

import java.util.Optional;

/**
 * How to open a model. An engine refuses what it cannot do with {@link
 * ai.kale.error.UnsupportedCapabilityException}; none may ignore an option that changes a result.
 *
 * @param device {@code "cpu"}, or {@code "gpu:N"} where the engine supports it
 * @param precision number format of the computation
 * @param adapter a low-rank adapter to train over frozen weights; empty to train all weights
 * @param activationCheckpointing whether a training pass keeps only the input of each block and
 *     computes the block again on the way back: about a third more time, far less memory
 * @param logitRows rows whose logits (rows × vocabulary) a training pass holds at a time; 0 lets
 *     the engine choose. Never changes a result beyond rounding
 */
public record EngineOptions(
    String device,
    Precision precision,
    Optional<AdapterSource> adapter,
    boolean activationCheckpointing,
    int logitRows) {
  /** Checks the range. */
  public EngineOptions {
    if (logitRows < 0) {
      throw new IllegalArgumentException("logitRows must not be negative; got " + logitRows);
    }
  }

  /** All weights in 32-bit floats on the CPU. */
  public static EngineOptions cpu() {
    return new EngineOptions("cpu", Precision.F32, Optional.empty(), false, 0);
  }

  /**
   * The same on another device.
   *
   * @param name {@code "cpu"} or {@code "gpu:N"}
   * @return new options
   */
  public EngineOptions withDevice(String name) {
    return new EngineOptions(name, precision, adapter, activationCheckpointing, logitRows);
  }

  /**
   * The same in another number format.
   *
   * @param format the format
   * @return new options
   */
  public EngineOptions withPrecision(Precision format) {
    return new EngineOptions(device, format, adapter, activationCheckpointing, logitRows);
  }

  /**
   * The same with a low-rank adapter.
   *
   * @param source a new or a saved one
   * @return new options
   */
  public EngineOptions withAdapter(AdapterSource source) {
    return new EngineOptions(
        device, precision, Optional.of(source), activationCheckpointing, logitRows);
  }

  /** The same without an adapter. */
  public EngineOptions withoutAdapter() {
    return new EngineOptions(
        device, precision, Optional.empty(), activationCheckpointing, logitRows);
  }

  /**
   * The same with or without activation checkpointing.
   *
   * @param on whether blocks are computed again
   * @return new options
   */
  public EngineOptions withActivationCheckpointing(boolean on) {
    return new EngineOptions(device, precision, adapter, on, logitRows);
  }

  /**
   * The same with another bound on the logits held at a time.
   *
   * @param rows at least 1, or 0 to let the engine choose
   * @return new options
   */
  public EngineOptions withLogitRows(int rows) {
    return new EngineOptions(device, precision, adapter, activationCheckpointing, rows);
  }
}
