package ai.kale.rationale;

import ai.kale.data.GroundedQuestion;
import ai.kale.data.Synthesis;
import ai.kale.data.Synthesis.Outcome;
import ai.kale.teacher.TeacherUsage;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a synthesis run did with its questions: kept + retried + fellBack + dropped = total.
 *
 * @param total questions
 * @param kept whose first text passed
 * @param retried whose second text passed
 * @param fellBack whose text is the template's
 * @param dropped without a text
 * @param droppedByReason the dropped by the kind of what decided it, for example {@code "no-path"};
 *     where only a text of the teacher failed, the first problem of the last text
 * @param firstTextsFailing by the kind of problem, how many first texts have it; a text may have
 *     several
 * @param secondTextsFailing the same of the texts of retries
 * @param withoutPath questions without any complete path from question to answer
 * @param onFallback those of them that have the paths of a fallback instead
 * @param resumed questions whose replies all came from the journal, at least one
 * @param promptTokens tokens read by the teacher for these questions, in this run and, where
 *     resumed, in earlier ones; a text shared by equal questions counts once
 * @param completionTokens tokens written, counted alike
 * @param usage what this run asked, paid, and waited for; all 0 where nobody was asked or the run
 *     does not see it, and of all callers where the teacher is managed by the caller
 */
public record SynthesisSummary(
    int total,
    int kept,
    int retried,
    int fellBack,
    int dropped,
    SortedMap<String, Integer> droppedByReason,
    SortedMap<String, Integer> firstTextsFailing,
    SortedMap<String, Integer> secondTextsFailing,
    int withoutPath,
    int onFallback,
    int resumed,
    long promptTokens,
    long completionTokens,
    TeacherUsage usage) {
  /** Copies the maps. */
  public SynthesisSummary {
    droppedByReason = Collections.unmodifiableSortedMap(new TreeMap<>(droppedByReason));
    firstTextsFailing = Collections.unmodifiableSortedMap(new TreeMap<>(firstTextsFailing));
    secondTextsFailing = Collections.unmodifiableSortedMap(new TreeMap<>(secondTextsFailing));
  }

  /**
   * Counts.
   *
   * @param distinct the outcomes of different questions, for the tokens
   */
  static SynthesisSummary of(
      List<GroundedQuestion> questions,
      List<Synthesis> outcomes,
      int resumed,
      Collection<Synthesis> distinct,
      Optional<TeacherUsage> usage) {
    Map<Outcome, Integer> counts = new EnumMap<>(Outcome.class);
    SortedMap<String, Integer> reasons = new TreeMap<>();
    SortedMap<String, Integer> first = new TreeMap<>();
    SortedMap<String, Integer> second = new TreeMap<>();
    for (Synthesis outcome : outcomes) {
      counts.merge(outcome.outcome(), 1, Integer::sum);
      if (outcome.outcome() == Outcome.DROPPED) {
        reasons.merge(kindOf(deciding(outcome)), 1, Integer::sum);
      }
      count(outcome.firstProblems(), first);
      count(outcome.secondProblems(), second);
    }
    return new SynthesisSummary(
        questions.size(),
        counts.getOrDefault(Outcome.KEPT, 0),
        counts.getOrDefault(Outcome.RETRIED, 0),
        counts.getOrDefault(Outcome.FELL_BACK, 0),
        counts.getOrDefault(Outcome.DROPPED, 0),
        reasons,
        first,
        second,
        (int) questions.stream().filter(question -> question.answerPaths().isEmpty()).count(),
        (int) questions.stream().filter(FallbackPaths::in).count(),
        resumed,
        usage
            .map(u -> u.promptTokens() + u.journalledPromptTokens())
            .orElseGet(() -> distinct.stream().mapToLong(Synthesis::promptTokens).sum()),
        usage
            .map(u -> u.completionTokens() + u.journalledCompletionTokens())
            .orElseGet(() -> distinct.stream().mapToLong(Synthesis::completionTokens).sum()),
        usage.orElse(TeacherUsage.none()));
  }

  private static void count(List<String> problems, SortedMap<String, Integer> into) {
    problems.stream()
        .map(SynthesisSummary::kindOf)
        .distinct()
        .forEach(kind -> into.merge(kind, 1, Integer::sum));
  }

  /** What a dropped question was dropped for. */
  private static String deciding(Synthesis outcome) {
    List<String> reasons = outcome.reasons();
    if (!reasons.isEmpty()) {
      return reasons.get(reasons.size() - 1);
    }
    List<String> texts = outcome.secondProblems();
    return texts.isEmpty() ? "unknown" : texts.get(0);
  }

  private static String kindOf(String problem) {
    int colon = problem.indexOf(':');
    return colon < 0 ? problem : problem.substring(0, colon);
  }

  /** Share of questions without a complete path, in [0, 1]; 0 where there is no question. */
  public double shareWithoutPath() {
    return total == 0 ? 0 : (double) withoutPath / total;
  }

  /** One line for people; what did not happen is left out. */
  public String describe() {
    List<String> parts = new ArrayList<>();
    parts.add(outcomes());
    if (!firstTextsFailing.isEmpty()) {
      parts.add("first texts failing " + firstTextsFailing);
    }
    if (!secondTextsFailing.isEmpty()) {
      parts.add("second texts failing " + secondTextsFailing);
    }
    parts.add(
        String.format(
            Locale.ROOT,
            "%.1f %% have no complete path%s",
            100 * shareWithoutPath(),
            onFallback == 0 ? "" : " (" + onFallback + " a fallback's)"));
    if (resumed > 0) {
      parts.add(resumed + " from the journal");
    }
    if (promptTokens + completionTokens > 0) {
      parts.add(promptTokens + " + " + completionTokens + " tokens");
    }
    if (!usage.equals(TeacherUsage.none())) {
      parts.add(usage.describe());
    }
    return String.join("; ", parts);
  }

  private String outcomes() {
    StringBuilder text = new StringBuilder().append(total).append(" questions: ").append(kept);
    text.append(" kept");
    if (retried > 0) {
      text.append(", ").append(retried).append(" after a retry");
    }
    if (fellBack > 0) {
      text.append(", ").append(fellBack).append(" by the template");
    }
    text.append(", ").append(dropped).append(" dropped");
    return (dropped > 0 ? text.append(' ').append(droppedByReason) : text).toString();
  }
}
