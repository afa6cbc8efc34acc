package ai.kale.ground;

import ai.kale.data.GroundedQuestion;
import ai.kale.data.KnowledgePath;
import ai.kale.data.PathFallback;
import ai.kale.data.PathReport;
import java.util.SortedMap;
import java.util.TreeMap;

/** Counts grounded questions one by one, in memory that does not grow with their number. */
final class GroundingTally {
  private final SortedMap<GroundingOutcome, Integer> outcomes = new TreeMap<>();
  private final SortedMap<Integer, Long> hops = new TreeMap<>();
  private final SortedMap<Integer, Integer> pathCounts = new TreeMap<>();
  private final SortedMap<String, Integer> cuts = new TreeMap<>();
  private int total;
  private long paths;
  private long fallbackPaths;
  private long unlinked;
  private int atHubs;
  private long arcsRead;

  void add(GroundedQuestion question) {
    total++;
    outcomes.merge(GroundingOutcome.of(question), 1, Integer::sum);
    for (KnowledgePath path : question.answerPaths()) {
      hops.merge(path.hops(), 1L, Long::sum);
    }
    int own = question.answerPaths().size();
    pathCounts.merge(own, 1, Integer::sum);
    paths += own;
    fallbackPaths += question.paths().size() - own;
    unlinked += question.unlinked().size();
    PathReport report = question.report();
    if (!report.complete() && !isOnlyMoreOfAFallback(report)) {
      cuts.merge(report.cut(), 1, Integer::sum);
    }
    atHubs += report.hubs() > 0 ? 1 : 0;
    arcsRead += report.arcsRead();
  }

  /**
   * There is nearly always more from a question; that says nothing of the search for the answer.
   */
  private static boolean isOnlyMoreOfAFallback(PathReport report) {
    return report.fallback() != PathFallback.NONE && report.cut().equals(PathReport.MAX_PATHS);
  }

  GroundingTally addAll(GroundingTally other) {
    other.outcomes.forEach((key, n) -> outcomes.merge(key, n, Integer::sum));
    other.hops.forEach((key, n) -> hops.merge(key, n, Long::sum));
    other.pathCounts.forEach((key, n) -> pathCounts.merge(key, n, Integer::sum));
    other.cuts.forEach((key, n) -> cuts.merge(key, n, Integer::sum));
    total += other.total;
    paths += other.paths;
    fallbackPaths += other.fallbackPaths;
    unlinked += other.unlinked;
    atHubs += other.atHubs;
    arcsRead += other.arcsRead;
    return this;
  }

  GroundingSummary summary() {
    return new GroundingSummary(
        total, outcomes, paths, fallbackPaths, hops, pathCounts, unlinked, cuts, atHubs, arcsRead);
  }
}
