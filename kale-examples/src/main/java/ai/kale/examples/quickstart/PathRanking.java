package ai.kale.examples.quickstart;

import ai.kale.data.GroundedQuestion;
import ai.kale.data.KnowledgePath;
import ai.kale.data.PathStep;
import ai.kale.data.Question;
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

  /**
   * The same question with at most {@code keep} paths, the best first, and its end as the first
   * answer.
   */
  static GroundedQuestion best(GroundedQuestion question, int keep) {
    String text = question.question().text().toLowerCase(Locale.ROOT);
    List<KnowledgePath> ranked = new ArrayList<>(question.paths());
    ranked.sort(Comparator.comparingInt((KnowledgePath path) -> -score(path, text)));
    return new GroundedQuestion(
        endFirst(question.question(), ranked),
        question.questionEntities(),
        question.answerEntities(),
        question.unlinked(),
        ranked.subList(0, Math.min(keep, ranked.size())),
        question.report(),
        question.provenance().with("ranking", "relations-mentioned/1"),
        question.extra());
  }

  /** The answer the best path ends in comes first: it is the one trained on. */
  private static Question endFirst(Question question, List<KnowledgePath> ranked) {
    String end = ranked.isEmpty() ? "" : ranked.get(0).target().label();
    if (!question.answers().contains(end)) {
      return question;
    }
    List<String> answers = new ArrayList<>(question.answers());
    answers.remove(end);
    answers.add(0, end);
    return question.withAnswers(answers);
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
