package ai.kale.train.objective;

import ai.kale.spi.tensor.Distributions;
import ai.kale.spi.tensor.Divergence;
import ai.kale.spi.tensor.LossTerm;
import ai.kale.spi.tensor.RowSelection;
import ai.kale.spi.tensor.RowTarget;
import ai.kale.train.data.TrainingExample;
import java.util.List;

/**
 * Divergence between the model that sees the question, p, and a fixed teacher that also reads the
 * rationale, q: the knowledge-aware objective of KALE (arXiv 2601.07430), which minimises over the
 * answer tokens t
 *
 * <pre>KL( p_θ(x_t | question, x_&lt;t) ‖ q(x_t | question, rationale, x_&lt;t) )</pre>
 *
 * <p>with {@link Divergence#REVERSE_KL}. The prompts differ in length, so the rows are aligned by
 * token of the answer: row {@code prompt.length - 1 + j} of p with row {@code readingPrompt.length
 * - 1 + j} of q, end-of-sequence token included. The value is the mean over these rows, in nats, at
 * the given temperature (not multiplied by its square).
 *
 * <p>Caveat: q is compared on its top k tokens and one bucket for all others, which is exact where
 * k is the vocabulary and a lower bound of the divergence otherwise.
 *
 * @param divergence which one
 * @param temperature divides the logits of both; positive
 * @param weight factor in front of the mean
 */
public record TeacherDivergence(Divergence divergence, double temperature, double weight)
    implements Term {
  /** Checks temperature and weight. */
  public TeacherDivergence {
    if (!(temperature > 0) || !Double.isFinite(temperature)) {
      throw new IllegalArgumentException(
          "temperature must be positive and finite; got " + temperature);
    }
    if (!Double.isFinite(weight)) {
      throw new IllegalArgumentException("a term needs a finite weight; got " + weight);
    }
  }

  /**
   * With weight 1.
   *
   * @param divergence which one
   * @param temperature divides the logits of both; positive
   */
  public TeacherDivergence(Divergence divergence, double temperature) {
    this(divergence, temperature, 1);
  }

  @Override
  public String name() {
    return divergence.toString();
  }

  @Override
  public boolean needsTeacher() {
    return true;
  }

  @Override
  public int rows(TrainingExample example, Completion completion) {
    return example.answer().length;
  }

  @Override
  public List<LossTerm> lossTerms(TermBatch batch, double divisor) {
    Distributions teacher =
        batch
            .teacher()
            .orElseThrow(() -> new IllegalArgumentException(name() + " needs a teacher"));
    RowList rows = new RowList();
    for (int i = 0; i < batch.examples().size(); i++) {
      TrainingExample example = batch.examples().get(i);
      rows.addCompletion(i, example.prompt().length, example.answer());
    }
    RowTarget.Match match = new RowTarget.Match(divergence, temperature, teacher);
    return List.of(
        new LossTerm(name(), rows.rows(RowSelection.LAST_LAYER), match, weight, divisor));
  }
}
