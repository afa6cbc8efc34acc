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
   * Writes the rationale for one question. A {@link ai.kale.rationale.SynthesisRun} keeps the
   * rationale, its provenance and the row's {@code extra}, but the question and paths of its own
   * input: what the row's {@code grounded()} says otherwise is not kept, and to train on other
   * paths they are chosen before.
   *
   * @param question a question with its paths
   * @return the outcome: a rationale that passed its checks, or why there is none
   * @throws ai.kale.error.TransientFailureException if a teacher could not be reached after all
   *     retries
   */
  Synthesis synthesize(GroundedQuestion question);

  /**
   * Names this synthesizer with everything that determines what it writes besides the question's
   * text, answers, choices and paths: teacher, prompt, settings. The journal asks again when it
   * changes, and only then; it refuses to work with the default, which says nothing of settings.
   */
  default String id() {
    return "";
  }
}
