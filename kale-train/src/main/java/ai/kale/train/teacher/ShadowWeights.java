package ai.kale.train.teacher;

import ai.kale.error.CorruptFileException;
import ai.kale.spi.tensor.NamedTensor;
import ai.kale.spi.tensor.TensorModel;
import ai.kale.train.checkpoint.SafetensorsFile;
import ai.kale.train.checkpoint.SafetensorsWriter;
import ai.kale.train.checkpoint.TensorInfo;
import ai.kale.train.checkpoint.TensorType;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * A second set of a model's trainable values, in 32-bit floats on the Java heap: with an adapter
 * only the adapter's. The model itself computes with them for the time of a call, so no second
 * model is held.
 */
final class ShadowWeights {
  private final Map<String, NamedTensor> tensors = new LinkedHashMap<>();

  /** The trainable values as they are now. */
  static ShadowWeights of(TensorModel model) {
    ShadowWeights shadow = new ShadowWeights();
    shadow.copyFrom(model);
    return shadow;
  }

  /** Takes over the model's values. */
  void copyFrom(TensorModel model) {
    for (String name : model.trainableParameterNames()) {
      tensors.put(name, model.parameter(name));
    }
  }

  /** Moves every value towards the model's: {@code decay · own + (1 − decay) · model}. */
  void average(TensorModel model, double decay) {
    float keep = (float) decay;
    float take = (float) (1 - decay);
    for (NamedTensor own : tensors.values()) {
      float[] values = own.values();
      float[] now = model.parameter(own.name()).values();
      for (int i = 0; i < values.length; i++) {
        values[i] = keep * values[i] + take * now[i];
      }
    }
  }

  /**
   * Runs something while the model has these values; it then has its own again, bit for bit. Cost:
   * each trainable value is copied out once and in twice.
   */
  <T> T during(TensorModel model, Supplier<T> action) {
    ShadowWeights own = of(model);
    try {
      copyTo(model);
      return action.get();
    } finally {
      own.copyTo(model);
    }
  }

  private void copyTo(TensorModel model) {
    tensors.values().forEach(model::setParameter);
  }

  /** Writes the values as a safetensors file. */
  void save(Path file) {
    Map<String, long[]> shapes = new LinkedHashMap<>();
    tensors.forEach((name, tensor) -> shapes.put(name, tensor.shape()));
    SafetensorsWriter.write(
        file, shapes, name -> values(name), TensorType.F32, Map.of("kale", "teacher"));
  }

  private float[] values(String name) {
    NamedTensor tensor = tensors.get(name);
    if (tensor == null) {
      throw new IllegalStateException("no values for " + name);
    }
    return tensor.values();
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
