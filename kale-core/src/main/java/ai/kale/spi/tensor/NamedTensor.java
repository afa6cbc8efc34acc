package ai.kale.spi.tensor;

/**
 * A tensor copied out of a model.
 *
 * @param name parameter name, as in the checkpoint
 * @param shape sizes, outermost first
 * @param values row-major; as many as the product of the sizes
 */
public record NamedTensor(String name, long[] shape, float[] values) {
  /** Checks that shape and values agree. */
  public NamedTensor {
    long count = 1;
    for (long size : shape) {
      count *= size;
    }
    if (count != values.length) {
      throw new IllegalArgumentException(
          name + ": shape holds " + count + " values but " + values.length + " were given");
    }
  }
}
