package ai.kale.examples.quickstart;

import ai.kale.data.EntityRef;
import ai.kale.data.GroundedQuestion;
import ai.kale.data.KnowledgePath;
import ai.kale.data.Question;
import ai.kale.data.RationalizedQuestion;
import ai.kale.examples.dataset.QuestionSplit;
import ai.kale.examples.dataset.WrongAnswers;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** The training questions of a cell. Methods of one seed and noise see the same questions. */
final class CellData {
  private final Task task;
  private final int trainGroups;

  CellData(Task task, int trainGroups) {
    this.task = task;
    this.trainGroups = trainGroups;
  }

  List<RationalizedQuestion> questions(Cell cell) {
    // Where answers may be wrong, a path must not come from the answer.
    List<Question> pool =
        task.pool().stream()
            .map(RationalizedQuestion::question)
            .filter(q -> cell.noise() == 0 || task.ownPool().containsKey(q.id()))
            .toList();
    List<Question> given = QuestionSplit.sampleGroups(pool, trainGroups, cell.seed());
    List<Question> labelled =
        switch (cell.method().labels()) {
          case GIVEN ->
              cell.noise() > 0 ? WrongAnswers.inject(given, cell.noise(), cell.seed()) : given;
          case GRAPH -> given.stream().map(this::relabelled).toList();
        };
    Map<String, RationalizedQuestion> extracted = new LinkedHashMap<>();
    task.pool().forEach(r -> extracted.put(r.question().id(), r));
    Random random = new Random(cell.seed());
    List<RationalizedQuestion> questions = new ArrayList<>();
    for (Question question : labelled) {
      RationalizedQuestion source = extracted.get(question.id());
      if (cell.noise() > 0) {
        source = task.ownPool().getOrDefault(question.id(), source);
      }
      if (source == null) {
        throw new IllegalStateException("question " + question.id() + " is not in the pool");
      }
      String answer = answer(question, source, random);
      questions.add(with(source, question.withAnswers(List.of(answer)), source.grounded().paths()));
    }
    return cell.method().paths() == Method.Paths.SHUFFLED ? shuffled(questions, random) : questions;
  }

  /** The answer the rationale ends in where it is acceptable, else one of the others at random. */
  private static String answer(Question question, RationalizedQuestion source, Random random) {
    List<String> answers = question.answers().stream().sorted().toList();
    String drawn = answers.get(random.nextInt(answers.size()));
    String end = source.grounded().paths().get(0).target().label();
    return answers.contains(end) ? end : drawn;
  }

  /** The same question with the ends of its own path as answers; as it is where it states none. */
  private Question relabelled(Question question) {
    RationalizedQuestion own = task.ownPool().get(question.id());
    return own == null
        ? question
        : question.withAnswers(
            own.grounded().answerEntities().stream().map(EntityRef::label).toList());
  }

  /** Gives each question the path, and so the bridges, of another one of the same length. */
  private static List<RationalizedQuestion> shuffled(
      List<RationalizedQuestion> questions, Random random) {
    Map<Integer, List<List<KnowledgePath>>> byHops = new LinkedHashMap<>();
    for (RationalizedQuestion q : questions) {
      byHops.computeIfAbsent(hops(q), key -> new ArrayList<>()).add(q.grounded().paths());
    }
    byHops.values().forEach(paths -> Collections.shuffle(paths, random));
    List<RationalizedQuestion> result = new ArrayList<>(questions.size());
    for (RationalizedQuestion q : questions) {
      List<List<KnowledgePath>> left = byHops.getOrDefault(hops(q), new ArrayList<>());
      result.add(with(q, q.question(), left.remove(left.size() - 1)));
    }
    return result;
  }

  private static int hops(RationalizedQuestion question) {
    return question.grounded().paths().get(0).hops();
  }

  private static RationalizedQuestion with(
      RationalizedQuestion source, Question question, List<KnowledgePath> paths) {
    GroundedQuestion grounded = source.grounded();
    return new RationalizedQuestion(
        new GroundedQuestion(
            question,
            grounded.questionEntities(),
            grounded.answerEntities(),
            grounded.unlinked(),
            paths,
            grounded.report(),
            grounded.provenance(),
            grounded.extra()),
        source.rationale(),
        source.provenance(),
        source.extra());
  }
}
