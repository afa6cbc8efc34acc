package ai.kale.examples.quickstart;

import ai.kale.data.Question;
import ai.kale.data.RationalizedQuestion;
import ai.kale.eval.EvaluationResult;
import ai.kale.examples.dataset.RelationPaths;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * The answer most training questions of the same relation path have: knowing nothing but the kind.
 */
final class Majority {
  private Majority() {}

  static EvaluationResult examine(Task task) {
    Map<String, TreeMap<String, Integer>> counts = new LinkedHashMap<>();
    for (RationalizedQuestion question : task.pool()) {
      TreeMap<String, Integer> answers =
          counts.computeIfAbsent(
              RelationPaths.signature(question.question()), key -> new TreeMap<>());
      question.question().answers().forEach(answer -> answers.merge(answer, 1, Integer::sum));
    }
    Map<String, Boolean> correct = new LinkedHashMap<>();
    for (Question question : task.test()) {
      TreeMap<String, Integer> answers = counts.get(RelationPaths.signature(question));
      boolean right = false;
      if (answers != null) {
        int most = Collections.max(answers.values());
        right =
            answers.entrySet().stream()
                .filter(e -> e.getValue() == most)
                .findFirst()
                .map(e -> question.answers().contains(e.getKey()))
                .orElse(false);
      }
      correct.put(question.id(), right);
    }
    return EvaluationResult.of("majority answer of the relation path", 0, correct);
  }
}
