package ai.kale.train.chat;

import com.hubspot.jinjava.interpret.InterpretException;

/** Why a template cannot be read or rendered; never leaves the package. */
final class TemplateFailure extends InterpretException {
  private static final long serialVersionUID = 1;

  private final boolean raised;

  private TemplateFailure(String message, boolean raised) {
    super(message);
    this.raised = raised;
  }

  static TemplateFailure of(String message) {
    return new TemplateFailure(message, false);
  }

  /** The template itself refuses the messages, by {@code raise_exception}. */
  static TemplateFailure raised(String message) {
    return new TemplateFailure(message, true);
  }

  boolean isRaised() {
    return raised;
  }

  String text() {
    return getMessage() == null ? "" : getMessage();
  }
}
