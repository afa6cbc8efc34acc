package ai.kale.rationale;

/** A reply would be needed that is not in the journal, and no teacher is asked. */
final class NotAskedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  NotAskedException() {
    super("the reply is not in the journal", null, false, false);
  }
}
