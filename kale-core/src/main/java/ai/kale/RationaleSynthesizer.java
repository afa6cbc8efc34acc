package ai.kale;

import ai.kale.data.GroundedQuestion;
import ai.kale.data.Synthesis;
import ai.kale.spi.TeacherModel;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.UnaryOperator;

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
   * Writes the rationale for one question without holding a thread while a teacher thinks. Override
   * where that is possible.
   *
   * @param question a question with its paths
   * @param executor runs what blocks
   * @return completes with what {@link #synthesize} returns, or fails with what it throws
   */
  default CompletableFuture<Synthesis> synthesizeAsync(
      GroundedQuestion question, Executor executor) {
    return CompletableFuture.supplyAsync(() -> synthesize(question), executor);
  }

  /**
   * The same synthesizer with its teacher replaced by one around it: how a {@link
   * ai.kale.rationale.SynthesisRun} puts a journal, limits and a budget between the two. Override
   * it if a {@link TeacherModel} is asked; a synthesizer that asks none returns itself. Called for
   * each question, so it is cheap.
   *
   * @param change called with the teacher; what it returns is asked instead
   * @return the synthesizer with the other teacher; empty if it cannot say whom it asks, so that
   *     journals and limits are refused
   */
  default Optional<RationaleSynthesizer> throughTeacher(UnaryOperator<TeacherModel> change) {
    return Optional.empty();
  }

  /**
   * Names this synthesizer with everything that determines what it writes besides the question's
   * text, answers, choices and paths: teacher, prompt, settings. Equal questions are then asked
   * once; with the default, which says nothing of settings, every question is its own.
   */
  default String id() {
    return "";
  }
}
