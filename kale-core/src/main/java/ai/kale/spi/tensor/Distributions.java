package ai.kale.spi.tensor;

/**
 * Next-token distributions, the k most probable tokens of each row and the rest in one bucket.
 *
 * @param rows number of rows
 * @param k tokens kept for each row
 * @param ids token ids, {@code [rows × k]} row by row, by falling probability
 * @param logProbabilities natural logarithms, same shape
 * @param tailLogProbabilities logarithm of the mass of all other tokens, {@code [rows]}; {@link
 *     Float#NEGATIVE_INFINITY} where k is the whole vocabulary
 */
public record Distributions(
    int rows, int k, int[] ids, float[] logProbabilities, float[] tailLogProbabilities) {
  /** Checks the shapes. */
  public Distributions {
    if (ids.length != (long) rows * k
        || logProbabilities.length != (long) rows * k
        || tailLogProbabilities.length != rows) {
      throw new IllegalArgumentException(
          "shapes do not fit "
              + rows
              + " rows of "
              + k
              + " tokens: "
              + ids.length
              + ", "
              + logProbabilities.length
              + ", "
              + tailLogProbabilities.length);
    }
  }

  /**
   * The distributions of chosen rows.
   *
   * @param selected row numbers, 0-based, in the wanted order
   * @return a new object
   * @throws IllegalArgumentException if they hold more entries than an array can
   */
  public Distributions select(int[] selected) {
    if ((long) selected.length * k > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException(
          selected.length + " rows of " + k + " tokens are more than an array holds; select fewer");
    }
    int[] someIds = new int[selected.length * k];
    float[] someLogs = new float[selected.length * k];
    float[] someTails = new float[selected.length];
    for (int i = 0; i < selected.length; i++) {
      System.arraycopy(ids, selected[i] * k, someIds, i * k, k);
      System.arraycopy(logProbabilities, selected[i] * k, someLogs, i * k, k);
      someTails[i] = tailLogProbabilities[selected[i]];
    }
    return new Distributions(selected.length, k, someIds, someLogs, someTails);
  }
}
