package ai.kale.eval;

import java.util.List;

/** What evaluation needs of a model: text in, text out, and log-likelihoods. */
public interface AnswerModel {
  /**
   * Greedy answers.
   *
   * @param prompts what to answer, in the model's own format
   * @return one answer for each prompt, stripped
   */
  List<String> answer(List<String> prompts);

  /**
   * Log-likelihoods of continuations.
   *
   * @param prompts what comes before
   * @param continuations one for each prompt
   * @return the sum of the log-probabilities of the continuation's tokens, in nats, with the number
   *     of tokens
   */
  List<Score> score(List<String> prompts, List<String> continuations);

  /**
   * The log-likelihood of one continuation.
   *
   * @param logLikelihood sum over its tokens, in nats
   * @param tokens number of tokens
   */
  record Score(double logLikelihood, int tokens) {}
}
