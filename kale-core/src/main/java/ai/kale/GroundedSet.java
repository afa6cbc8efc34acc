package ai.kale;

import ai.kale.data.GroundedQuestion;
import ai.kale.ground.GroundingSummary;
import ai.kale.ground.ReachedAnswer;
import ai.kale.jsonl.JsonlFormat;
import ai.kale.rationale.SynthesisRun;
import ai.kale.run.RunContext;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;

/** Questions with their entities and paths: the second stage of the chain. Immutable. */
public final class GroundedSet implements Iterable<GroundedQuestion> {
  private final List<GroundedQuestion> questions;
  private final RunContext context;

  private GroundedSet(List<GroundedQuestion> questions, RunContext context) {
    this.questions = List.copyOf(questions);
    this.context = context;
  }

  /**
   * A set of questions from anywhere.
   *
   * @param questions questions after grounding
   * @return the set
   */
  public static GroundedSet of(List<GroundedQuestion> questions) {
    return new GroundedSet(questions, RunContext.silent());
  }

  /**
   * The same with progress and cancellation for the stages that follow.
   *
   * @param newContext told after each unit of work
   * @return a new set
   */
  public GroundedSet context(RunContext newContext) {
    return new GroundedSet(questions, newContext);
  }

  /** The questions, in the order they were asked in. */
  public List<GroundedQuestion> questions() {
    return questions;
  }

  @Override
  public Iterator<GroundedQuestion> iterator() {
    return questions.iterator();
  }

  /** How many have a path, and why the others do not. */
  public GroundingSummary summary() {
    return GroundingSummary.of(questions);
  }

  /**
   * The same with an answer that a path leads to first, in every question whose first answer has
   * none; for data sets that list right answers in no order of their own. Without it, rationales of
   * such questions are dropped as {@code misses-answer}. Provenance says where it changed
   * something.
   *
   * @return a new set
   * @see ReachedAnswer
   */
  public GroundedSet reachedAnswersFirst() {
    return new GroundedSet(questions.stream().map(ReachedAnswer::first).toList(), context);
  }

  /**
   * Writes the set, whole or not at all; {@link Kale#grounded} reads it.
   *
   * @param file target; replaced if there
   * @return this
   * @throws ai.kale.error.SetupException if it cannot be written
   */
  public GroundedSet writeTo(Path file) {
    JsonlFormat.groundedQuestions().write(file, questions);
    return this;
  }

  /**
   * Writes the rationales, without a journal: right for the template, not for a paid teacher.
   *
   * @param synthesizer writes them
   * @return the questions that got one
   * @throws ai.kale.error.InvalidInputException if none did
   */
  public RationalizedSet synthesize(RationaleSynthesizer synthesizer) {
    return synthesize(SynthesisRun.with(synthesizer).withContext(context));
  }

  /**
   * Writes the rationales and keeps what was paid for in a journal; call again to resume.
   *
   * @param synthesizer writes them
   * @param journal the journal's file, made if not there
   * @return the questions that got one
   * @throws ai.kale.error.InvalidInputException if none did
   * @throws ai.kale.error.SetupException if the journal cannot be used
   */
  public RationalizedSet synthesize(RationaleSynthesizer synthesizer, Path journal) {
    return synthesize(SynthesisRun.with(synthesizer).withJournal(journal).withContext(context));
  }

  /**
   * Writes the rationales with a run of one's own settings.
   *
   * @param run journal, concurrency, progress
   * @return the questions that got one
   * @throws ai.kale.error.InvalidInputException if none did
   */
  public RationalizedSet synthesize(SynthesisRun run) {
    SynthesisRun.Result result = run.run(questions);
    return RationalizedSet.of(result).context(context);
  }
}
