package ai.kale.examples.quickstart;

import ai.kale.KnowledgeGraph;
import ai.kale.data.EntityRef;
import ai.kale.data.GroundedQuestion;
import ai.kale.data.KnowledgePath;
import ai.kale.data.PathReport;
import ai.kale.data.PathStep;
import ai.kale.data.Provenance;
import ai.kale.data.Question;
import ai.kale.data.Rationale;
import ai.kale.data.RationalizedQuestion;
import ai.kale.data.RelationRef;
import ai.kale.eval.EvaluationResult;
import ai.kale.examples.dataset.GraphFacts;
import ai.kale.examples.dataset.RelationPaths;
import ai.kale.examples.testing.SmallWorld;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Small values by hand. */
final class Samples {
  private static final Provenance BY_HAND = Provenance.of("test", Map.of());

  private Samples() {}

  /** A path from "start" along some relations. */
  static KnowledgePath path(String... relations) {
    List<PathStep> steps = new ArrayList<>();
    for (int i = 0; i < relations.length; i++) {
      EntityRef entity = new EntityRef("e" + i, "entity " + i);
      steps.add(new PathStep(new RelationRef(relations[i], relations[i]), false, entity));
    }
    return new KnowledgePath(new EntityRef("start", "start"), steps);
  }

  static GroundedQuestion grounded(Question question, KnowledgePath... paths) {
    return new GroundedQuestion(
        question,
        List.of(),
        List.of(),
        List.of(),
        List.of(paths),
        PathReport.complete(1),
        BY_HAND,
        Map.of());
  }

  /** A question of some kind with its answers. */
  static Question question(String id, String kind, String... answers) {
    return RelationPaths.attach(
        Question.of(id, "What is " + id + "?", List.of(answers)),
        List.of(new RelationPaths.Hop(kind, false)));
  }

  static RationalizedQuestion rationalized(Question question, String rationale) {
    return new RationalizedQuestion(
        grounded(question, path("r")), new Rationale(rationale, "test", 0, 0), BY_HAND, Map.of());
  }

  static Task task(
      String name, List<RationalizedQuestion> pool, List<Question> test, List<String> notes) {
    try (KnowledgeGraph graph = SmallWorld.graph()) {
      return new Task(
          name, GraphFacts.all(graph), pool, Map.of(), test, Map.of(), List.of(), notes);
    }
  }

  /** A result over ten questions. */
  static EvaluationResult result(String method, long seed, int right) {
    Map<String, Boolean> correct = new TreeMap<>();
    for (int i = 0; i < 10; i++) {
      correct.put("q" + i, i < right);
    }
    return EvaluationResult.of(method, seed, correct);
  }
}
