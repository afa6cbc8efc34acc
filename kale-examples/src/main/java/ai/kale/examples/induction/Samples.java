package ai.kale.examples.induction;

import ai.kale.data.KnowledgePath;
import ai.kale.data.RationalizedQuestion;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Rationales to read: some for each number of hops, spread evenly over the question set. */
final class Samples {
  private Samples() {}

  /**
   * Chooses.
   *
   * @param rows all rationales
   * @param each most of one number of hops
   * @return by the hops of the first path, in the order of the rows
   */
  static SortedMap<Integer, List<RationalizedQuestion>> byHops(
      List<RationalizedQuestion> rows, int each) {
    SortedMap<Integer, List<RationalizedQuestion>> all = new TreeMap<>();
    for (RationalizedQuestion row : rows) {
      row.grounded().answerPaths().stream()
          .findFirst()
          .map(KnowledgePath::hops)
          .ifPresent(hops -> all.computeIfAbsent(hops, key -> new ArrayList<>()).add(row));
    }
    all.replaceAll((hops, of) -> spread(of, each));
    return all;
  }

  private static List<RationalizedQuestion> spread(List<RationalizedQuestion> rows, int most) {
    int count = Math.min(most, rows.size());
    List<RationalizedQuestion> chosen = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      chosen.add(rows.get((int) ((long) i * rows.size() / count)));
    }
    return chosen;
  }
}
