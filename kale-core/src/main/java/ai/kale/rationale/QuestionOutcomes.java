package ai.kale.rationale;

import ai.kale.data.Synthesis;
import ai.kale.error.InvalidInputException;
import ai.kale.error.KaleException;
import ai.kale.error.OperationCancelledException;
import ai.kale.error.TransientFailureException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * What came of the questions of a run, and which failures are those of one question. Safe for use
 * by several threads.
 */
final class QuestionOutcomes {
  private final int failureLimit;
  private final Map<String, Synthesis> outcomes = new HashMap<>();
  private final Set<String> resumed = new HashSet<>();
  private int failedInARow;
  private int failed;

  QuestionOutcomes(int failureLimit) {
    this.failureLimit = failureLimit;
  }

  /** A question ended; {@code teacher} tells what it cost, null where nobody was asked. */
  synchronized void ended(String key, Synthesis outcome, @Nullable QuestionTeacher teacher) {
    outcomes.put(key, outcome);
    if (teacher != null && teacher.isResumed()) {
      resumed.add(key);
    }
    if (teacher != null && teacher.isFresh()) {
      failedInARow = 0;
    }
  }

  /**
   * A question failed, or ended without an outcome.
   *
   * @param key tells different questions apart
   * @param id the question's, for messages
   * @param thrown why, or null
   * @throws RuntimeException what the run ends with, if the failure is not the question's own or
   *     too many have failed in a row
   */
  synchronized void failed(String key, String id, @Nullable Throwable thrown) {
    Throwable cause = thrown;
    while (cause instanceof CompletionException && cause.getCause() != null) {
      cause = cause.getCause();
    }
    if (cause instanceof NotAskedException) {
      drop(key, "not-asked: " + cause.getMessage() + "; run again with the teacher to ask");
    } else if (cause instanceof InvalidInputException refused) {
      drop(key, "teacher-refused: " + refused.getMessage());
      count(refused);
    } else if (cause instanceof RuntimeException passing && isPassing(passing)) {
      drop(key, "teacher-failed: " + passing.getMessage());
      count(passing);
    } else if (cause instanceof TimeoutException) {
      TransientFailureException late =
          new TransientFailureException("no reply came in time (" + cause + ")", cause);
      drop(key, "teacher-failed: " + late.getMessage());
      count(late);
    } else if (cause instanceof KaleException known) {
      throw known;
    } else if (cause instanceof Error error) {
      throw error;
    } else {
      throw new IllegalStateException(
          "question "
              + id
              + (cause == null
                  ? " got no outcome: the synthesizer's future gave null"
                  : " failed in a way that is no failure of a teacher: " + cause)
              + "; mend the synthesizer, teacher or check, then run again",
          cause);
    }
  }

  private static boolean isPassing(RuntimeException cause) {
    return cause instanceof UncheckedIOException
        || (cause instanceof KaleException known
            && known.isRetryable()
            && !(known instanceof OperationCancelledException));
  }

  private void drop(String key, String reason) {
    outcomes.put(key, Rows.dropped(List.of(reason)));
  }

  private void count(RuntimeException last) {
    failed++;
    failedInARow++;
    if (failedInARow != failureLimit) {
      return;
    }
    String message =
        failedInARow
            + " questions in a row got no reply, so the run was stopped; "
            + (outcomes.size() - failed)
            + " are done, and with a journal their replies are safe. Mend what the last failure says"
            + " and run again to resume, or allow more failures with withFailureLimit if they are"
            + " the questions' own: "
            + last.getMessage();
    throw last instanceof InvalidInputException
        ? new InvalidInputException("synthesis", 0, message, last)
        : new TransientFailureException(message, last);
  }

  /** Questions that ended with a reply, or needed none. */
  synchronized int done() {
    return outcomes.size() - failed;
  }

  synchronized Map<String, Synthesis> outcomes() {
    return Map.copyOf(outcomes);
  }

  synchronized Set<String> resumed() {
    return Set.copyOf(resumed);
  }
}
