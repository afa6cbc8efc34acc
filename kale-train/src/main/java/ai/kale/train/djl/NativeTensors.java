package ai.kale.train.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.kale.train.checkpoint.TensorType;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.util.Arrays;
import java.util.Collection;

/** Tensors in native memory: uploads for one call, and zeros that a model keeps. */
final class NativeTensors {
  /** Elements copied between heap and native memory at a time. */
  static final int PART = 1 << 24;

  private NativeTensors() {}

  /** Ids or counts; an empty array becomes one unused zero. */
  static NDArray longs(NDManager manager, long[] values, long... shape) {
    return values.length == 0
        ? manager.create(new long[1])
        : manager.create(LongBuffer.wrap(values), shape(values.length, shape));
  }

  /** Ids as 32-bit integers; an empty array becomes one unused zero. */
  static NDArray ints(NDManager manager, int[] values) {
    return values.length == 0
        ? manager.create(new int[1])
        : manager.create(IntBuffer.wrap(values), new Shape(values.length));
  }

  /** Floats; an empty array becomes one unused zero. */
  static NDArray floats(NDManager manager, float[] values, long... shape) {
    return values.length == 0
        ? manager.create(new float[1])
        : manager.create(FloatBuffer.wrap(values), shape(values.length, shape));
  }

  /**
   * Zeros of the given shapes.
   *
   * @throws ai.kale.error.InsufficientMemoryException if there is no memory for them
   */
  static NDList zeros(NDManager manager, Collection<long[]> shapes) {
    NDList zeros = new NDList(shapes.size());
    for (long[] shape : shapes) {
      try {
        zeros.add(manager.zeros(new Shape(shape)));
      } catch (RuntimeException e) {
        throw NativeMemory.explain(e, "the allocation of " + Arrays.toString(shape));
      }
    }
    return zeros;
  }

  /** Zeros of the given shapes in bfloat16. */
  static NDList halfZeros(NDManager manager, ScriptModule script, Collection<long[]> shapes) {
    NDList zeros = new NDList(shapes.size());
    for (long[] shape : shapes) {
      try (NDManager call = manager.newSubManager()) {
        zeros.add(script.call(manager, "half_zeros", call.create(0f), longs(call, shape)));
      }
    }
    return zeros;
  }

  /** Copies part of a file into a tensor; libtorch converts between number formats. */
  static void fill(
      ScriptModule script,
      NDManager manager,
      NDArray target,
      TensorType type,
      long first,
      ByteBuffer bytes) {
    try (NDManager call = manager.newSubManager()) {
      Shape shape = new Shape(bytes.remaining() / type.bytes());
      DataType carrier = type == TensorType.F32 ? DataType.FLOAT32 : DataType.FLOAT16;
      NDArray source = call.create(bytes, shape, carrier);
      String method = type == TensorType.BF16 ? "fill_half" : "fill";
      script.call(call, method, target, source, call.create(first));
    }
  }

  /** Overwrites a tensor; a part of the values is in flight at a time. */
  static void write(ScriptModule script, NDManager manager, NDArray target, FloatBuffer values) {
    write(script, manager, target, values, PART);
  }

  /** The same with so many values in flight. */
  static void write(
      ScriptModule script, NDManager manager, NDArray target, FloatBuffer values, int part) {
    for (long at = 0; at < values.limit(); at += part) {
      try (NDManager call = manager.newSubManager()) {
        int count = (int) Math.min(part, values.limit() - at);
        NDArray source = call.create(values.slice((int) at, count), new Shape(count));
        script.call(call, "fill", target, source, call.create(at));
      }
    }
  }

  /** Copies a tensor of any size below 2^31 elements to the heap, as 32-bit floats. */
  static float[] read(ScriptModule script, NDManager manager, NDArray source) {
    return read(script, manager, source, PART);
  }

  /** The same with so many values in flight. */
  static float[] read(ScriptModule script, NDManager manager, NDArray source, int part) {
    float[] values = new float[Math.toIntExact(source.size())];
    for (long at = 0; at < values.length; at += part) {
      try (NDManager call = manager.newSubManager()) {
        long count = Math.min(part, values.length - at);
        NDArray some = script.call(call, "part", source, call.create(at), call.create(count));
        System.arraycopy(some.toFloatArray(), 0, values, (int) at, (int) count);
      }
    }
    return values;
  }

  private static Shape shape(int count, long[] shape) {
    return shape.length == 0 ? new Shape(count) : new Shape(shape);
  }
}
