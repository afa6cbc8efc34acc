package ai.kale.eval;

import ai.kale.run.RunContext;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which fact probes a model answers right.
 *
 * <p>What counts as "known" is measured once, at the base model, and kept for every method trained
 * from it; see {@link KnownIncorrect}.
 *
 * @param answers for each probe whether it was answered right, at least one
 */
public record KnownFacts(Map<FactProbe, Boolean> answers) {
  private static final String STAGE = "probe facts";

  /** When a fact asked in several phrasings is known. */
  public enum Rule {
    /** If every phrasing is answered right. The strict reading: fewer questions are known. */
    EVERY_PHRASING,
    /** If at least one phrasing is. */
    ANY_PHRASING
  }

  /**
   * Copies the map, keeping its order.
   *
   * @throws IllegalArgumentException if it is empty
   */
  public KnownFacts {
    answers = Collections.unmodifiableMap(new LinkedHashMap<>(answers));
    if (answers.isEmpty()) {
      throw new IllegalArgumentException("no probe was asked");
    }
  }

  /**
   * Asks a model every distinct probe once.
   *
   * @param model whom to ask
   * @param probes what to ask
   * @param settings batch size and normalising
   * @param context told {@code "probe facts"} after each batch, asked before each
   * @return which it knows
   * @throws ai.kale.error.OperationCancelledException if cancelled
   * @throws IllegalStateException if the model gives another number of answers than of prompts
   */
  public static KnownFacts measure(
      AnswerModel model, FactProbes probes, EvaluationSettings settings, RunContext context) {
    List<FactProbe> distinct = probes.distinct();
    List<String> prompts = distinct.stream().map(FactProbe::prompt).toList();
    List<String> said = Batches.answer(model, prompts, settings.batchSize(), STAGE, context);
    ExactMatch match = new ExactMatch(settings.normalizer());
    Map<FactProbe, Boolean> answers = new LinkedHashMap<>();
    for (int i = 0; i < said.size(); i++) {
      answers.put(distinct.get(i), match.matches(said.get(i), distinct.get(i).answers()));
    }
    return new KnownFacts(answers);
  }

  /** Share of the probes answered right, in [0, 1]: the fact recall. */
  public double recall() {
    return Accuracy.of(answers.values()).value();
  }

  /**
   * Whether a probe was answered right.
   *
   * @param probe one that was asked
   * @return whether it was
   * @throws IllegalArgumentException if it was never asked
   */
  public boolean knows(FactProbe probe) {
    Boolean right = answers.get(probe);
    if (right == null) {
      throw new IllegalArgumentException("never asked: " + probe.prompt());
    }
    return right;
  }

  /**
   * The questions all of whose facts are known.
   *
   * @param probes the questions' probes, all of which were asked
   * @param rule when a fact with several phrasings is known
   * @return their ids, in the order of {@code probes}
   * @throws IllegalArgumentException if one was never asked
   */
  public Set<String> questions(FactProbes probes, Rule rule) {
    Set<String> known = new LinkedHashSet<>();
    probes
        .byQuestion()
        .forEach(
            (id, asked) -> {
              if (facts(asked).stream().allMatch(fact -> known(fact, rule))) {
                known.add(id);
              }
            });
    return Collections.unmodifiableSet(known);
  }

  private static Collection<List<FactProbe>> facts(List<FactProbe> probes) {
    return probes.stream().collect(Collectors.groupingBy(FactProbe::triple)).values();
  }

  private boolean known(List<FactProbe> fact, Rule rule) {
    return rule == Rule.EVERY_PHRASING
        ? fact.stream().allMatch(this::knows)
        : fact.stream().anyMatch(this::knows);
  }
}
