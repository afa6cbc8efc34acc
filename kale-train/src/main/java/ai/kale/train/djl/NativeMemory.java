package ai.kale.train.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.kale.error.InsufficientMemoryException;
import java.util.List;
import java.util.Locale;

/** Tells libtorch's failed allocations from its other failures. */
final class NativeMemory {
  private static final List<String> SIGNS =
      List.of(
          "can't allocate memory",
          "cannot allocate memory",
          "not enough memory",
          "out of memory",
          "bad_alloc",
          "bad allocation");

  private NativeMemory() {}

  /**
   * What to throw for a failure in a script.
   *
   * @param failure what libtorch or DJL threw
   * @param method what was called
   * @param arguments what it was called with
   * @return an {@link InsufficientMemoryException} with what to lower if memory was short, the
   *     failure itself otherwise
   */
  static RuntimeException explain(RuntimeException failure, String method, Object... arguments) {
    String message = String.valueOf(failure.getMessage());
    String lower = message.toLowerCase(Locale.ROOT);
    if (SIGNS.stream().noneMatch(lower::contains)) {
      return failure;
    }
    return new InsufficientMemoryException(
        "memory ran out in "
            + method
            + batch(arguments)
            + "; take smaller passes (microBatch), shorter sequences (maxTokens), activation"
            + " checkpointing or fewer logitRows, Precision.BF16, or an adapter (LoRA) instead of"
            + " all weights. "
            + reason(message, lower),
        failure);
  }

  /** Token ids are the one matrix of 64-bit integers among the arguments. */
  private static String batch(Object... arguments) {
    for (Object argument : arguments) {
      if (argument instanceof NDArray ids
          && ids.getDataType() == DataType.INT64
          && ids.getShape().dimension() == 2) {
        return " over "
            + ids.getShape().get(0)
            + " sequences of up to "
            + ids.getShape().get(1)
            + " tokens";
      }
    }
    return "";
  }

  /** The line that says how much was asked for; a script's error has its trace in front. */
  private static String reason(String message, String lower) {
    String[] lines = message.split("\n");
    String[] lowered = lower.split("\n");
    for (int i = lines.length - 1; i >= 0; i--) {
      String line = lowered[i];
      if (SIGNS.stream().anyMatch(line::contains)) {
        return "libtorch: " + lines[i].strip();
      }
    }
    return "";
  }
}
