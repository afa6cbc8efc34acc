package ai.kale.ground;

import ai.kale.data.GroundedQuestion;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collector;
import java.util.stream.Collectors;

/**
 * What became of a question set in grounding. Computed from the records, so that a set read from a
 * file has it too.
 *
 * @param total questions
 * @param outcomes number of questions for each outcome; outcomes that did not occur are absent
 * @param paths paths from a question to its answer, in all
 * @param fallbackPaths paths that are a fallback, in all
 * @param pathsByHops paths to the answer by their number of hops
 * @param questionsByPaths questions by their number of paths to the answer, 0 included
 * @param unlinked texts that could not be linked, in all
 * @param cuts questions whose search left something out, with or without a path, by the reason, as
 *     in {@link ai.kale.data.PathReport#cut}; more paths of a fallback than were asked for do not
 *     count, a fallback that ran out of arcs or time does
 * @param atHubs questions whose search left arcs out at hubs
 * @param arcsRead arcs looked at, in all
 */
public record GroundingSummary(
    int total,
    SortedMap<GroundingOutcome, Integer> outcomes,
    long paths,
    long fallbackPaths,
    SortedMap<Integer, Long> pathsByHops,
    SortedMap<Integer, Integer> questionsByPaths,
    long unlinked,
    SortedMap<String, Integer> cuts,
    int atHubs,
    long arcsRead) {
  /** Copies the maps. */
  public GroundingSummary {
    outcomes = Collections.unmodifiableSortedMap(new TreeMap<>(outcomes));
    pathsByHops = Collections.unmodifiableSortedMap(new TreeMap<>(pathsByHops));
    questionsByPaths = Collections.unmodifiableSortedMap(new TreeMap<>(questionsByPaths));
    cuts = Collections.unmodifiableSortedMap(new TreeMap<>(cuts));
  }

  /**
   * Counts.
   *
   * @param questions questions after grounding
   * @return the counts
   */
  public static GroundingSummary of(List<GroundedQuestion> questions) {
    return questions.stream().collect(collector());
  }

  /**
   * Counts a stream in constant memory, for example that of {@link
   * ai.kale.jsonl.JsonlFormat#stream}.
   */
  public static Collector<GroundedQuestion, ?, GroundingSummary> collector() {
    return Collector.of(
        GroundingTally::new,
        GroundingTally::add,
        GroundingTally::addAll,
        GroundingTally::summary,
        Collector.Characteristics.UNORDERED);
  }

  /** Number of questions with a given outcome. */
  public int count(GroundingOutcome outcome) {
    return outcomes.getOrDefault(outcome, 0);
  }

  /** Share of questions with a given outcome, in [0, 1]; 0 where there is no question. */
  public double share(GroundingOutcome outcome) {
    return share(count(outcome));
  }

  /** Share of questions with a path to the answer, in [0, 1]; a fallback's paths are none. */
  public double coverage() {
    return share(GroundingOutcome.GROUNDED);
  }

  /** Number of questions whose search left something out, whatever the reason. */
  public int cut() {
    return cuts.values().stream().mapToInt(Integer::intValue).sum();
  }

  /** Share of questions whose search left arcs out at hubs, in [0, 1]. */
  public double hubShare() {
    return share(atHubs);
  }

  /** Paths to the answer for each question, on average; 0 where there is no question. */
  public double meanPaths() {
    return total == 0 ? 0 : (double) paths / total;
  }

  /** The lower median of the number of paths to the answer; 0 where there is no question. */
  public int medianPaths() {
    long below = 0;
    for (Map.Entry<Integer, Integer> entry : questionsByPaths.entrySet()) {
      below += entry.getValue();
      if (2 * below >= total) {
        return entry.getKey();
      }
    }
    return 0;
  }

  /** Most paths to the answer of a question; 0 where there is no question. */
  public int maxPaths() {
    return questionsByPaths.isEmpty() ? 0 : questionsByPaths.lastKey();
  }

  private double share(int part) {
    return total == 0 ? 0 : (double) part / total;
  }

  private String outcomeShares() {
    return outcomes.isEmpty()
        ? "none"
        : outcomes.entrySet().stream()
            .map(
                entry ->
                    String.format(
                        Locale.ROOT,
                        "%s %d (%.1f %%)",
                        entry.getKey().text(),
                        entry.getValue(),
                        100 * share(entry.getKey())))
            .collect(Collectors.joining(", "));
  }

  private static String listed(Map<?, ?> counts) {
    return counts.isEmpty()
        ? "none"
        : counts.entrySet().stream()
            .map(entry -> entry.getKey() + ": " + entry.getValue())
            .collect(Collectors.joining(", "));
  }

  /** A few lines for people. */
  public String describe() {
    return String.format(
        Locale.ROOT,
        "%d questions, %.1f %% with a path to the answer\n"
            + "outcomes: %s\n"
            + "paths to the answer: %d (by hops: %s), a question %.1f on average, median %d, at"
            + " most %d; %d paths of fallbacks\n"
            + "left out: %d searches cut%s, %d (%.1f %%) left arcs out at hubs, %d texts not"
            + " linked",
        total,
        100 * coverage(),
        outcomeShares(),
        paths,
        listed(pathsByHops),
        meanPaths(),
        medianPaths(),
        maxPaths(),
        fallbackPaths,
        cut(),
        cuts.isEmpty() ? "" : " (" + listed(cuts) + ")",
        atHubs,
        100 * hubShare(),
        unlinked);
  }
}
