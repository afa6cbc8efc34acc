package ai.kale.dataset;

import ai.kale.error.InvalidInputException;
import java.util.ArrayList;
import java.util.List;

/**
 * Leaves out records that are wrong, up to a number of them, and counts them: a public set may have
 * a blank option or two among a hundred thousand. Give one to {@link
 * QuestionReader#withBadRecords}, and look at the count afterwards.
 *
 * <p>A record is a line, row, object or passage; of a passage with one wrong question all are left
 * out. What makes the rest of a file unreadable is still an error: JSON that is broken in an array,
 * CSV whose quotes do not close, a missing column, a file without questions. Safe for use by
 * several threads; the counts of all reads add up.
 */
public final class BadRecords {
  private static final int REASONS = 5;

  private final long most;
  private final List<String> reasons = new ArrayList<>();
  private long count;

  private BadRecords(long most) {
    this.most = most;
  }

  /**
   * Leaves out wrong records.
   *
   * @param most how many, at least 0; one more is an error
   * @return a count of 0
   * @throws IllegalArgumentException if {@code most} is negative
   */
  public static BadRecords atMost(long most) {
    if (most < 0) {
      throw new IllegalArgumentException("the most bad records must be 0 or more; got " + most);
    }
    return new BadRecords(most);
  }

  synchronized void add(InvalidInputException bad) {
    if (count >= most) {
      throw bad;
    }
    count++;
    if (reasons.size() < REASONS) {
      reasons.add(String.valueOf(bad.getMessage()));
    }
  }

  /** How many records were left out so far. */
  public synchronized long count() {
    return count;
  }

  /** What was wrong with the first five, each with file and line. */
  public synchronized List<String> reasons() {
    return List.copyOf(reasons);
  }

  /** The count on one line, and below it the reasons. */
  public synchronized String describe() {
    return count + " bad records left out" + (count == 0 ? "" : "\n" + String.join("\n", reasons));
  }
}
