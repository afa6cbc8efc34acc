package ai.kale.train.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.Collection;

/** Tensors in native memory: uploads for one call, and zeros that a model keeps. */
final class NativeTensors {
  private NativeTensors() {}

  /** Ids or counts; an empty array becomes one unused zero. */
  static NDArray longs(NDManager manager, long[] values, long... shape) {
    return values.length == 0
        ? manager.create(new long[1])
        : manager.create(LongBuffer.wrap(values), shape(values.length, shape));
  }

  /** Floats; an empty array becomes one unused zero. */
  static NDArray floats(NDManager manager, float[] values, long... shape) {
    return values.length == 0
        ? manager.create(new float[1])
        : manager.create(FloatBuffer.wrap(values), shape(values.length, shape));
  }

  /** Zeros of the given shapes. */
  static NDList zeros(NDManager manager, Collection<long[]> shapes) {
    NDList zeros = new NDList(shapes.size());
    for (long[] shape : shapes) {
      zeros.add(manager.zeros(new Shape(shape)));
    }
    return zeros;
  }

  private static Shape shape(int count, long[] shape) {
    return shape.length == 0 ? new Shape(count) : new Shape(shape);
  }
}
