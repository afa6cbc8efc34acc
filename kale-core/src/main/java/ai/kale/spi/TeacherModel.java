package ai.kale.spi;

/**
 * A model that writes text: the teacher of rationale synthesis.
 *
 * <p>Implementations are safe for use by several threads. A key or token never appears in {@link
 * #id}, in an exception or in {@code toString}.
 */
public interface TeacherModel {
  /** A stable name with version, for provenance, for example {@code "openai:gpt-4o-2024-08-06"}. */
  String id();

  /**
   * Writes one reply.
   *
   * @param prompt what to write about
   * @return the reply, never empty
   * @throws ai.kale.error.TransientFailureException if the same request may succeed later
   * @throws ai.kale.error.SetupException if the request can never succeed as configured
   */
  Reply reply(Prompt prompt);

  /**
   * A prompt.
   *
   * @param system how to write
   * @param user what to write about
   * @param maxTokens most tokens of the reply
   * @param temperature sampling temperature, 0 for greedy
   */
  record Prompt(String system, String user, int maxTokens, double temperature) {}

  /**
   * A reply with its cost.
   *
   * @param text the text
   * @param promptTokens tokens read
   * @param completionTokens tokens written
   */
  record Reply(String text, long promptTokens, long completionTokens) {}
}
