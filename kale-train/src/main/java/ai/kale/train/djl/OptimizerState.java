package ai.kale.train.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.kale.error.CorruptFileException;
import ai.kale.error.InvalidInputException;
import ai.kale.spi.tensor.AdamW;
import ai.kale.train.checkpoint.SafetensorsFile;
import ai.kale.train.checkpoint.SafetensorsWriter;
import ai.kale.train.checkpoint.TensorInfo;
import ai.kale.train.checkpoint.TensorType;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** First and second moments and the step count of AdamW, and their file. */
final class OptimizerState {
  private static final String FIRST = "exp_avg.";
  private static final String SECOND = "exp_avg_sq.";
  private static final String STEPS = "step";

  private final NDManager manager;
  private final int part;
  private final Map<String, long[]> stored = new LinkedHashMap<>();
  private final NDList first;
  private final NDList second;
  private final NDList steps;

  OptimizerState(NDManager manager, Map<String, long[]> shapes) {
    this(manager, shapes, NativeTensors.PART);
  }

  /**
   * A state of zeros.
   *
   * @param part elements copied between heap and native memory at a time
   */
  OptimizerState(NDManager manager, Map<String, long[]> shapes, int part) {
    this.manager = manager;
    this.part = part;
    this.first = NativeTensors.zeros(manager, shapes.values());
    this.second = NativeTensors.zeros(manager, shapes.values());
    this.steps = NativeTensors.zeros(manager, Collections.nCopies(shapes.size(), new long[] {1}));
    shapes.forEach((name, shape) -> stored.put(FIRST + name, shape));
    shapes.forEach((name, shape) -> stored.put(SECOND + name, shape));
    stored.put(STEPS, new long[] {1});
  }

  /** One step; returns the gradient norm before clipping. */
  double step(ScriptModule script, NDList weights, NDList gradients, AdamW adamW) {
    check(adamW);
    try (NDManager call = manager.newSubManager()) {
      NDArray hyper =
          call.create(
              new double[] {
                adamW.learningRate(),
                adamW.beta1(),
                adamW.beta2(),
                adamW.epsilon(),
                adamW.weightDecay(),
                adamW.maxGradientNorm()
              });
      List<Object> arguments = new ArrayList<>();
      for (boolean matrices : new boolean[] {true, false}) {
        for (NDList list : List.of(weights, gradients, first, second, steps)) {
          arguments.add(select(call, list, weights, matrices));
        }
      }
      arguments.add(hyper);
      return script.call(call, "step", arguments.toArray()).getDouble();
    }
  }

  /**
   * Tensors of one kind; where there are none, an unused zero of its own, as no list may be empty
   * and no tensor may be in two lists.
   */
  private static NDList select(NDManager call, NDList from, NDList weights, boolean matrices) {
    NDList selected = new NDList();
    for (int i = 0; i < from.size(); i++) {
      if (weights.get(i).getShape().dimension() >= 2 == matrices) {
        selected.add(from.get(i));
      }
    }
    return selected.isEmpty() ? NativeTensors.zeros(call, List.of(new long[] {1})) : selected;
  }

  private static void check(AdamW adamW) {
    range("learningRate", adamW.learningRate(), 0, Double.MAX_VALUE);
    range("beta1", adamW.beta1(), 0, Math.nextDown(1.0));
    range("beta2", adamW.beta2(), 0, Math.nextDown(1.0));
    range("epsilon", adamW.epsilon(), 0, Double.MAX_VALUE);
    range("weightDecay", adamW.weightDecay(), 0, Double.MAX_VALUE);
    range("maxGradientNorm", adamW.maxGradientNorm(), Double.MIN_VALUE, Double.POSITIVE_INFINITY);
  }

  private static void range(String name, double value, double low, double high) {
    if (!(value >= low && value <= high)) {
      throw new InvalidInputException(
          name + " of the optimizer is " + value + ", outside " + low + " to " + high);
    }
  }

  /** Writes moments and step count, and what else belongs to the state. */
  void save(Path file, ScriptModule script, Map<String, String> metadata) {
    Map<String, NDArray> tensors = tensors();
    SafetensorsWriter.write(
        file,
        stored,
        name -> NativeTensors.read(script, manager, tensor(tensors, name), part),
        TensorType.F32,
        metadata);
  }

  /** Reads what {@link #save} wrote; returns the metadata. */
  Map<String, String> load(Path file, ScriptModule script) {
    try (SafetensorsFile source = SafetensorsFile.open(file)) {
      checkFits(file, source);
      tensors()
          .forEach(
              (name, tensor) -> {
                FloatBuffer values = FloatBuffer.wrap(source.floats(name));
                for (NDArray target : name.equals(STEPS) ? steps : List.of(tensor)) {
                  NativeTensors.write(script, manager, target, values, part);
                }
              });
      return source.metadata();
    }
  }

  private static NDArray tensor(Map<String, NDArray> tensors, String name) {
    NDArray tensor = tensors.get(name);
    if (tensor == null) {
      throw new IllegalStateException("no state " + name);
    }
    return tensor;
  }

  private void checkFits(Path file, SafetensorsFile source) {
    for (Map.Entry<String, long[]> entry : stored.entrySet()) {
      TensorInfo tensor = source.tensors().get(entry.getKey());
      if (tensor == null
          || tensor.type() != TensorType.F32
          || !Arrays.equals(tensor.shape(), entry.getValue())) {
        throw new CorruptFileException(
            file
                + ": "
                + (tensor == null
                    ? "tensor " + entry.getKey() + " is missing"
                    : "tensor "
                        + entry.getKey()
                        + " is "
                        + tensor.type()
                        + " "
                        + Arrays.toString(tensor.shape())
                        + ", not F32 "
                        + Arrays.toString(entry.getValue()))
                + "; the file is not the optimizer state of this model");
      }
    }
    if (source.tensors().size() != stored.size()) {
      throw new CorruptFileException(
          file
              + ": "
              + source.tensors().size()
              + " tensors where "
              + stored.size()
              + " are expected; the file is not the optimizer state of this model");
    }
  }

  /** In the order of the file; all step counts are equal, so the first stands for them. */
  private Map<String, NDArray> tensors() {
    List<NDArray> all = new ArrayList<>(first);
    all.addAll(second);
    all.add(steps.get(0));
    Map<String, NDArray> tensors = new LinkedHashMap<>();
    Iterator<NDArray> next = all.iterator();
    stored.keySet().forEach(name -> tensors.put(name, next.next()));
    return tensors;
  }
}
