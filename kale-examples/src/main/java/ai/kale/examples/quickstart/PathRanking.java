package ai.kale.examples.quickstart;

import ai.kale.data.GroundedQuestion;
import ai.kale.data.KnowledgePath;
import ai.kale.data.PathStep;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Several paths may connect a question to its answer, and some do so by chance (who was born in
 * Lyon and died in Paris has a one-hop path to "the capital of the country of the birthplace").
 * Paths whose relations the question mentions come first: most relations mentioned less those not
 * mentioned, then the extractor's own order.
 */
final class PathRanking {
  private PathRanking() {}

  /** The same question with at most {@code keep} paths, the best first. */
  static GroundedQuestion best(GroundedQuestion question, int keep) {
    String text = question.question().text().toLowerCase(Locale.ROOT);
    List<KnowledgePath> ranked = new ArrayList<>(question.paths());
    ranked.sort(Comparator.comparingInt((KnowledgePath path) -> -score(path, text)));
    return new GroundedQuestion(
        question.question(),
        question.questionEntities(),
        question.answerEntities(),
        question.unlinked(),
        ranked.subList(0, Math.min(keep, ranked.size())),
        question.report(),
        question.provenance().with("ranking", "relations-mentioned/1"),
        question.extra());
  }

  private static int score(KnowledgePath path, String text) {
    Set<String> mentioned = new HashSet<>();
    int missing = 0;
    for (PathStep step : path.steps()) {
      String relation = step.relation().label().toLowerCase(Locale.ROOT);
      if (text.contains(relation)) {
        mentioned.add(relation);
      } else {
        missing++;
      }
    }
    return mentioned.size() - missing;
  }
}
