package ai.kale.error;

/**
 * The next request to a teacher might have cost more than the budget leaves, so it was not sent.
 * All replies that were paid for are in the journal. Raise the budget and call again, which goes on
 * from there, or take what is there without asking any more.
 */
public final class BudgetReachedException extends KaleException {
  private static final long serialVersionUID = 1L;

  /**
   * @param message what was spent, what is done, and what to do
   */
  public BudgetReachedException(String message) {
    super(message, null);
  }

  /**
   * @param message what was spent, what is done, and what to do
   * @param cause the failure of the request that did not fit
   */
  public BudgetReachedException(String message, Throwable cause) {
    super(message, cause);
  }
}
