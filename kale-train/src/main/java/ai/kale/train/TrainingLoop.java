package ai.kale.train;

import ai.kale.error.InsufficientMemoryException;
import ai.kale.error.OperationCancelledException;
import ai.kale.error.TrainingDivergedException;
import ai.kale.run.Progress;
import ai.kale.run.RunContext;
import ai.kale.spi.tensor.TensorModel;
import ai.kale.train.data.PassLimit;
import ai.kale.train.io.ProcessMemory;
import ai.kale.train.teacher.EvolvingTeacher;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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
  private static final double NANOS = 1e9;

  private final TensorModel model;
  private final List<BatchSource> sources;
  private final Schedule schedule;
  private final PassLimit limit;
  private final StepRunner runner;
  private final List<EvolvingTeacher> teachers;
  private final RunContext context;
  private final StepListener listener;
  private final Optional<Checkpoints> checkpoints;
  private final boolean folderClaimed;
  private final Map<String, String> run;

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
    this.limit = new PassLimit(builder.microBatch, builder.microBatchTokens);
    this.runner = new StepRunner(model, schedule, limit);
    this.teachers = evolving(sources);
    this.context = builder.context;
    this.listener = builder.listener;
    this.checkpoints = builder.checkpoints;
    this.folderClaimed = builder.folderClaimed;
    this.visits = new long[sources.size()];
    this.run = parts(builder.identity);
    for (int i = 0; i < sources.size(); i++) {
      plans.add(new EpochPlan(schedule.seed(), i, sources.get(i)));
    }
    builder.resumeAt.ifPresent(this::restore);
    checkpoints
        .flatMap(c -> TrainingCheckpoint.latest(c.folder()))
        .ifPresent(found -> RunParts.checkSame(found.state(), run));
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

  private static List<EvolvingTeacher> evolving(List<BatchSource> sources) {
    return sources.stream()
        .flatMap(source -> source.teacher().stream())
        .filter(EvolvingTeacher.class::isInstance)
        .map(EvolvingTeacher.class::cast)
        .distinct()
        .toList();
  }

  private Map<String, String> parts(Map<String, String> identity) {
    RunParts parts = new RunParts().with(identity).with(schedule);
    sources.forEach(source -> source.addTo(parts));
    return parts.all();
  }

  private void restore(TrainingCheckpoint checkpoint) {
    LoopState state = checkpoint.state();
    RunParts.checkSame(state, run);
    step = state.step();
    tokens = state.tokens();
    Arrays.setAll(visits, i -> state.visits().get(i));
    checkpoint.restore(model, teachers);
  }

  /**
   * Makes the steps that are left.
   *
   * @return what was done
   * @throws TrainingDivergedException if a loss or the gradient is not finite; the model is then as
   *     it was after the last good step
   * @throws InsufficientMemoryException if a pass does not fit, with what to lower; the model is
   *     then as it was after the last good step
   * @throws OperationCancelledException if cancelled, at the border of a step; a checkpoint of that
   *     step is written if a folder was given
   * @throws ai.kale.error.SetupException if another run is writing to the checkpoint folder
   */
  public TrainingSummary run() {
    Optional<FolderClaim> claim =
        checkpoints.filter(c -> !folderClaimed).map(c -> FolderClaim.of(c.folder()));
    try {
      return steps();
    } finally {
      claim.ifPresent(FolderClaim::close);
    }
  }

  private TrainingSummary steps() {
    int first = step;
    double last = Double.NaN;
    if (step == 0) {
      teachers.forEach(teacher -> teacher.begin(model));
    }
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
                teachers,
                new LoopState(
                    run, limit.toString(), step, tokens, Arrays.stream(visits).boxed().toList())));
  }

  private StepReport oneStep() {
    int drawn = drawSource();
    BatchSource source = sources.get(drawn);
    int[] batch = plans.get(drawn).batch(visits[drawn]);
    boolean stepped = false;
    long start = System.nanoTime();
    try {
      StepRunner.Gathered gathered = runner.gather(source, batch, step);
      double rate = schedule.learningRate(step);
      double norm = gathered.any() ? optimizerStep(rate) : 0;
      if (!Double.isFinite(norm)) {
        throw runner.diverged("the gradient norm", norm, source, batch, step);
      }
      stepped = true;
      visits[drawn]++;
      step++;
      tokens += gathered.tokens();
      teachers.forEach(teacher -> teacher.afterStep(model, step));
      return new StepReport(
          step,
          source.name(),
          gathered.losses(),
          gathered.divergence(),
          norm,
          rate,
          gathered.tokens(),
          (System.nanoTime() - start) / NANOS,
          ProcessMemory.bytes());
    } finally {
      if (!stepped) {
        model.zeroGradients();
      }
    }
  }

  private double optimizerStep(double rate) {
    try {
      return model.step(schedule.adamW().at(rate));
    } catch (InsufficientMemoryException e) {
      throw runner.stepTooLarge(step, e);
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
}
