package ai.kale.train.objective;

import ai.kale.spi.tensor.Divergence;
import java.util.List;

/**
 * The usual objectives.
 *
 * <table>
 *   <caption>Presets</caption>
 *   <tr><th>preset</th><th>answer rows</th><th>needs</th></tr>
 *   <tr><td>{@link #sft}</td><td>cross-entropy</td><td>answers</td></tr>
 *   <tr><td>{@link #rationaleThenAnswer}</td><td>cross-entropy over rationale and answer</td>
 *       <td>rationales</td></tr>
 *   <tr><td>{@link #kalePaper}</td><td>KL(p ‖ q)</td><td>rationales</td></tr>
 *   <tr><td>{@link #kale()}</td><td>KL(q ‖ p)</td><td>rationales</td></tr>
 *   <tr><td>{@link #kale(Divergence, double, double)}</td><td>a divergence of choice, with or
 *       without cross-entropy</td><td>rationales</td></tr>
 *   <tr><td>{@link #sftWithBridgeLens}</td><td>cross-entropy</td><td>answers, paths</td></tr>
 *   <tr><td>{@link #kaleWithBridgeLens}</td><td>KL(q ‖ p)</td><td>rationales, paths</td></tr>
 * </table>
 */
public final class Objectives {
  private static final double LENS_WEIGHT = 1;
  private static final double HALF_DEPTH = 0.5;

  private Objectives() {}

  /** Plain fine-tuning: cross-entropy over the answer. */
  public static Objective sft() {
    return answer("sft", new AnswerCrossEntropy());
  }

  /** The paper's objective as printed: KL(p ‖ q), temperature 1, no cross-entropy. */
  public static Objective kalePaper() {
    return answer("kale-paper", new TeacherDivergence(Divergence.REVERSE_KL, 1));
  }

  /** KL(q ‖ p), temperature 1: steadier than the printed direction in our measurements. */
  public static Objective kale() {
    return answer("kale", new TeacherDivergence(Divergence.FORWARD_KL, 1));
  }

  /**
   * A divergence of choice to the teacher, and the answer's cross-entropy beside it.
   *
   * @param divergence which one
   * @param temperature divides the logits of both sides, positive; the divergence is not multiplied
   *     by its square
   * @param crossEntropyWeight factor in front of the cross-entropy; 0 for none
   * @return the objective
   */
  public static Objective kale(
      Divergence divergence, double temperature, double crossEntropyWeight) {
    if (!(crossEntropyWeight >= 0) || !Double.isFinite(crossEntropyWeight)) {
      throw new IllegalArgumentException(
          "the weight of the cross-entropy must be finite and not negative; got "
              + crossEntropyWeight);
    }
    String name = "kale-" + divergence;
    Term main = new TeacherDivergence(divergence, temperature);
    return crossEntropyWeight == 0
        ? answer(name, main)
        : answer(name + "+sft", main, new AnswerCrossEntropy(crossEntropyWeight));
  }

  /** {@link #kale()} and a {@link BridgeLens}. */
  public static Objective kaleWithBridgeLens() {
    return answer(
        "kale+bridge-lens", new TeacherDivergence(Divergence.FORWARD_KL, 1), standardLens());
  }

  /** {@link #sft} and a {@link BridgeLens}. */
  public static Objective sftWithBridgeLens() {
    return answer("sft+bridge-lens", new AnswerCrossEntropy(), standardLens());
  }

  /** Cross-entropy over the rationale and the answer, which the model then both writes. */
  public static Objective rationaleThenAnswer() {
    return new Objective(
        "rationale-then-answer",
        Completion.RATIONALE_THEN_ANSWER,
        List.of(new AnswerCrossEntropy()));
  }

  /** Language modelling over all tokens. */
  public static Objective pretraining() {
    return answer("pretraining", new SequenceCrossEntropy());
  }

  /**
   * What replayed one-hop facts are trained with beside an objective: cross-entropy, and an {@link
   * EarlyAnswer} at half depth if the objective has a {@link BridgeLens}.
   *
   * @param main the objective of the other examples
   * @return the objective of the facts
   */
  public static Objective replayFor(Objective main) {
    return main.terms().stream().anyMatch(BridgeLens.class::isInstance)
        ? answer("replay", new AnswerCrossEntropy(), new EarlyAnswer(HALF_DEPTH, LENS_WEIGHT))
        : answer("replay", new AnswerCrossEntropy());
  }

  private static Term standardLens() {
    return new BridgeLens(LensLayers.standard(), LENS_WEIGHT);
  }

  private static Objective answer(String name, Term... terms) {
    return new Objective(name, Completion.ANSWER, List.of(terms));
  }
}
