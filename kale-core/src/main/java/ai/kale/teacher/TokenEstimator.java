package ai.kale.teacher;

import ai.kale.spi.TeacherModel.Prompt;
import java.nio.charset.StandardCharsets;
import java.util.function.ToLongFunction;

/**
 * Guesses how many tokens a teacher will read. Implementations are safe for use by several threads.
 */
public interface TokenEstimator {
  /**
   * A guess that is right on average.
   *
   * @param prompt what would be asked
   * @return tokens read for it
   */
  long expected(Prompt prompt);

  /**
   * A guess that is never too low; a budget can only be kept if that is true.
   *
   * @param prompt what would be asked
   * @return tokens read for it, at most
   */
  long atMost(Prompt prompt);

  /**
   * Counts bytes of UTF-8. Expected is a token for each 4 bytes, a rule of thumb for English; for
   * most other languages it is too low. A {@link ManagedTeacher} corrects this guess by what the
   * replies counted. At most is a token for each byte: byte-level tokenizers make no token of less.
   * Both add what chat templates add.
   */
  static TokenEstimator bytes() {
    return new TokenEstimator() {
      @Override
      public long expected(Prompt prompt) {
        return (length(prompt) + 3) / 4 + 8;
      }

      @Override
      public long atMost(Prompt prompt) {
        return length(prompt) + 64;
      }

      private static long length(Prompt prompt) {
        return (long) prompt.system().getBytes(StandardCharsets.UTF_8).length
            + prompt.user().getBytes(StandardCharsets.UTF_8).length;
      }

      @Override
      public String toString() {
        return "TokenEstimator.bytes";
      }
    };
  }

  /**
   * Counts with the teacher's own tokenizer.
   *
   * @param tokenizer number of tokens of a text, without marks of begin and end
   * @return an estimator that adds what chat templates add: 8 tokens expected, 64 at most
   */
  static TokenEstimator of(ToLongFunction<String> tokenizer) {
    return new TokenEstimator() {
      @Override
      public long expected(Prompt prompt) {
        return count(prompt) + 8;
      }

      @Override
      public long atMost(Prompt prompt) {
        return count(prompt) + 64;
      }

      private long count(Prompt prompt) {
        return tokenizer.applyAsLong(prompt.system()) + tokenizer.applyAsLong(prompt.user());
      }
    };
  }
}
