package ai.kale.train.checkpoint;

/**
 * Where a tensor lies in a safetensors file.
 *
 * @param name its name
 * @param type its element type
 * @param shape sizes, outermost first
 * @param begin first byte, counted from the end of the header
 * @param end byte after the last one
 */
public record TensorInfo(String name, TensorType type, long[] shape, long begin, long end) {
  /** Number of elements. */
  public long count() {
    return (end - begin) / type.bytes();
  }
}
