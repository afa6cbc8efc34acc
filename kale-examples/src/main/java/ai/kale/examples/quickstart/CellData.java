package ai.kale.examples.quickstart;

import ai.kale.data.GroundedQuestion;
import ai.kale.data.Question;
import ai.kale.data.RationalizedQuestion;
import ai.kale.examples.dataset.QuestionSplit;
import ai.kale.examples.dataset.WrongAnswers;
import ai.kale.train.data.Bridge;
import ai.kale.train.data.BridgeMask;
import ai.kale.train.data.ExampleEncoder;
import ai.kale.train.data.TrainingExample;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** The training examples of a cell. Methods of one seed and noise see the same questions. */
final class CellData {
  private final Task task;
  private final ExampleEncoder encoder;
  private final int trainGroups;

  CellData(Task task, ExampleEncoder encoder, int trainGroups) {
    this.task = task;
    this.encoder = encoder;
    this.trainGroups = trainGroups;
  }

  /** The mask that keeps held-out answers out of the bridges. */
  static BridgeMask maskFor(Task task) {
    return BridgeMask.of(task.heldOut());
  }

  List<TrainingExample> examples(Cell cell) {
    List<Question> given = sample(cell.seed());
    boolean graphAnswers = cell.method().labels() == Method.Labels.GRAPH;
    List<Question> labelled =
        cell.noise() > 0 && !graphAnswers
            ? WrongAnswers.inject(given, cell.noise(), cell.seed())
            : given;
    Map<String, RationalizedQuestion> extracted = new LinkedHashMap<>();
    task.pool().forEach(r -> extracted.put(r.question().id(), r));
    Random random = new Random(cell.seed());
    List<TrainingExample> examples = new ArrayList<>();
    for (Question question : labelled) {
      RationalizedQuestion source = extracted.get(question.id());
      if (cell.noise() > 0) {
        source = task.ownPool().getOrDefault(question.id(), source);
      }
      if (source == null) {
        throw new IllegalStateException("question " + question.id() + " is not in the pool");
      }
      List<String> answers = question.answers();
      String answer = answers.get(random.nextInt(answers.size()));
      examples.add(encoder.encode(withAnswer(source, question, answer)));
    }
    return cell.method().paths() == Method.Paths.SHUFFLED ? shuffled(examples, random) : examples;
  }

  /** Whole groups of the pool, drawn by the seed. */
  private List<Question> sample(long seed) {
    List<Question> pool = task.pool().stream().map(RationalizedQuestion::question).toList();
    return QuestionSplit.sampleGroups(pool, trainGroups, seed);
  }

  private static RationalizedQuestion withAnswer(
      RationalizedQuestion source, Question question, String answer) {
    GroundedQuestion grounded = source.grounded();
    GroundedQuestion relabelled =
        new GroundedQuestion(
            question.withAnswers(List.of(answer)),
            grounded.questionEntities(),
            grounded.answerEntities(),
            grounded.unlinked(),
            grounded.paths(),
            grounded.report(),
            grounded.provenance(),
            grounded.extra());
    return new RationalizedQuestion(
        relabelled, source.rationale(), source.provenance(), source.extra());
  }

  /** Gives each example the bridges of another one with as many. */
  private static List<TrainingExample> shuffled(List<TrainingExample> examples, Random random) {
    Map<Integer, List<List<Bridge>>> byCount = new LinkedHashMap<>();
    examples.forEach(
        e ->
            byCount.computeIfAbsent(e.bridges().size(), key -> new ArrayList<>()).add(e.bridges()));
    byCount.values().forEach(bridges -> Collections.shuffle(bridges, random));
    List<TrainingExample> result = new ArrayList<>(examples.size());
    for (TrainingExample e : examples) {
      List<List<Bridge>> left = byCount.getOrDefault(e.bridges().size(), List.of(e.bridges()));
      List<Bridge> other = left.remove(left.size() - 1);
      result.add(
          new TrainingExample(
              e.questionId(),
              e.prompt(),
              e.readingPrompt(),
              e.answer(),
              e.rationaleThenAnswer(),
              other));
    }
    return result;
  }
}
