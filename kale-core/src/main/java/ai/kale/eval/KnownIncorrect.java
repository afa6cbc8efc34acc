package ai.kale.eval;

import ai.kale.error.InvalidInputException;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * Questions whose facts the model knows but which it answers wrongly: the failure that
 * knowledge-aware fine-tuning is about.
 *
 * <p>Two readings, because they disagree exactly where it matters. {@link #fixedAtBase()} keeps the
 * set of known questions as the base model had it: use it to compare methods. {@link #remeasured()}
 * takes what the trained model still knows: a method that forgets facts drops its hard questions
 * from that set and looks better than it is.
 *
 * @param fixedAtBase the table with knowledge measured at the base model
 * @param remeasured the table with knowledge measured at the evaluated model
 * @param unprobed questions without probes (no path was found): in neither table
 * @see <a href="https://arxiv.org/abs/2601.07430">KALE, arXiv 2601.07430</a>
 */
public record KnownIncorrect(Table fixedAtBase, Table remeasured, int unprobed) {
  /**
   * Known or unknown against correct or incorrect; questions counted.
   *
   * @param knownCorrect all facts known, answered right
   * @param knownIncorrect all facts known, answered wrongly
   * @param unknownCorrect some fact unknown, answered right all the same
   * @param unknownIncorrect some fact unknown, answered wrongly
   */
  public record Table(
      int knownCorrect, int knownIncorrect, int unknownCorrect, int unknownIncorrect) {
    /**
     * The known &amp; incorrect rate {@code knownIncorrect / (knownCorrect + knownIncorrect)}.
     *
     * @return a share in [0, 1], empty if no question is known
     */
    public OptionalDouble rate() {
      int known = knownCorrect + knownIncorrect;
      return known == 0
          ? OptionalDouble.empty()
          : OptionalDouble.of((double) knownIncorrect / known);
    }

    /** Number of questions in the table. */
    public int total() {
      return knownCorrect + knownIncorrect + unknownCorrect + unknownIncorrect;
    }
  }

  /**
   * Fills both tables.
   *
   * @param result which questions the model answers right
   * @param probes the questions' facts; those of questions not in {@code result} are ignored
   * @param base what the base model knows
   * @param now what the evaluated model knows; {@code base} itself when it is the base that is
   *     evaluated
   * @param rule when a fact with several phrasings is known
   * @return both tables
   * @throws InvalidInputException if no question of the result has probes: their ids do not fit
   * @throws IllegalArgumentException if a probe was never asked
   */
  public static KnownIncorrect of(
      EvaluationResult result,
      FactProbes probes,
      KnownFacts base,
      KnownFacts now,
      KnownFacts.Rule rule) {
    Set<String> probed = probes.byQuestion().keySet();
    int unprobed =
        (int) result.correct().keySet().stream().filter(id -> !probed.contains(id)).count();
    if (unprobed == result.correct().size()) {
      throw new InvalidInputException(
          "no question of " + result.method() + " has fact probes; do the question ids fit?");
    }
    return new KnownIncorrect(
        table(result, probed, base.questions(probes, rule)),
        table(result, probed, now.questions(probes, rule)),
        unprobed);
  }

  private static Table table(EvaluationResult result, Set<String> probed, Set<String> known) {
    int[] cells = new int[4];
    result
        .correct()
        .forEach(
            (id, right) -> {
              if (probed.contains(id)) {
                cells[(known.contains(id) ? 0 : 2) + (right ? 0 : 1)]++;
              }
            });
    return new Table(cells[0], cells[1], cells[2], cells[3]);
  }
}
