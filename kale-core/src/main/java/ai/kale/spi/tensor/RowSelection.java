package ai.kale.spi.tensor;

/**
 * Rows of one layer's hidden states: row {@code i} is the state of sequence {@code sequences[i]} at
 * token position {@code positions[i]}, which predicts the token at {@code positions[i] + 1}.
 *
 * @param layer 1 to {@link TensorModel#layerCount()}, or {@link #LAST_LAYER}
 * @param sequences index into the batch, for each row
 * @param positions 0-based token position, for each row; the same length
 */
public record RowSelection(int layer, int[] sequences, int[] positions) {
  /** The last layer of whatever model it is. */
  public static final int LAST_LAYER = -1;

  /** Checks that both arrays have the same length. */
  public RowSelection {
    if (sequences.length != positions.length) {
      throw new IllegalArgumentException(
          "sequences and positions differ in length: "
              + sequences.length
              + " and "
              + positions.length);
    }
    if (layer != LAST_LAYER && layer < 1) {
      throw new IllegalArgumentException("layers are numbered from 1, or LAST_LAYER; got " + layer);
    }
  }

  /** Number of rows. */
  public int count() {
    return sequences.length;
  }
}
