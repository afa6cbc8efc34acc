package ai.kale.train.objective;

import ai.kale.spi.tensor.LossTerm;
import ai.kale.train.data.TrainingExample;
import java.util.List;

/**
 * One summand of an objective: which rows of which layers it reads and what it wants of them. Its
 * value is {@code weight · mean over its rows of a whole step}, in nats. Immutable.
 */
public interface Term {
  /** A short name for reports, unique within an objective. */
  String name();

  /** Factor in front of the mean. */
  double weight();

  /**
   * Factor in front of the mean in one step, for terms that are phased in.
   *
   * @param step steps made before it, from 0
   * @return {@link #weight}, unless the term says otherwise
   */
  default double weightAt(int step) {
    return weight();
  }

  /**
   * Number of rows this term reads of one example; 0 where the example has none for it.
   *
   * @param example an example
   * @param completion what follows its prompt
   * @return the number of rows, over all layers
   */
  int rows(TrainingExample example, Completion completion);

  /**
   * Sequences that this term reads beside the example's own: each costs a sequence of the pass.
   *
   * @param example an example
   * @return token ids of each; empty unless the term says otherwise
   */
  default List<int[]> extraSequences(TrainingExample example) {
    return List.of();
  }

  /**
   * The loss terms of one pass, with the factor {@link #weightAt} of {@link TermBatch#step}. The
   * extra sequences of the examples stand, example by example, from {@link TermBatch#firstExtra}.
   *
   * @param batch the examples of the pass
   * @param divisor rows of this term over all passes of the step, so that passes accumulate to the
   *     gradient of one large batch; positive
   * @return one loss term for each layer read, their names starting with {@link #name}; empty if
   *     the pass has no row for this term
   */
  List<LossTerm> lossTerms(TermBatch batch, double divisor);

  /** Whether {@link TermBatch#teacher} must be there. */
  default boolean needsTeacher() {
    return false;
  }

  /** A line that determines this term: its name and all settings. For hashes and provenance. */
  default String describe() {
    return toString();
  }
}
