package ai.kale.kg.sparql;

/** An answer is no whole JSON text. The message says where, and nothing of its content. */
final class DamagedAnswerException extends Exception {
  private static final long serialVersionUID = 1L;

  DamagedAnswerException(String message) {
    super(message);
  }
}
