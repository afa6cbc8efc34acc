package ai.kale.train.djl;

import ai.kale.error.InvalidInputException;

/** The bound on what one pass compares: an array that goes to libtorch holds less than 2 GiB. */
final class PassEntries {
  static final long MOST = (1L << 29) - 1;

  private PassEntries() {}

  /**
   * Checks a number of entries.
   *
   * @param entries the sum of rows × k, with a bucket for the rest of each row
   * @return the same, which fits an int
   * @throws InvalidInputException if there are more than one array holds
   */
  static int check(long entries) {
    if (entries > MOST) {
      throw new InvalidInputException(
          "rows × k = "
              + entries
              + " entries of distributions in one pass, of at most "
              + MOST
              + "; lower microBatch or k");
    }
    return (int) entries;
  }
}
