package ai.kale.data;

import java.util.Locale;

/** What a search gives where no path leads from the question to the answer within its limits. */
public enum PathFallback {
  /** Nothing. */
  NONE,

  /**
   * The best partial paths: paths from the question that end as near to an answer as possible, and
   * nearer than every entity of the question, in hops of any relation and direction. They do not
   * reach it.
   */
  TOWARD_ANSWER,

  /**
   * Paths from the question alone, wherever they lead: of the fewest hops that give as many as
   * asked for. They need no answer that the graph knows.
   */
  FROM_QUESTION;

  /** The name in files, for example {@code "toward-answer"}. */
  public String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
