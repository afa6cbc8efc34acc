package ai.kale.train.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.kale.error.InvalidInputException;
import ai.kale.spi.tensor.NamedTensor;
import ai.kale.train.checkpoint.Checkpoint;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Named tensors in native memory, in 32-bit floats or bfloat16, and copies from and to them. */
final class NativeParameters {
  private final NDManager manager;
  private final ScriptModule script;
  private final Map<String, long[]> shapes;
  private final List<String> names;
  private final Map<String, Integer> indices = new HashMap<>();
  private final NDList tensors;

  /**
   * Allocates zeros.
   *
   * @param half whether in bfloat16
   */
  NativeParameters(
      NDManager manager, ScriptModule script, Map<String, long[]> shapes, boolean half) {
    this.manager = manager;
    this.script = script;
    this.shapes = shapes;
    this.names = List.copyOf(shapes.keySet());
    names.forEach(name -> indices.put(name, indices.size()));
    this.tensors =
        half
            ? NativeTensors.halfZeros(manager, script, shapes.values())
            : NativeTensors.zeros(manager, shapes.values());
  }

  List<String> names() {
    return names;
  }

  Map<String, long[]> shapes() {
    return shapes;
  }

  boolean has(String name) {
    return shapes.containsKey(name);
  }

  /** The tensors, in the order of the names. */
  NDList tensors() {
    return tensors;
  }

  NDArray tensor(String name) {
    return tensors.get(index(name));
  }

  void requireGradients() {
    tensors.forEach(tensor -> tensor.setRequiresGradient(true));
  }

  /** Copies a tensor's values out. */
  NamedTensor read(String name) {
    return read(name, tensors);
  }

  /** Copies out the member of another list in the same order, such as the gradients. */
  NamedTensor read(String name, NDList list) {
    int index = index(name);
    return new NamedTensor(name, shape(name), NativeTensors.read(script, manager, list.get(index)));
  }

  /** Overwrites a tensor. */
  void write(NamedTensor tensor) {
    int index = index(tensor.name());
    if (!Arrays.equals(tensor.shape(), shape(tensor.name()))) {
      throw new InvalidInputException(
          "parameter "
              + tensor.name()
              + " has shape "
              + Arrays.toString(shape(tensor.name()))
              + "; got "
              + Arrays.toString(tensor.shape()));
    }
    NativeTensors.write(script, manager, tensors.get(index), FloatBuffer.wrap(tensor.values()));
  }

  /** Fills all tensors from a checkpoint, straight from its memory maps. */
  void load(Checkpoint checkpoint) {
    for (int i = 0; i < names.size(); i++) {
      NDArray target = tensors.get(i);
      checkpoint.forEachPart(
          names.get(i),
          (type, first, bytes) -> NativeTensors.fill(script, manager, target, type, first, bytes));
    }
  }

  /** Fills all tensors from another model's, which has the same. */
  void copyFrom(NativeParameters other) {
    for (int i = 0; i < names.size(); i++) {
      try (NDManager call = manager.newSubManager()) {
        script.call(call, "assign", tensors.get(i), other.tensors.get(i));
      }
    }
  }

  long[] shape(String name) {
    long[] shape = shapes.get(name);
    if (shape == null) {
      throw new IllegalStateException("no shape for " + name);
    }
    return shape.clone();
  }

  private int index(String name) {
    Integer index = indices.get(name);
    if (index == null) {
      throw new InvalidInputException(
          "the model has no parameter " + name + "; parameterNames() lists them");
    }
    return index;
  }
}
