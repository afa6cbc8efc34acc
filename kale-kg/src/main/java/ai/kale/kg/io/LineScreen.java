package ai.kale.kg.io;

/** Looks at a line before a parser does. */
interface LineScreen {
  /**
   * Deals with a line, if it is of a kind that needs no parser.
   *
   * @param lines stands at the line
   * @return false if a parser must read it
   */
  boolean take(ByteLines lines);

  /** Passes on what is held back. */
  void flush();
}
