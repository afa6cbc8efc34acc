package ai.kale.ground;

import ai.kale.data.Question;
import ai.kale.error.CorruptFileException;
import ai.kale.error.InvalidInputException;
import ai.kale.error.OperationCancelledException;
import ai.kale.error.SetupException;
import ai.kale.error.TransientFailureException;
import ai.kale.error.UnsupportedCapabilityException;
import java.util.List;

/** Names the question in a failure, which stays of the type that says what the caller does next. */
final class QuestionFailures {
  private QuestionFailures() {}

  static Throwable of(List<Question> block, Throwable failure) {
    String first = block.get(0).id();
    String last = block.get(block.size() - 1).id();
    String which =
        block.size() == 1
            ? "question '" + first + "'"
            : "questions '" + first + "' to '" + last + "'";
    return named(which, failure);
  }

  static Throwable of(Question question, Throwable failure) {
    return named("question '" + question.id() + "'", failure);
  }

  /** Errors and cancellation stay as they are. */
  private static Throwable named(String which, Throwable failure) {
    if (failure instanceof Error || failure instanceof OperationCancelledException) {
      return failure;
    }
    String message = which + ": " + failure.getMessage();
    if (failure instanceof TransientFailureException) {
      return new TransientFailureException(message, failure);
    } else if (failure instanceof SetupException) {
      return new SetupException(message, failure);
    } else if (failure instanceof UnsupportedCapabilityException) {
      return new UnsupportedCapabilityException(message, failure);
    } else if (failure instanceof CorruptFileException) {
      return new CorruptFileException(message, failure);
    } else if (failure instanceof InvalidInputException) {
      return new InvalidInputException(which, 0, String.valueOf(failure.getMessage()), failure);
    } else if (failure instanceof IllegalArgumentException) {
      return new IllegalArgumentException(message, failure);
    } else if (failure instanceof IndexOutOfBoundsException) {
      return new IndexOutOfBoundsException(message).initCause(failure);
    }
    return new IllegalStateException(which + " failed: " + failure, failure);
  }
}
