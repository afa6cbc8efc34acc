package ai.kale.spi;

import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * A model that writes text: the teacher of rationale synthesis.
 *
 * <p>One call is one attempt: an implementation neither retries nor waits for rate limits. {@code
 * ai.kale.teacher.ManagedTeacher} does both, for any teacher, and is the only one that does.
 *
 * <p>Implementations are safe for use by several threads. A key or token never appears in {@link
 * #id}, in an exception or in {@code toString}.
 */
public interface TeacherModel {
  /**
   * A stable name with version and everything that changes what is written and is not in the
   * prompt, for example {@code "openai:gpt-4o-2024-08-06"}; for provenance and as part of the
   * journal's key.
   */
  String id();

  /**
   * Writes one reply and waits for it.
   *
   * @param prompt what to write about
   * @return the reply; its text is blank where the model wrote nothing
   * @throws ai.kale.error.TransientFailureException if the same request may succeed later
   * @throws ai.kale.error.InvalidInputException if this prompt is refused, others may not be
   * @throws ai.kale.error.SetupException if no request can succeed as configured
   * @throws ai.kale.error.UnsupportedCapabilityException if the prompt asks for what the teacher
   *     does not offer, see {@link #capabilities}
   */
  Reply reply(Prompt prompt);

  /**
   * Writes one reply. Override where waiting needs no thread, and say so with {@link
   * TeacherCapability#NON_BLOCKING}.
   *
   * @param prompt what to write about
   * @param executor runs what blocks
   * @return completes with the reply, or exceptionally with what {@link #reply} throws; cancelling
   *     it need not stop the request
   */
  default CompletableFuture<Reply> replyAsync(Prompt prompt, Executor executor) {
    return CompletableFuture.supplyAsync(() -> reply(prompt), executor);
  }

  /** What this teacher offers beyond the minimum; the same at every call. */
  default Set<TeacherCapability> capabilities() {
    return Set.of();
  }

  /**
   * A prompt.
   *
   * @param system how to write
   * @param user what to write about
   * @param maxTokens most tokens of the reply, at least 1
   * @param temperature sampling temperature, 0 for greedy
   */
  record Prompt(String system, String user, int maxTokens, double temperature) {
    /** Checks that there are texts. */
    public Prompt {
      Objects.requireNonNull(system, "a prompt has a system text; it may be empty");
      Objects.requireNonNull(user, "a prompt has a user text; it may be empty");
    }
  }

  /**
   * A reply with its cost.
   *
   * @param text the text, blank where the model wrote nothing
   * @param promptTokens tokens read, 0 where not counted
   * @param completionTokens tokens written, 0 where not counted
   * @param ending why the text ends where it does
   */
  record Reply(String text, long promptTokens, long completionTokens, Ending ending) {
    /**
     * Checks what a service may get wrong.
     *
     * @throws NullPointerException if text or ending is null
     * @throws IllegalArgumentException if a count is negative
     */
    public Reply {
      Objects.requireNonNull(text, "a reply has a text, blank where the model wrote nothing");
      Objects.requireNonNull(ending, "a reply has an ending");
      if (promptTokens < 0 || completionTokens < 0) {
        throw new IllegalArgumentException(
            "a reply counts no tokens below 0; got " + promptTokens + " and " + completionTokens);
      }
    }

    /**
     * A reply that ends where the model ended it.
     *
     * @param text the text
     * @param promptTokens tokens read
     * @param completionTokens tokens written
     */
    public Reply(String text, long promptTokens, long completionTokens) {
      this(text, promptTokens, completionTokens, Ending.COMPLETE);
    }
  }

  /** Why a reply ends. */
  enum Ending {
    /** The model came to its end. */
    COMPLETE,
    /** The limit of tokens cut it short. */
    CUT,
    /** A filter or the model itself withheld the text, or part of it. */
    REFUSED
  }
}
