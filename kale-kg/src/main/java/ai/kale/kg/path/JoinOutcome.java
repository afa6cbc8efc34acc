package ai.kale.kg.path;

/** How a plan ended. */
enum JoinOutcome {
  /** It has given all its paths. */
  DONE,
  /** The visitor wants no more, or the budget is used up. */
  STOPPED,
  /** Its allowance was not enough; another plan goes on. */
  GAVE_UP
}
