package ai.kale.eval;

import ai.kale.error.InvalidInputException;
import ai.kale.run.RunContext;
import java.util.List;

/**
 * What training did to the facts: recall and log-likelihood before and after, over the same probes.
 *
 * @param before the base model
 * @param after the trained model
 */
public record Retention(State before, State after) {
  private static final String STAGE = "score facts";

  /**
   * One model's hold on the facts.
   *
   * @param facts which probes it answers right
   * @param meanNegativeLogLikelihood mean over the probes of the negative log-likelihood of the
   *     first acceptable answer, summed over its tokens, in nats; at least 0, lower is better. Only
   *     comparable between models with the same tokenizer
   */
  public record State(KnownFacts facts, double meanNegativeLogLikelihood) {}

  /**
   * Checks that both sides were asked the same.
   *
   * @throws InvalidInputException if they were not
   */
  public Retention {
    if (!before.facts().answers().keySet().equals(after.facts().answers().keySet())) {
      throw new InvalidInputException("before and after were measured with different fact probes");
    }
  }

  /**
   * Measures one model: every distinct probe is answered once and scored once.
   *
   * @param model whom to ask
   * @param probes what to ask
   * @param settings batch size, normalising, and the delimiter between prompt and scored answer
   * @param context told {@code "probe facts"} and {@code "score facts"} after each batch, asked
   *     before each
   * @return its state
   * @throws ai.kale.error.OperationCancelledException if cancelled
   * @throws IllegalStateException if the model returns NaN or a wrong number of results
   */
  public static State measure(
      AnswerModel model, FactProbes probes, EvaluationSettings settings, RunContext context) {
    KnownFacts facts = KnownFacts.measure(model, probes, settings, context);
    List<Batches.Pair> pairs =
        probes.distinct().stream()
            .map(p -> new Batches.Pair(p.prompt(), settings.delimiter() + p.answers().get(0)))
            .toList();
    double sum = 0;
    for (AnswerModel.Score score :
        Batches.score(model, pairs, settings.batchSize(), STAGE, context)) {
      sum -= score.logLikelihood();
    }
    return new State(facts, sum / pairs.size());
  }

  /** Recall after less recall before, in [-1, 1]; negative when facts were lost. */
  public double recallChange() {
    return after.facts().recall() - before.facts().recall();
  }

  /** Mean negative log-likelihood after less before, in nats; positive when facts faded. */
  public double negativeLogLikelihoodChange() {
    return after.meanNegativeLogLikelihood() - before.meanNegativeLogLikelihood();
  }

  /** Probes right before and wrong after. */
  public int forgotten() {
    return count(before.facts(), after.facts());
  }

  /** Probes wrong before and right after. */
  public int learned() {
    return count(after.facts(), before.facts());
  }

  private static int count(KnownFacts right, KnownFacts wrong) {
    return (int)
        right.answers().keySet().stream().filter(p -> right.knows(p) && !wrong.knows(p)).count();
  }
}
