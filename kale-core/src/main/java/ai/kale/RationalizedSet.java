package ai.kale;

import ai.kale.data.RationalizedQuestion;
import ai.kale.export.Export;
import ai.kale.export.TrlExport;
import ai.kale.jsonl.JsonlFormat;
import ai.kale.rationale.SynthesisRun;
import ai.kale.rationale.SynthesisSummary;
import ai.kale.run.RunContext;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/** Questions with rationales, ready for training: the third stage of the chain. Immutable. */
public final class RationalizedSet implements Iterable<RationalizedQuestion> {
  private final List<RationalizedQuestion> questions;
  private final Optional<SynthesisSummary> summary;
  private final RunContext context;

  private RationalizedSet(
      List<RationalizedQuestion> questions,
      Optional<SynthesisSummary> summary,
      RunContext context) {
    this.questions = List.copyOf(questions);
    this.summary = summary;
    this.context = context;
  }

  /**
   * A set of questions from anywhere.
   *
   * @param questions questions with rationales
   * @return the set
   */
  public static RationalizedSet of(List<RationalizedQuestion> questions) {
    return new RationalizedSet(questions, Optional.empty(), RunContext.silent());
  }

  static RationalizedSet of(SynthesisRun.Result result) {
    return new RationalizedSet(
        result.questions(), Optional.of(result.summary()), RunContext.silent());
  }

  /**
   * The same with progress and cancellation for training.
   *
   * @param newContext told after each unit of work
   * @return a new set
   */
  public RationalizedSet context(RunContext newContext) {
    return new RationalizedSet(questions, summary, newContext);
  }

  /** The questions that got a rationale, in the order they were asked in. */
  public List<RationalizedQuestion> questions() {
    return questions;
  }

  @Override
  public Iterator<RationalizedQuestion> iterator() {
    return questions.iterator();
  }

  /** What synthesis did; empty for a set read from a file, which no longer knows of the dropped. */
  public Optional<SynthesisSummary> summary() {
    return summary;
  }

  /**
   * Writes the set, whole or not at all; {@link Kale#rationalized} reads it.
   *
   * @param file target; replaced if there
   * @return this
   * @throws ai.kale.error.SetupException if it cannot be written
   */
  public RationalizedSet writeTo(Path file) {
    JsonlFormat.rationalizedQuestions().write(file, questions);
    return this;
  }

  /**
   * Writes the set for TRL in its plain form; see {@link TrlExport} for the other.
   *
   * @param file target; replaced if there
   * @return this
   * @throws ai.kale.error.SetupException if it cannot be written
   */
  public RationalizedSet exportTrl(Path file) {
    return export(TrlExport.plain(), file);
  }

  /**
   * Writes the set in a form that another tool reads.
   *
   * @param export the form
   * @param file target; replaced if there
   * @return this
   * @throws ai.kale.error.InvalidInputException naming the question, if one cannot be written
   * @throws ai.kale.error.SetupException if the file cannot be written
   */
  public RationalizedSet export(Export export, Path file) {
    export.write(file, questions);
    return this;
  }

  /**
   * Trains.
   *
   * @param trainer the trainer
   * @return the model; close it
   * @throws ai.kale.error.InvalidInputException if there is nothing to train on
   * @throws ai.kale.error.TrainingDivergedException if a loss is not finite
   * @throws ai.kale.error.OperationCancelledException if cancelled
   */
  public TunedModel train(KnowledgeAwareTrainer trainer) {
    return trainer.train(questions, context);
  }
}
