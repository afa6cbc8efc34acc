package ai.kale.eval;

import ai.kale.data.TripleRef;

/**
 * Turns a fact into a question about it, for example "What is the capital of France?" with the
 * answer "Paris".
 *
 * <p>The prompt asks for the triple's object and depends on subject and relation alone: {@link
 * FactProbes} also phrases the other objects of the same subject and relation and takes their
 * answers as right.
 */
@FunctionalInterface
public interface ProbePhrasing {
  /**
   * Phrases a fact.
   *
   * @param triple the fact
   * @return a prompt in the model's own format, and the answer
   */
  Phrase phrase(TripleRef triple);

  /**
   * A fact as question and answer.
   *
   * @param prompt what the model is given; does not show the answer
   * @param answer what is right
   */
  record Phrase(String prompt, String answer) {}
}
