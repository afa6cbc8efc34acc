package ai.kale.kg.io;

/**
 * What a loader does with a malformed line; in Turtle, TriG and RDF/XML, where a line may hold many
 * statements, with a malformed statement.
 *
 * @param maxSkipped how many malformed lines or statements are skipped and counted; the next one
 *     fails. 0 means that the first one fails
 */
public record BadInputPolicy(long maxSkipped) {
  /** Checks the range. */
  public BadInputPolicy {
    if (maxSkipped < 0) {
      throw new IllegalArgumentException("maxSkipped must be 0 or more; got " + maxSkipped);
    }
  }

  /** Fails at the first malformed line or statement: the default. */
  public static BadInputPolicy fail() {
    return new BadInputPolicy(0);
  }

  /**
   * Skips and counts malformed lines or statements.
   *
   * @param most how many; one more fails the load
   * @return a policy
   */
  public static BadInputPolicy skip(long most) {
    return new BadInputPolicy(most);
  }
}
