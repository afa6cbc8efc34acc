package ai.kale;

import ai.kale.data.GroundedQuestion;
import ai.kale.data.Synthesis;

/**
 * Turns a question, its answer and its paths into a textual rationale (the paper's second half of
 * knowledge-induced data synthesis). Used for training data only, never at inference.
 *
 * <p>Implementations are safe for use by several threads.
 */
@FunctionalInterface
public interface RationaleSynthesizer {
  /**
   * Writes the rationale for one question.
   *
   * @param question a question with its paths
   * @return the outcome: a rationale that passed its checks, or why there is none
   * @throws ai.kale.error.TransientFailureException if a teacher could not be reached after all
   *     retries
   */
  Synthesis synthesize(GroundedQuestion question);
}
