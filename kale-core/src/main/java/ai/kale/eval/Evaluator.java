package ai.kale.eval;

import ai.kale.data.Question;
import ai.kale.error.InvalidInputException;
import ai.kale.run.RunContext;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Asks a model every question and compares its greedy answers with the gold answers. No rationale
 * is given unless the prompt function puts one in.
 *
 * <p>Asks each question once; the results do not depend on the order of the questions as long as
 * the model's answers do not.
 */
public final class Evaluator {
  private static final String STAGE = "evaluate";

  private final AnswerModel model;
  private final Function<Question, String> prompt;
  private final EvaluationSettings settings;

  /**
   * @param model whom to ask
   * @param prompt makes the model's prompt of a question; must not show it the answer
   * @param settings batch size and normalising
   */
  public Evaluator(
      AnswerModel model, Function<Question, String> prompt, EvaluationSettings settings) {
    this.model = model;
    this.prompt = prompt;
    this.settings = settings;
  }

  /**
   * Asks the questions.
   *
   * @param method name of what is evaluated
   * @param seed the seed of its run
   * @param questions what to ask, each with at least one answer
   * @param context told {@code "evaluate"} after each batch, asked before each
   * @return correctness by question, with {@link EvaluationResult#ACCURACY} and {@link
   *     EvaluationResult#F1}
   * @throws InvalidInputException if there is no question, an id comes twice, or a question has no
   *     answer
   * @throws ai.kale.error.OperationCancelledException if cancelled
   * @throws IllegalStateException if the model gives another number of answers than of prompts
   */
  public EvaluationResult evaluate(
      String method, long seed, List<Question> questions, RunContext context) {
    check(questions);
    List<String> answers =
        Batches.answer(
            model, questions.stream().map(prompt).toList(), settings.batchSize(), STAGE, context);
    ExactMatch match = new ExactMatch(settings.normalizer());
    TokenF1 f1 = new TokenF1(settings.normalizer());
    SortedMap<String, Boolean> correct = new TreeMap<>();
    // Summed in the order of ids: a sum of doubles depends on its order.
    SortedMap<String, Double> overlap = new TreeMap<>();
    for (int i = 0; i < answers.size(); i++) {
      Question question = questions.get(i);
      correct.put(question.id(), match.matches(answers.get(i), question.answers()));
      overlap.put(question.id(), f1.score(answers.get(i), question.answers()));
    }
    double sum = 0;
    for (double value : overlap.values()) {
      sum += value;
    }
    return EvaluationResult.of(method, seed, correct)
        .with(EvaluationResult.F1, sum / overlap.size());
  }

  static void check(List<Question> questions) {
    if (questions.isEmpty()) {
      throw new InvalidInputException("no question to evaluate on; was the file or split empty?");
    }
    Set<String> ids = new HashSet<>();
    for (Question question : questions) {
      if (!ids.add(question.id())) {
        throw new InvalidInputException(
            "question id " + question.id() + " comes twice; ids must be unique within a set");
      }
      if (question.answers().isEmpty()) {
        throw new InvalidInputException(
            "question " + question.id() + " has no answer to compare with; leave it out");
      }
    }
  }
}
