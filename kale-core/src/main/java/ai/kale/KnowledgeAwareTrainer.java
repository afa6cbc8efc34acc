package ai.kale;

import ai.kale.data.RationalizedQuestion;
import ai.kale.run.RunContext;
import java.util.List;

/**
 * Fine-tunes a language model so that it answers as if it had read the rationale (the paper's
 * knowledge-aware fine-tuning).
 */
@FunctionalInterface
public interface KnowledgeAwareTrainer {
  /**
   * Trains.
   *
   * @param data questions with rationales, in any order; the order does not change which examples
   *     are used but does change the result
   * @param context progress and cancellation
   * @return the model; close it
   * @throws ai.kale.error.InvalidInputException if there is nothing to train on
   * @throws ai.kale.error.TrainingDivergedException if a loss is not finite
   * @throws ai.kale.error.OperationCancelledException if cancelled
   */
  TunedModel train(List<RationalizedQuestion> data, RunContext context);
}
