package ai.kale.examples.induction;

import ai.kale.data.KnowledgePath;
import ai.kale.data.RationalizedQuestion;
import ai.kale.examples.dataset.RelationPaths;
import ai.kale.examples.dataset.RelationPaths.Hop;
import java.util.List;
import java.util.Locale;

/**
 * How many rationales hold the relation path that their question asks about, where the data set
 * says it. A path may lead to the answer by accident: coverage alone does not tell.
 *
 * @param annotated rationales whose question states its relation path
 * @param among those with a path of these relations
 * @param first those whose first path is one
 */
record AskedPaths(int annotated, int among, int first) {
  static AskedPaths of(List<RationalizedQuestion> rows) {
    int annotated = 0;
    int among = 0;
    int first = 0;
    for (RationalizedQuestion row : rows) {
      List<Hop> asked = RelationPaths.of(row.question()).orElse(List.of());
      if (asked.isEmpty()) {
        continue;
      }
      annotated++;
      List<KnowledgePath> paths = row.grounded().answerPaths();
      among += paths.stream().anyMatch(path -> follows(path, asked)) ? 1 : 0;
      first += paths.stream().limit(1).anyMatch(path -> follows(path, asked)) ? 1 : 0;
    }
    return new AskedPaths(annotated, among, first);
  }

  private static boolean follows(KnowledgePath path, List<Hop> asked) {
    return path.steps().stream()
        .map(step -> new Hop(step.relation().id(), step.inverse()))
        .toList()
        .equals(asked);
  }

  String describe() {
    if (annotated == 0) {
      return "no question states its relation path: whether the paths are those it asks about is not"
          + " known";
    }
    return String.format(
        Locale.ROOT,
        "the relation path that the question asks about is among the paths of %,d of %,d rationales"
            + " (%.1f %%), the first of %,d (%.1f %%)",
        among,
        annotated,
        100.0 * among / annotated,
        first,
        100.0 * first / annotated);
  }
}
