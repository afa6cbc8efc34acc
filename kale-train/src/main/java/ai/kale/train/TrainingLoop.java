package ai.kale.train;

import ai.kale.error.OperationCancelledException;
import ai.kale.error.SetupException;
import ai.kale.error.TrainingDivergedException;
import ai.kale.run.Progress;
import ai.kale.run.RunContext;
import ai.kale.spi.tensor.Distributions;
import ai.kale.spi.tensor.LossTerm;
import ai.kale.spi.tensor.StepLosses;
import ai.kale.spi.tensor.TensorModel;
import ai.kale.train.data.TrainingExample;
import ai.kale.train.io.Sha256;
import ai.kale.train.objective.TermBatch;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Trains a model on weighted sources. Each step draws a source by weight and takes its next batch;
 * batches hold examples of similar length, and every example comes once an epoch of its source.
 *
 * <p>All randomness is derived from the schedule's seed and counters, so the same model, sources
 * and schedule give the same weights, and a run that is resumed from a checkpoint gives the weights
 * of the run that was not interrupted, bit for bit on the same machine.
 *
 * <p>A loop is used once, by one thread. It does not close the model.
 */
public final class TrainingLoop {
  private static final long SOURCE_DRAW = 0;
  private static final int IDS_SHOWN = 100;

  private final TensorModel model;
  private final List<BatchSource> sources;
  private final Schedule schedule;
  private final int microBatch;
  private final RunContext context;
  private final StepListener listener;
  private final Optional<Checkpoints> checkpoints;
  private final String run;

  private final List<EpochPlan> plans = new ArrayList<>();
  private final long[] visits;
  private int step;
  private long tokens;

  /** Where and how often checkpoints are written. */
  record Checkpoints(Path folder, int every) {}

  TrainingLoop(TrainingLoopBuilder builder) {
    this.model = builder.model;
    this.sources = List.copyOf(builder.sources);
    this.schedule = builder.requiredSchedule();
    this.microBatch = builder.microBatch;
    this.context = builder.context;
    this.listener = builder.listener;
    this.checkpoints = builder.checkpoints;
    this.visits = new long[sources.size()];
    this.run = runHash(builder.identity);
    for (int i = 0; i < sources.size(); i++) {
      plans.add(new EpochPlan(schedule.seed(), i, sources.get(i)));
    }
    builder.resumeAt.ifPresent(this::restore);
    checkpoints
        .flatMap(c -> TrainingCheckpoint.latest(c.folder()))
        .ifPresent(found -> checkSameRun(found.state()));
  }

  /**
   * Starts to describe a loop.
   *
   * @param model what to train; for a resumed run as {@link TrainingCheckpoint#open} gives it
   * @return a builder
   */
  public static TrainingLoopBuilder builder(TensorModel model) {
    return new TrainingLoopBuilder(model);
  }

  private String runHash(String identity) {
    Sha256 hash = new Sha256().add(identity).add(schedule.toString()).add(microBatch);
    sources.forEach(source -> hash.add(source.describe()));
    return hash.hex();
  }

  private void checkSameRun(LoopState state) {
    if (!state.run().equals(run)) {
      throw new SetupException(
          "the checkpoint of step "
              + state.step()
              + " belongs to a run with another schedule, seed, objective, data or base model; use"
              + " its own settings, or another checkpoint folder");
    }
  }

  private void restore(LoopState state) {
    checkSameRun(state);
    step = state.step();
    tokens = state.tokens();
    Arrays.setAll(visits, i -> state.visits().get(i));
  }

  /**
   * Makes the steps that are left.
   *
   * @return what was done
   * @throws TrainingDivergedException if a loss or the gradient is not finite; the model is then as
   *     it was after the last good step
   * @throws OperationCancelledException if cancelled, at the border of a step; a checkpoint of that
   *     step is written if a folder was given
   */
  public TrainingSummary run() {
    int first = step;
    double last = Double.NaN;
    while (step < schedule.steps()) {
      try {
        context.step("train", step, schedule.steps());
      } catch (OperationCancelledException e) {
        if (step > first) {
          writeLastCheckpoint();
        }
        throw e;
      }
      StepReport report = oneStep();
      last = report.loss();
      listener.onStep(report);
      if (checkpoints.isPresent()
          && (step % checkpoints.get().every() == 0 || step == schedule.steps())) {
        writeCheckpoint();
      }
    }
    context.progress().onProgress(new Progress("train", step, schedule.steps(), ""));
    return new TrainingSummary(first, step, tokens, last);
  }

