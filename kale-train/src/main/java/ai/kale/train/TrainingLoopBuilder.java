package ai.kale.train;

import ai.kale.run.RunContext;
import ai.kale.spi.tensor.TensorModel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Describes a {@link TrainingLoop}; every setting but the sources at most once. */
public final class TrainingLoopBuilder {
  final TensorModel model;
  final List<BatchSource> sources = new ArrayList<>();
  final Map<String, String> identity = new LinkedHashMap<>();
  int microBatch = Integer.MAX_VALUE;
  int microBatchTokens = Integer.MAX_VALUE;
  RunContext context = RunContext.silent();
  StepListener listener = StepListener.NONE;
  Optional<TrainingLoop.Checkpoints> checkpoints = Optional.empty();
  Optional<TrainingCheckpoint> resumeAt = Optional.empty();
  boolean folderClaimed;
  private @Nullable Schedule schedule;
  private final Set<String> set = new HashSet<>();

  TrainingLoopBuilder(TensorModel model) {
    this.model = model;
  }

  /**
   * Adds a source; at least one is needed.
   *
   * @param source examples with their objective
   * @return this
   */
  public TrainingLoopBuilder source(BatchSource source) {
    if (sources.stream().anyMatch(s -> s.name().equals(source.name()))) {
      throw new IllegalArgumentException("there is already a source named " + source.name());
    }
    sources.add(source);
    return this;
  }

  /**
   * How long and how fast; required.
   *
   * @param value the schedule
   * @return this
   */
  public TrainingLoopBuilder schedule(Schedule value) {
    once("schedule");
    schedule = value;
    return this;
  }

  /**
   * What else makes this run another one: its checkpoints are refused by a loop of another
   * identity, as they are by one of another schedule or data. Name what the model started from, for
   * example by the hash of its weights; the loop itself cannot tell. Default: empty.
   *
   * @param value any text
   * @return this
   */
  public TrainingLoopBuilder identity(String value) {
    return identity("identity", value);
  }

  /**
   * The same part by part; a refusal names the parts that differ.
   *
   * @param part its name, each once
   * @param value any text
   * @return this
   */
  public TrainingLoopBuilder identity(String part, String value) {
    if (identity.putIfAbsent(part, value) != null) {
      throw new IllegalStateException(part + " was set before; set it once");
    }
    return this;
  }

  /**
   * Runs batches in passes of at most this many examples and accumulates their gradients: less
   * memory, the same result up to rounding. With dropout in an adapter each pass draws its own
   * masks, so another size gives another run, as another seed would. Default: the whole batch.
   *
   * @param examples at least 1
   * @return this
   */
  public TrainingLoopBuilder microBatch(int examples) {
    once("microBatch");
    if (examples < 1) {
      throw new IllegalArgumentException("a pass needs at least one example; got " + examples);
    }
    microBatch = examples;
    return this;
  }

  /**
   * Runs batches in passes of at most this many tokens, padding included, and accumulates their
   * gradients: less memory, the same result but for rounding and dropout, as above. Passes of long
   * sequences then hold fewer examples than those of short ones. A teacher that runs a model counts
   * its reading prompts. Default: no bound.
   *
   * @param tokens at least 1; an example that is longer has a pass of its own
   * @return this
   */
  public TrainingLoopBuilder microBatchTokens(int tokens) {
    once("microBatchTokens");
    if (tokens < 1) {
      throw new IllegalArgumentException("a pass needs at least one token; got " + tokens);
    }
    microBatchTokens = tokens;
    return this;
  }

  /**
   * Progress and cancellation.
   *
   * @param value the context
   * @return this
   */
  public TrainingLoopBuilder context(RunContext value) {
    once("context");
    context = value;
    return this;
  }

  /**
   * Who is told of every step.
   *
   * @param value the listener
   * @return this
   */
  public TrainingLoopBuilder listener(StepListener value) {
    once("listener");
    listener = value;
    return this;
  }

  /**
   * Writes a {@link TrainingCheckpoint} every so many steps, after the last one, and when
   * cancelled.
   *
   * @param folder created if missing
   * @param every steps between two checkpoints, at least 1
   * @return this
   */
  public TrainingLoopBuilder checkpoints(Path folder, int every) {
    once("checkpoints");
    if (every < 1) {
      throw new IllegalArgumentException("every must be at least 1; got " + every);
    }
    checkpoints = Optional.of(new TrainingLoop.Checkpoints(folder, every));
    return this;
  }

  /**
   * Continues where a checkpoint of the same run was; the model must come from its {@link
   * TrainingCheckpoint#open}.
   *
   * @param checkpoint the checkpoint
   * @return this
   */
  public TrainingLoopBuilder resumeAt(TrainingCheckpoint checkpoint) {
    once("resumeAt");
    resumeAt = Optional.of(checkpoint);
    return this;
  }

  /** Says that the caller has the checkpoint folder to itself already. */
  TrainingLoopBuilder folderClaimed() {
    folderClaimed = true;
    return this;
  }

  /**
   * Makes the loop.
   *
   * @return the loop, to be run once
   * @throws ai.kale.error.SetupException if the state to resume, or what the checkpoint folder
   *     holds, belongs to another run
   * @throws ai.kale.error.CorruptFileException if the checkpoint to resume is damaged
   */
  public TrainingLoop build() {
    if (sources.isEmpty()) {
      throw new IllegalStateException("a training loop needs at least one source");
    }
    return new TrainingLoop(this);
  }

  Schedule requiredSchedule() {
    if (schedule == null) {
      throw new IllegalStateException("a training loop needs a schedule");
    }
    return schedule;
  }

  private void once(String name) {
    if (!set.add(name)) {
      throw new IllegalStateException(name + " was set before; set it once");
    }
  }
}
