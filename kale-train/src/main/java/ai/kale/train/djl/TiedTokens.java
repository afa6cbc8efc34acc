package ai.kale.train.djl;

/** Order among tokens of equal probability. */
final class TiedTokens {
  private TiedTokens() {}

  /**
   * Sorts token ids inside each run of equal values of each row; values must already fall.
   *
   * @param ids token ids, {@code [rows × k]}
   * @param values their values, same shape
   * @param k row length
   */
  static void sortRuns(int[] ids, float[] values, int k) {
    for (int row = 0; row < ids.length; row += k) {
      int start = row;
      for (int i = row + 1; i <= row + k; i++) {
        if (i == row + k || values[i] != values[start]) {
          if (i - start > 1) {
            java.util.Arrays.sort(ids, start, i);
          }
          start = i;
        }
      }
    }
  }
}
