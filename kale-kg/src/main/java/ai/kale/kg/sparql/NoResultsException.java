package ai.kale.kg.sparql;

/**
 * An answer is whole and well-formed JSON, but no SPARQL result. Asking again does not help. The
 * message says what is missing, and nothing of the answer's content.
 */
final class NoResultsException extends Exception {
  private static final long serialVersionUID = 1L;

  NoResultsException(String message) {
    super(message);
  }
}
