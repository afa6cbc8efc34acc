package ai.kale.train.teacher;

import ai.kale.error.CorruptFileException;
import ai.kale.error.InsufficientMemoryException;
import ai.kale.spi.tensor.NamedTensor;
import ai.kale.spi.tensor.TensorModel;
import ai.kale.train.checkpoint.SafetensorsFile;
import ai.kale.train.checkpoint.SafetensorsWriter;
import ai.kale.train.checkpoint.TensorInfo;
import ai.kale.train.checkpoint.TensorType;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * A second set of a model's trainable values, in 32-bit floats on the Java heap: with an adapter
 * only the adapter's. The model itself computes with them for the time of a call, so no second
 * model is held.
 */
final class ShadowWeights {
  private static final long MEGABYTE = 1_000_000;

  private final Map<String, NamedTensor> tensors = new LinkedHashMap<>();
  private boolean lost;

  /** The trainable values as they are now. */
  static ShadowWeights of(TensorModel model) {
    ShadowWeights shadow = new ShadowWeights();
    shadow.copyFrom(model);
    return shadow;
  }

  /** Takes over the model's values. */
  void copyFrom(TensorModel model) {
    for (String name : model.trainableParameterNames()) {
      tensors.put(name, parameter(model, name));
    }
  }

  /** Moves every value towards the model's: {@code decay · own + (1 − decay) · model}. */
  void average(TensorModel model, double decay) {
    float keep = (float) decay;
    float take = (float) (1 - decay);
    for (NamedTensor own : tensors.values()) {
      float[] values = own.values();
      float[] now = parameter(model, own.name()).values();
      for (int i = 0; i < values.length; i++) {
        values[i] = keep * values[i] + take * now[i];
      }
    }
  }

  /**
   * Runs something while the model has these values; it then has its own again, bit for bit, also
   * where the memory does not suffice. Model and shadow exchange their values tensor by tensor, so
   * that the heap holds one set and one tensor more, not two sets. Cost: each trainable value is
   * copied out twice and in twice.
   *
   * @throws InsufficientMemoryException if the Java heap does not suffice
   */
  <T> T during(TensorModel model, Supplier<T> action) {
    refuseIfLost();
    Deque<String> exchanged = new ArrayDeque<>();
    try {
      for (String name : tensors.keySet()) {
        exchange(model, name);
        exchanged.push(name);
      }
      return action.get();
    } finally {
      giveBack(model, exchanged);
    }
  }

  private void refuseIfLost() {
    if (lost) {
      throw new IllegalStateException("the teacher's values were lost when the memory ran out");
    }
  }

  private void exchange(TensorModel model, String name) {
    NamedTensor theirs = parameter(model, name);
    model.setParameter(tensor(name));
    tensors.put(name, theirs);
  }

  private void giveBack(TensorModel model, Deque<String> exchanged) {
    try {
      while (!exchanged.isEmpty()) {
        exchange(model, exchanged.getFirst());
        exchanged.removeFirst();
      }
    } finally {
      // Where there is no room for both, the student's values are the ones to keep.
      lost |= !exchanged.isEmpty();
      exchanged.forEach(name -> model.setParameter(tensor(name)));
    }
  }

  private NamedTensor parameter(TensorModel model, String name) {
    try {
      return model.parameter(name);
    } catch (OutOfMemoryError e) {
      throw new InsufficientMemoryException(
          "the Java heap of "
              + Runtime.getRuntime().maxMemory() / MEGABYTE
              + " MB has no room for a second set of the trainable values, which an ema or"
              + " refreshed teacher keeps (stopped at "
              + name
              + "); raise -Xmx, train an adapter, or take another teacher",
          e);
    }
  }

  /** Writes the values as a safetensors file. */
  void save(Path file) {
    refuseIfLost();
    Map<String, long[]> shapes = new LinkedHashMap<>();
    tensors.forEach((name, tensor) -> shapes.put(name, tensor.shape()));
    SafetensorsWriter.write(
        file, shapes, name -> tensor(name).values(), TensorType.F32, Map.of("kale", "teacher"));
  }

  private NamedTensor tensor(String name) {
    NamedTensor tensor = tensors.get(name);
    if (tensor == null) {
      throw new IllegalStateException("no values for " + name);
    }
    return tensor;
  }

  /** Reads what {@link #save} wrote for a model of the same trainable parameters. */
  static ShadowWeights load(TensorModel model, Path file) {
    ShadowWeights shadow = of(model);
    try (SafetensorsFile stored = SafetensorsFile.open(file)) {
      if (!stored.tensors().keySet().equals(shadow.tensors.keySet())) {
        throw misfit(file, "holds other parameters than the model trains");
      }
      for (NamedTensor tensor : shadow.tensors.values()) {
        TensorInfo info = stored.tensors().get(tensor.name());
        if (info == null || !Arrays.equals(info.shape(), tensor.shape())) {
          throw misfit(file, "has another shape of " + tensor.name());
        }
        float[] values = stored.floats(tensor.name());
        System.arraycopy(values, 0, tensor.values(), 0, values.length);
      }
    }
    return shadow;
  }

  private static CorruptFileException misfit(Path file, String what) {
    return new CorruptFileException(
        "the teacher's state "
            + file
            + " "
            + what
            + "; delete the folder of this checkpoint to continue from an earlier one");
  }
}
