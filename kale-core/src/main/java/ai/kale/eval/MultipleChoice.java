package ai.kale.eval;

import ai.kale.data.Question;
import ai.kale.error.InvalidInputException;
import ai.kale.run.RunContext;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Answers multiple-choice questions by the log-likelihood of each option after the prompt.
 *
 * <ul>
 *   <li>{@code acc}: the option with the highest summed log-likelihood is the answer.
 *   <li>{@code acc_norm}: each sum is divided by the option's length first, which takes away most
 *       of the advantage of short options and, unlike dividing by tokens, does not depend on the
 *       tokenizer.
 * </ul>
 *
 * <p>Ties go to the first option. The length is the option's own, without the delimiter before it.
 *
 * <p>Convention of EleutherAI's lm-evaluation-harness: its description of {@code acc_norm} (Gao
 * 2021) divides by UTF-8 bytes, its code by characters, with the bytes under the later name {@code
 * acc_bytes}. The two are the same for ASCII options. {@link LengthUnit} names both.
 *
 * @see <a href="https://blog.eleuther.ai/multiple-choice-normalization/">Gao 2021, Multiple Choice
 *     Normalization in LM Evaluation</a>
 * @see <a href="https://arxiv.org/abs/2405.14782">Biderman et al. 2024, Lessons from the Trenches
 *     on Reproducible Evaluation of Language Models</a>
 */
public final class MultipleChoice {
  /** Name of the metric: share right by summed log-likelihood, in [0, 1]. */
  public static final String ACC = "acc";

  /** Name of the metric: share right by log-likelihood per unit of length, in [0, 1]. */
  public static final String ACC_NORM = "acc_norm";

  private static final String STAGE = "multiple-choice";

  private final AnswerModel model;
  private final Function<Question, String> prompt;
  private final LengthUnit unit;
  private final EvaluationSettings settings;

  /** What {@code acc_norm} divides by. */
  public enum LengthUnit {
    /** Bytes of the option in UTF-8. */
    UTF8_BYTES,
    /** Code points of the option: {@code acc_norm} as the harness's code has it. */
    CODE_POINTS;

    /**
     * The length of an option.
     *
     * @param option its text
     * @return its length, 0 only for the empty text
     */
    public int length(String option) {
      return this == UTF8_BYTES
          ? option.getBytes(StandardCharsets.UTF_8).length
          : option.codePointCount(0, option.length());
    }
  }

  /**
   * What a model chose.
   *
   * @param questionId the question
   * @param byLikelihood index of the option with the highest log-likelihood
   * @param byNormalized index of the option with the highest log-likelihood per unit of length
   * @param correct whether {@code byLikelihood} is a gold answer
   * @param correctNormalized whether {@code byNormalized} is a gold answer
   */
  public record Choice(
      String questionId,
      int byLikelihood,
      int byNormalized,
      boolean correct,
      boolean correctNormalized) {}

  /**
   * Divides by UTF-8 bytes.
   *
   * @param model whom to ask
   * @param prompt makes the model's prompt of a question
   * @param settings batch size, and the delimiter between prompt and option
   */
  public MultipleChoice(
      AnswerModel model, Function<Question, String> prompt, EvaluationSettings settings) {
    this(model, prompt, settings, LengthUnit.UTF8_BYTES);
  }

  /**
   * Divides by a unit of choice.
   *
   * @param model whom to ask
   * @param prompt makes the model's prompt of a question
   * @param settings batch size, and the delimiter between prompt and option
   * @param unit what {@code acc_norm} divides by
   */
  public MultipleChoice(
      AnswerModel model,
      Function<Question, String> prompt,
      EvaluationSettings settings,
      LengthUnit unit) {
    this.model = model;
    this.prompt = prompt;
    this.settings = settings;
    this.unit = unit;
  }

  /**
   * Scores every option of every question: one row of a batch for each option.
   *
   * @param questions each with options, at least one of which equals one of its answers
   * @param context told {@code "multiple-choice"} after each batch, asked before each
   * @return one choice for each question
   * @throws InvalidInputException if there is no question, an id comes twice, a question has no or
   *     an empty option, or none of its options is an answer
   * @throws ai.kale.error.OperationCancelledException if cancelled
   * @throws IllegalStateException if the model returns NaN or another number of scores
   */
  public List<Choice> choose(List<Question> questions, RunContext context) {
    Evaluator.check(questions);
    List<Batches.Pair> pairs = new ArrayList<>();
    for (Question question : questions) {
      check(question);
      String text = prompt.apply(question);
      question
          .choices()
          .forEach(option -> pairs.add(new Batches.Pair(text, settings.delimiter() + option)));
    }
    List<AnswerModel.Score> scores =
        Batches.score(model, pairs, settings.batchSize(), STAGE, context);
    List<Choice> choices = new ArrayList<>(questions.size());
    int at = 0;
    for (Question question : questions) {
      double[] sums = new double[question.choices().size()];
      for (int i = 0; i < sums.length; i++) {
        sums[i] = scores.get(at++).logLikelihood();
      }
      choices.add(choose(question, sums));
    }
    return choices;
  }

  /**
   * Runs {@link #choose} and counts.
   *
   * @param method name of what is evaluated
   * @param seed the seed of its run
   * @param questions what to ask
   * @param context progress and cancellation
   * @return {@link #ACC} (also as {@link EvaluationResult#ACCURACY}, with correctness by question)
   *     and {@link #ACC_NORM}
   * @throws InvalidInputException as {@link #choose}
   */
  public EvaluationResult evaluate(
      String method, long seed, List<Question> questions, RunContext context) {
    List<Choice> choices = choose(questions, context);
    SortedMap<String, Boolean> correct = new TreeMap<>();
    choices.forEach(choice -> correct.put(choice.questionId(), choice.correct()));
    return EvaluationResult.of(method, seed, correct)
        .with(ACC, share(choices, Choice::correct))
        .with(ACC_NORM, share(choices, Choice::correctNormalized));
  }

  private static double share(List<Choice> choices, Predicate<Choice> what) {
    return Accuracy.of(choices.stream().map(what::test).toList()).value();
  }

  private Choice choose(Question question, double[] sums) {
    double[] normalized = new double[sums.length];
    for (int i = 0; i < sums.length; i++) {
      normalized[i] = sums[i] / unit.length(question.choices().get(i));
    }
    int plain = first(sums);
    int norm = first(normalized);
    return new Choice(
        question.id(),
        plain,
        norm,
        question.answers().contains(question.choices().get(plain)),
        question.answers().contains(question.choices().get(norm)));
  }

  private static int first(double[] values) {
    int best = 0;
    for (int i = 1; i < values.length; i++) {
      if (values[i] > values[best]) {
        best = i;
      }
    }
    return best;
  }

  private static void check(Question question) {
    if (question.choices().isEmpty() || question.choices().contains("")) {
      throw new InvalidInputException(
          "question " + question.id() + " has no options, or an empty one");
    }
    if (question.choices().stream().noneMatch(question.answers()::contains)) {
      throw new InvalidInputException(
          "none of the options of question "
              + question.id()
              + " is one of its answers; answers must be texts of options, not letters or numbers");
    }
  }
}
