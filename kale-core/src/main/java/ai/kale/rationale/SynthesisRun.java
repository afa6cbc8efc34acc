package ai.kale.rationale;

import ai.kale.RationaleSynthesizer;
import ai.kale.data.GroundedQuestion;
import ai.kale.data.RationalizedQuestion;
import ai.kale.data.Synthesis;
import ai.kale.error.InvalidInputException;
import ai.kale.error.SetupException;
import ai.kale.run.Parallel;
import ai.kale.run.RunContext;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Runs a synthesizer over a question set: several questions at once, results in the order of the
 * questions, outcomes journalled as they come, and a run that was stopped resumed without asking
 * again. Equal questions (same text, answers, entities and paths) are asked once, if the
 * synthesizer has an id.
 *
 * <p>Immutable; each {@code with…} returns a new object.
 */
public final class SynthesisRun {
  private static final int DEFAULT_CONCURRENCY = 8;

  private final RationaleSynthesizer synthesizer;
  private final Optional<Path> journal;
  private final int concurrency;
  private final RunContext context;

  private SynthesisRun(
      RationaleSynthesizer synthesizer,
      Optional<Path> journal,
      int concurrency,
      RunContext context) {
    this.synthesizer = synthesizer;
    this.journal = journal;
    this.concurrency = concurrency;
    this.context = context;
  }

  /**
   * A run without a journal, 8 questions at once.
   *
   * @param synthesizer asked for each question
   * @return a run
   */
  public static SynthesisRun with(RationaleSynthesizer synthesizer) {
    return new SynthesisRun(
        synthesizer, Optional.empty(), DEFAULT_CONCURRENCY, RunContext.silent());
  }

  /**
   * The same with a journal.
   *
   * @param file made if not there; see {@link SynthesisJournal}
   * @return a new run
   * @throws SetupException if the synthesizer has no {@link RationaleSynthesizer#id}, by which
   *     outcomes are found again
   */
  public SynthesisRun withJournal(Path file) {
    if (synthesizer.id().isBlank()) {
      throw new SetupException(
          "a journal needs a synthesizer with an id; override RationaleSynthesizer.id() so that it"
              + " names everything that changes what is written");
    }
    return new SynthesisRun(synthesizer, Optional.of(file), concurrency, context);
  }

  /**
   * The same with another number of questions at once.
   *
   * @param questions at least 1
   * @return a new run
   */
  public SynthesisRun withConcurrency(int questions) {
    if (questions < 1) {
      throw new IllegalArgumentException("concurrency must be at least 1; got " + questions);
    }
    return new SynthesisRun(synthesizer, journal, questions, context);
  }

  /**
   * The same with progress and cancellation.
   *
   * @param newContext told after each question asked, as stage {@code "synthesize"}
   * @return a new run
   */
  public SynthesisRun withContext(RunContext newContext) {
    return new SynthesisRun(synthesizer, journal, concurrency, newContext);
  }

  /**
   * What came of it.
   *
   * @param questions those with a rationale, in the order of the input
   * @param outcomes one for each question of the input, in order
   * @param summary counts
   */
  public record Result(
      List<RationalizedQuestion> questions, List<Synthesis> outcomes, SynthesisSummary summary) {
    /** Copies the lists. */
    public Result {
      questions = List.copyOf(questions);
      outcomes = List.copyOf(outcomes);
    }
  }

  /**
   * Runs.
   *
   * @param questions the question set
   * @return the rationales and what happened to every question
   * @throws InvalidInputException if not one question is kept; the message counts why
   * @throws SetupException if the journal cannot be used
   * @throws ai.kale.error.TransientFailureException if a teacher could not be reached; what is in
   *     the journal is kept, run again to resume
   * @throws ai.kale.error.OperationCancelledException if cancelled, likewise
   */
  public Result run(List<GroundedQuestion> questions) {
    if (questions.isEmpty()) {
      throw new InvalidInputException("there is no question to write a rationale for");
    }
    if (journal.isEmpty()) {
      return run(questions, Optional.empty());
    }
    try (SynthesisJournal open = SynthesisJournal.open(journal.get())) {
      return run(questions, Optional.of(open));
    }
  }

  private Result run(List<GroundedQuestion> questions, Optional<SynthesisJournal> open) {
    String id = synthesizer.id();
    List<String> keys = keys(questions, id);
    Map<String, GroundedQuestion> distinct = new LinkedHashMap<>();
    for (int i = 0; i < keys.size(); i++) {
      distinct.putIfAbsent(keys.get(i), questions.get(i));
    }
    Map<String, Synthesis> known = new LinkedHashMap<>();
    distinct.forEach(
        (key, question) ->
            open.flatMap(j -> j.get(question, id)).ifPresent(found -> known.put(key, found)));
    int resumed = (int) keys.stream().filter(known::containsKey).count();
    askTheRest(distinct, known, open, id);
    List<Synthesis> outcomes = new ArrayList<>(questions.size());
    for (int i = 0; i < keys.size(); i++) {
      Synthesis outcome = Optional.ofNullable(known.get(keys.get(i))).orElseThrow();
      outcomes.add(JournalEntry.of(keys.get(i), outcome).toSynthesis(questions.get(i)));
    }
    return result(questions, outcomes, resumed, known);
  }

  /** Without an id nothing is known of what a reply depends on, so no two questions are equal. */
  private static List<String> keys(List<GroundedQuestion> questions, String id) {
    return IntStream.range(0, questions.size())
        .mapToObj(i -> id.isBlank() ? "question " + i : Rows.key(questions.get(i), id))
        .toList();
  }

  private void askTheRest(
      Map<String, GroundedQuestion> distinct,
      Map<String, Synthesis> known,
      Optional<SynthesisJournal> open,
      String id) {
    List<String> missing = distinct.keySet().stream().filter(k -> !known.containsKey(k)).toList();
    List<GroundedQuestion> toAsk = missing.stream().map(distinct::get).toList();
    List<Synthesis> replies =
        Parallel.map(
            toAsk,
            concurrency,
            "synthesize",
            context,
            question -> {
              Synthesis synthesis = synthesizer.synthesize(question);
              open.ifPresent(j -> j.put(question, id, synthesis));
              return synthesis;
            });
    for (int i = 0; i < missing.size(); i++) {
      known.put(missing.get(i), replies.get(i));
    }
  }

  private static Result result(
      List<GroundedQuestion> questions,
      List<Synthesis> outcomes,
      int resumed,
      Map<String, Synthesis> known) {
    SynthesisSummary summary =
        SynthesisSummary.of(
            questions,
            outcomes,
            resumed,
            known.values().stream().mapToLong(Synthesis::promptTokens).sum(),
            known.values().stream().mapToLong(Synthesis::completionTokens).sum());
    List<RationalizedQuestion> rows =
        outcomes.stream().flatMap(outcome -> outcome.result().stream()).toList();
    if (rows.isEmpty()) {
      throw new InvalidInputException(
          "no question got a rationale. "
              + summary.describe()
              + ". With no-path, check the linking and the hop limit; with other reasons, read the"
              + " problems of the outcomes");
    }
    return new Result(rows, outcomes, summary);
  }
}