  /** File channels refuse to work on an interrupted thread, so the mark is put aside meanwhile. */
  private void writeLastCheckpoint() {
    boolean interrupted = Thread.interrupted();
    try {
      writeCheckpoint();
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void writeCheckpoint() {
    checkpoints.ifPresent(
        c ->
            TrainingCheckpoint.write(
                c.folder(),
                model,
                new LoopState(run, step, tokens, Arrays.stream(visits).boxed().toList())));
  }

  private StepReport oneStep() {
    int drawn = drawSource();
    BatchSource source = sources.get(drawn);
    int[] batch = plans.get(drawn).batch(visits[drawn]);
    Map<String, Double> losses = new LinkedHashMap<>();
    boolean stepped = false;
    long before = tokens;
    try {
      accumulate(source, batch, losses);
      double rate = schedule.learningRate(step);
      double norm = model.step(schedule.adamW().at(rate));
      if (!Double.isFinite(norm)) {
        throw diverged("the gradient norm", norm, source, batch);
      }
      stepped = true;
      visits[drawn]++;
      step++;
      return new StepReport(step, source.name(), losses, norm, rate, tokens - before);
    } finally {
      if (!stepped) {
        model.zeroGradients();
      }
    }
  }

  private int drawSource() {
    double total = sources.stream().mapToDouble(BatchSource::weight).sum();
    double draw = SeededRandom.of(schedule.seed(), SOURCE_DRAW, step).nextDouble() * total;
    for (int i = 0; i < sources.size() - 1; i++) {
      draw -= sources.get(i).weight();
      if (draw < 0) {
        return i;
      }
    }
    return sources.size() - 1;
  }

  private void accumulate(BatchSource source, int[] batch, Map<String, Double> losses) {
    double[] divisors = source.objective().divisors(examples(source, batch));
    for (int from = 0; from < batch.length; from += microBatch) {
      int[] part = Arrays.copyOfRange(batch, from, Math.min(batch.length, from + microBatch));
      Optional<Distributions> teacher =
          source.objective().needsTeacher()
              ? source.teacher().map(t -> t.distributions(model, source.examples(), part))
              : Optional.empty();
      TermBatch termBatch =
          new TermBatch(
              examples(source, part), source.objective().completion(), teacher, model.layerCount());
      List<LossTerm> terms = source.objective().lossTerms(termBatch, divisors);
      if (terms.isEmpty()) {
        continue;
      }
      StepLosses values = model.accumulate(termBatch.tokens(), terms);
      tokens += values.tokens();
      for (int t = 0; t < terms.size(); t++) {
        if (!Double.isFinite(values.values()[t])) {
          throw diverged("loss " + terms.get(t).name(), values.values()[t], source, part);
        }
        losses.merge(terms.get(t).name(), values.values()[t], Double::sum);
      }
    }
  }

  private static List<TrainingExample> examples(BatchSource source, int[] indexes) {
    return Arrays.stream(indexes).mapToObj(source.examples()::get).toList();
  }

  private TrainingDivergedException diverged(
      String what, double value, BatchSource source, int[] batch) {
    String ids =
        examples(source, batch).stream()
            .map(TrainingExample::questionId)
            .distinct()
            .limit(IDS_SHOWN)
            .collect(Collectors.joining(", "));
    return new TrainingDivergedException(
        what
            + " is "
            + value
            + " at step "
            + (step + 1)
            + " (source "
            + source.name()
            + ", learning rate "
            + schedule.learningRate(step)
            + "); the model is as after step "
            + step
            + ". Questions of the batch: "
            + ids
            + ". Lower the learning rate or mend these rows.");
  }
}
