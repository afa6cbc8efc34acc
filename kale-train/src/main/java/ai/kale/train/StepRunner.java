package ai.kale.train;

import ai.kale.error.InsufficientMemoryException;
import ai.kale.error.TrainingDivergedException;
import ai.kale.spi.tensor.Distributions;
import ai.kale.spi.tensor.StepLosses;
import ai.kale.spi.tensor.TensorModel;
import ai.kale.train.data.PassLimit;
import ai.kale.train.data.TrainingExample;
import ai.kale.train.objective.Objective;
import ai.kale.train.objective.Term;
import ai.kale.train.objective.TermBatch;
import ai.kale.train.teacher.Teacher;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/** Gathers the gradient of one batch in as many passes as its limit asks for. */
final class StepRunner {
  private static final int IDS_SHOWN = 100;

  private final TensorModel model;
  private final Schedule schedule;
  private final PassLimit limit;

  StepRunner(TensorModel model, Schedule schedule, PassLimit limit) {
    this.model = model;
    this.schedule = schedule;
    this.limit = limit;
  }

  /** What a batch was worth. */
  record Gathered(Map<String, Double> losses, OptionalDouble divergence, long tokens) {
    /** Whether any pass had something to read, so that there is a gradient. */
    boolean any() {
      return tokens > 0;
    }
  }

  /** Runs all passes of a batch; the step is the number of steps made before it. */
  Gathered gather(BatchSource source, int[] batch, int step) {
    Objective objective = source.objective();
    double[] divisors = objective.divisors(examples(source, batch));
    Map<String, Double> losses = new LinkedHashMap<>();
    long tokens = 0;
    for (int[] part : passes(source, batch)) {
      try {
        tokens += pass(source, part, step, divisors, losses);
      } catch (InsufficientMemoryException e) {
        throw tooLarge(source, part, step, e);
      }
    }
    return new Gathered(losses, divergence(objective, losses, step), tokens);
  }

  /** Neighbours in length are neighbours in the batch, so little of a pass is padding. */
  private List<int[]> passes(BatchSource source, int[] batch) {
    List<TrainingExample> all = source.examples();
    return limit.split(
        batch, i -> longest(source, all.get(i)), i -> source.objective().sequences(all.get(i)));
  }

  private static int longest(BatchSource source, TrainingExample example) {
    int own = source.objective().longest(example);
    boolean reads = source.teacher().filter(t -> t.runsModel()).isPresent();
    return reads
        ? Math.max(own, example.readingPrompt().length + example.answer().length - 1)
        : own;
  }

  private long pass(
      BatchSource source, int[] part, int step, double[] divisors, Map<String, Double> losses) {
    Objective objective = source.objective();
    Optional<Distributions> teacher =
        objective.needsTeacher()
            ? source.teacher().map(t -> read(t, source, part, step))
            : Optional.empty();
    Objective.Pass pass =
        objective.pass(
            new TermBatch(
                    examples(source, part), objective.completion(), teacher, model.layerCount())
                .atStep(step),
            divisors);
    if (pass.terms().isEmpty()) {
      return 0;
    }
    StepLosses values = model.accumulate(pass.tokens(), pass.terms());
    for (int t = 0; t < pass.terms().size(); t++) {
      String name = pass.terms().get(t).name();
      if (!Double.isFinite(values.values()[t])) {
        throw diverged("loss " + name, values.values()[t], source, part, step);
      }
      losses.merge(name, values.values()[t], Double::sum);
    }
    return values.tokens();
  }

  private Distributions read(Teacher teacher, BatchSource source, int[] part, int step) {
    try {
      return teacher.distributions(model, source.examples(), part);
    } catch (TrainingDivergedException e) {
      throw diverged("the teacher's log-probability", Double.NaN, source, part, step);
    }
  }

  private static OptionalDouble divergence(
      Objective objective, Map<String, Double> losses, int step) {
    double sum = 0;
    boolean found = false;
    for (Term term : objective.terms()) {
      Double value = losses.get(term.name());
      if (term.needsTeacher() && value != null && term.weightAt(step) != 0) {
        sum += value / term.weightAt(step);
        found = true;
      }
    }
    return found ? OptionalDouble.of(sum) : OptionalDouble.empty();
  }

  private static List<TrainingExample> examples(BatchSource source, int[] indexes) {
    return Arrays.stream(indexes).mapToObj(source.examples()::get).toList();
  }

  private static String ids(BatchSource source, int[] batch) {
    return examples(source, batch).stream()
        .map(TrainingExample::questionId)
        .distinct()
        .limit(IDS_SHOWN)
        .collect(Collectors.joining(", "));
  }

  private InsufficientMemoryException tooLarge(
      BatchSource source, int[] part, int step, InsufficientMemoryException cause) {
    int longest =
        Arrays.stream(part).map(i -> longest(source, source.examples().get(i))).max().orElse(0);
    return new InsufficientMemoryException(
        "the memory did not suffice at step "
            + (step + 1)
            + " (source "
            + source.name()
            + ") for a pass of "
            + part.length
            + " examples, the longest of "
            + longest
            + " tokens: "
            + cause.getMessage()
            + ". The model is as after step "
            + step
            + ". Lower microBatch or microBatchTokens, which changes rounding only (with dropout"
            + " also which units are dropped), and train again: the run goes on from its latest"
            + " checkpoint. Or turn on activation checkpointing, train an adapter, or leave the"
            + " longest questions out. Questions of the pass: "
            + ids(source, part),
        cause);
  }

  InsufficientMemoryException stepTooLarge(int step, InsufficientMemoryException cause) {
    return new InsufficientMemoryException(
        "the memory did not suffice for the optimizer at step "
            + (step + 1)
            + ": "
            + cause.getMessage()
            + ". Its two moments, each as large as what is trained, are allocated in the first"
            + " step, and smaller passes do not change that: train an adapter, or one of lower"
            + " rank, or a smaller model. The latest checkpoint is as it was",
        cause);
  }

  TrainingDivergedException diverged(
      String what, double value, BatchSource source, int[] batch, int step) {
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
            + ids(source, batch)
            + ". Lower the learning rate or mend these rows.");
  }
}
