package ai.kale.rationale;

import ai.kale.data.GroundedQuestion;
import ai.kale.data.Synthesis;
import ai.kale.data.Synthesis.Outcome;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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
 * @param droppedByReason the dropped by the kind of their last problem, for example {@code
 *     "no-path"}
 * @param withoutPath questions without any complete path from question to answer
 * @param onFallback those of them that have the paths of a fallback instead
 * @param resumed questions whose outcome came from the journal
 * @param promptTokens tokens read by the teacher for these questions, in this run and, where
 *     resumed, in earlier ones; a text shared by equal questions counts once
 * @param completionTokens tokens written, counted alike
 */
public record SynthesisSummary(
    int total,
    int kept,
    int retried,
    int fellBack,
    int dropped,
    SortedMap<String, Integer> droppedByReason,
    int withoutPath,
    int onFallback,
    int resumed,
    long promptTokens,
    long completionTokens) {
  /** Copies the map. */
  public SynthesisSummary {
    droppedByReason = Collections.unmodifiableSortedMap(new TreeMap<>(droppedByReason));
  }

  static SynthesisSummary of(
      List<GroundedQuestion> questions,
      List<Synthesis> outcomes,
      int resumed,
      long promptTokens,
      long completionTokens) {
    Map<Outcome, Integer> counts = new EnumMap<>(Outcome.class);
    SortedMap<String, Integer> reasons = new TreeMap<>();
    for (Synthesis outcome : outcomes) {
      counts.merge(outcome.outcome(), 1, Integer::sum);
      if (outcome.outcome() == Outcome.DROPPED) {
        reasons.merge(kindOf(outcome), 1, Integer::sum);
      }
    }
    return new SynthesisSummary(
        questions.size(),
        counts.getOrDefault(Outcome.KEPT, 0),
        counts.getOrDefault(Outcome.RETRIED, 0),
        counts.getOrDefault(Outcome.FELL_BACK, 0),
        counts.getOrDefault(Outcome.DROPPED, 0),
        reasons,
        (int) questions.stream().filter(question -> question.answerPaths().isEmpty()).count(),
        (int) questions.stream().filter(FallbackPaths::in).count(),
        resumed,
        promptTokens,
        completionTokens);
  }

  private static String kindOf(Synthesis outcome) {
    List<String> problems = outcome.problems();
    String last = problems.isEmpty() ? "unknown" : problems.get(problems.size() - 1);
    int colon = last.indexOf(':');
    return colon < 0 ? last : last.substring(0, colon);
  }

  /** Share of questions without a complete path, in [0, 1]; 0 where there is no question. */
  public double shareWithoutPath() {
    return total == 0 ? 0 : (double) withoutPath / total;
  }

  /** One line for people. */
  public String describe() {
    return String.format(
        Locale.ROOT,
        "%d questions: %d kept, %d after a retry, %d by the template, %d dropped %s; %.1f %% have no"
            + " complete path (%d a fallback's); %d from the journal; %d + %d tokens",
        total,
        kept,
        retried,
        fellBack,
        dropped,
        droppedByReason,
        100 * shareWithoutPath(),
        onFallback,
        resumed,
        promptTokens,
        completionTokens);
  }
}
