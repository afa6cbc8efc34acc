package ai.kale.error;

import org.jspecify.annotations.Nullable;

/**
 * The caller's data is wrong: a malformed line, a missing field, a question that nothing can be
 * done with. Mend the input and call again; {@link #source()} and {@link #line()} say where.
 */
public final class InvalidInputException extends KaleException {
  private static final long serialVersionUID = 1L;

  private final String source;
  private final long line;

  /**
   * @param message what is wrong and what to do
   */
  public InvalidInputException(String message) {
    super(message, null);
    this.source = "";
    this.line = 0;
  }

  /**
   * @param source the file or other origin of the data
   * @param line 1-based line or row, 0 where there is none
   * @param message what is wrong and what to do; the location is put in front of it
   * @param cause the underlying failure, or null
   */
  public InvalidInputException(
      String source, long line, String message, @Nullable Throwable cause) {
    super(line > 0 ? source + ":" + line + ": " + message : source + ": " + message, cause);
    this.source = source;
    this.line = line;
  }

  /**
   * @param source the file or other origin of the data
   * @param line 1-based line or row, 0 where there is none
   * @param message what is wrong and what to do; the location is put in front of it
   */
  public InvalidInputException(String source, long line, String message) {
    this(source, line, message, null);
  }

  /** The file or other origin of the data; empty where unknown. */
  public String source() {
    return source;
  }

  /** The 1-based line or row; 0 where there is none. */
  public long line() {
    return line;
  }
}
