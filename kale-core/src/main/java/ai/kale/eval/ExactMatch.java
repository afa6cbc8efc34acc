package ai.kale.eval;

import java.util.List;

/**
 * Whether an answer is one of the gold answers after both are normalised.
 *
 * @param normalizer what is done to both sides first
 */
public record ExactMatch(AnswerNormalizer normalizer) {
  /** With {@link AnswerNormalizer#squad()}. */
  public static ExactMatch squad() {
    return new ExactMatch(AnswerNormalizer.squad());
  }

  /**
   * Compares with one gold answer.
   *
   * @param answer what the model said
   * @param gold what is right
   * @return whether the two are equal after normalising
   */
  public boolean matches(String answer, String gold) {
    return normalizer.normalize(answer).equals(normalizer.normalize(gold));
  }

  /**
   * Compares with several gold answers.
   *
   * @param answer what the model said
   * @param golds what is right, any of them
   * @return whether any equals the answer; false where there is none
   */
  public boolean matches(String answer, List<String> golds) {
    String normal = normalizer.normalize(answer);
    return golds.stream().anyMatch(gold -> normal.equals(normalizer.normalize(gold)));
  }
}
