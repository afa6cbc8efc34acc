package ai.kale.ground;

import ai.kale.data.GroundedQuestion;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What became of a question set in grounding. Computed from the records, so that a set read from a
 * file has it too.
 *
 * @param total questions
 * @param outcomes number of questions for each outcome; outcomes that did not occur are absent
 * @param paths paths in all
 * @param unlinked texts that could not be linked, in all
 * @param cut questions whose search left something out, with or without a path
 * @param arcsRead arcs looked at, in all
 */
public record GroundingSummary(
    int total,
    SortedMap<GroundingOutcome, Integer> outcomes,
    long paths,
    long unlinked,
    int cut,
    long arcsRead) {
  /** Copies the map. */
  public GroundingSummary {
    outcomes = Collections.unmodifiableSortedMap(new TreeMap<>(outcomes));
  }

  /**
   * Counts.
   *
   * @param questions questions after grounding
   * @return the counts
   */
  public static GroundingSummary of(List<GroundedQuestion> questions) {
    Map<GroundingOutcome, Integer> outcomes = new EnumMap<>(GroundingOutcome.class);
    long paths = 0;
    long unlinked = 0;
    int cut = 0;
    long arcs = 0;
    for (GroundedQuestion question : questions) {
      outcomes.merge(GroundingOutcome.of(question), 1, Integer::sum);
      paths += question.paths().size();
      unlinked += question.unlinked().size();
      cut += question.report().complete() ? 0 : 1;
      arcs += question.report().arcsRead();
    }
    return new GroundingSummary(
        questions.size(), new TreeMap<>(outcomes), paths, unlinked, cut, arcs);
  }

  /** Number of questions with a given outcome. */
  public int count(GroundingOutcome outcome) {
    return outcomes.getOrDefault(outcome, 0);
  }

  /** Share of questions with at least one path, in [0, 1]; 0 where there is no question. */
  public double coverage() {
    return total == 0 ? 0 : (double) count(GroundingOutcome.GROUNDED) / total;
  }

  /** One line for people. */
  public String describe() {
    return String.format(
        Locale.ROOT,
        "%d questions, %.1f %% with a path; %s; %d paths, %d texts not linked, %d searches cut",
        total,
        100 * coverage(),
        outcomes,
        paths,
        unlinked,
        cut);
  }
}
