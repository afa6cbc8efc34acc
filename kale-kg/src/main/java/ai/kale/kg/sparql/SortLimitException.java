package ai.kale.kg.sparql;

/**
 * The endpoint refuses to sort as many rows as this page ends at, as Virtuoso does beyond {@code
 * MaxSortedTopRows} with its error SR353. A smaller question may do.
 */
final class SortLimitException extends Exception {
  private static final long serialVersionUID = 1L;

  SortLimitException(String message) {
    super(message);
  }
}
