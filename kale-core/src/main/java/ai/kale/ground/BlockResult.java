package ai.kale.ground;

import ai.kale.data.GroundedQuestion;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What came of a block of questions.
 *
 * @param asked questions in the block
 * @param records in order; all of them, or those before the first that failed
 * @param lines the records as lines of a file, if they were asked for; else empty
 * @param nanos how long the search of each took
 * @param failure why the others are missing, or null: a {@link RuntimeException} or {@link Error}
 */
record BlockResult(
    int asked,
    List<GroundedQuestion> records,
    List<String> lines,
    List<Long> nanos,
    @Nullable Throwable failure) {
  /** Checks that no record is missing without a reason. */
  BlockResult {
    if (failure == null && records.size() != asked) {
      throw new IllegalStateException(
          records.size() + " records for " + asked + " questions, and nothing failed");
    }
  }

  /** A block of which nothing is left. */
  static BlockResult failed(int asked, Throwable failure) {
    return new BlockResult(asked, List.of(), List.of(), List.of(), failure);
  }
}
