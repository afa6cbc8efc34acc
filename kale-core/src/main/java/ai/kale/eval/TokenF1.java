package ai.kale.eval;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Overlap of an answer's words with a gold answer's, as in SQuAD: with {@code s} the size of the
 * intersection of the two multisets of words, precision {@code P = s / |answer|}, recall {@code R =
 * s / |gold|}, {@code F1 = 2PR / (P + R)}. In [0, 1]; 1 exactly if the multisets are equal, so the
 * order of words does not count. Two empty sides count 1, one empty side counts 0 (SQuAD 2.0).
 *
 * @param normalizer what is done to both sides before they are split at white space
 * @see <a href="https://arxiv.org/abs/1606.05250">Rajpurkar et al. 2016, SQuAD, section 6.1</a>
 */
public record TokenF1(AnswerNormalizer normalizer) {
  /** With {@link AnswerNormalizer#squad()}. */
  public static TokenF1 squad() {
    return new TokenF1(AnswerNormalizer.squad());
  }

  /**
   * F1 against one gold answer.
   *
   * @param answer what the model said
   * @param gold what is right
   * @return F1 in [0, 1]
   */
  public double score(String answer, String gold) {
    List<String> said = normalizer.words(answer);
    List<String> right = normalizer.words(gold);
    if (said.isEmpty() || right.isEmpty()) {
      return said.isEmpty() && right.isEmpty() ? 1 : 0;
    }
    Map<String, Integer> left = new HashMap<>();
    right.forEach(word -> left.merge(word, 1, Integer::sum));
    int shared = 0;
    for (String word : said) {
      if (left.merge(word, -1, Integer::sum) >= 0) {
        shared++;
      }
    }
    // 2PR / (P + R) with P and R put in.
    return 2.0 * shared / (said.size() + right.size());
  }

  /**
   * F1 against the best of several gold answers.
   *
   * @param answer what the model said
   * @param golds what is right, any of them
   * @return the highest F1, in [0, 1]; 0 where there is no gold answer
   */
  public double score(String answer, List<String> golds) {
    return golds.stream().mapToDouble(gold -> score(answer, gold)).max().orElse(0);
  }
}
