package ai.kale.kg.io;

import ai.kale.error.KaleException;

/**
 * Carries an exception of ours through a parser. Whatever else a parser throws is about the file;
 * what comes out of the graph in the making, or of a progress listener, must not be taken for that.
 */
final class PassedThrough extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final RuntimeException original;

  private PassedThrough(RuntimeException original) {
    super(original);
    this.original = original;
  }

  /** Runs what a parser calls. */
  static void run(Runnable body) {
    try {
      body.run();
    } catch (KaleException | PassedThrough e) {
      throw e;
    } catch (RuntimeException e) {
      throw new PassedThrough(e);
    }
  }

  /** What was thrown. */
  RuntimeException original() {
    return original;
  }
}
