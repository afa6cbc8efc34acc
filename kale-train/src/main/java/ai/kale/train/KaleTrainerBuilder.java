package ai.kale.train;

import ai.kale.data.Question;
import ai.kale.spi.Providers;
import ai.kale.spi.tensor.EngineOptions;
import ai.kale.spi.tensor.LoraSpec;
import ai.kale.spi.tensor.TensorEngine;
import ai.kale.train.data.BridgeMask;
import ai.kale.train.data.ExampleEncoder;
import ai.kale.train.objective.Objective;
import ai.kale.train.objective.Objectives;
import ai.kale.train.text.PromptFormat;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Describes a {@link KaleTrainer}; every setting at most once, checkpoint and schedule required.
 */
public final class KaleTrainerBuilder {
  private static final int STANDARD_BATCH = 64;
  private static final int STANDARD_PASS_TOKENS = 8192;
  private static final int STANDARD_NEW_TOKENS = 32;
  // Top 8 with a tail equalled the whole vocabulary of 338 words; 64 leaves room for larger ones.
  private static final int STANDARD_TOP_K = 64;

  Objective objective = Objectives.kale();
  int batchSize = STANDARD_BATCH;
  int microBatch = Integer.MAX_VALUE;
  int microBatchTokens = STANDARD_PASS_TOKENS;
  int teacherTopK = STANDARD_TOP_K;
  TeacherMode teacherMode = TeacherMode.frozenCached();
  List<Question> replay = List.of();
  double replayShare;
  PromptFormat format = PromptFormat.standard();
  BridgeMask mask = BridgeMask.none();
  ExampleEncoder.Policy policy = ExampleEncoder.Policy.FAIL;
  int maxTokens = Integer.MAX_VALUE;
  int maxNewTokens = STANDARD_NEW_TOKENS;
  StepListener listener = StepListener.NONE;
  Optional<Path> cacheFolder = Optional.empty();
  Optional<TrainingLoop.Checkpoints> checkpoints = Optional.empty();
  private EngineOptions options = EngineOptions.cpu();
  private Optional<LoraSpec> lora = Optional.empty();
  private @Nullable TensorEngine engine;
  private @Nullable Path base;
  private @Nullable Schedule schedule;
  private final Set<String> set = new HashSet<>();

  KaleTrainerBuilder() {}

  /**
   * The model to start from; required.
   *
   * @param folder a Hugging Face folder: configuration, safetensors, {@code tokenizer.json}; read,
   *     never written
   * @return this
   */
  public KaleTrainerBuilder checkpoint(Path folder) {
    once("checkpoint");
    base = folder;
    return this;
  }

  /**
   * How long and how fast, and the seed; required.
   *
   * @param value the schedule
   * @return this
   */
  public KaleTrainerBuilder schedule(Schedule value) {
    once("schedule");
    schedule = value;
    return this;
  }

  /**
   * What computes. Default: the only engine on the class path.
   *
   * @param value the engine
   * @return this
   */
  public KaleTrainerBuilder engine(TensorEngine value) {
    once("engine");
    engine = value;
    return this;
  }

  /**
   * Where and how it computes: device, number format, adapter, activation checkpointing. Default:
   * the CPU, 32-bit floats, all weights trained.
   *
   * @param value the options
   * @return this
   */
  public KaleTrainerBuilder engineOptions(EngineOptions value) {
    once("engineOptions");
    options = value;
    return this;
  }

  /**
   * Trains a low-rank adapter and leaves the checkpoint's weights as they are; short for {@link
   * EngineOptions#withAdapter}. Default: all weights are trained.
   *
   * @param spec rank, scale, dropout and matrices
   * @return this
   */
  public KaleTrainerBuilder lora(LoraSpec spec) {
    once("lora");
    lora = Optional.of(spec);
    return this;
  }

  /**
   * What is minimised. Default: {@link Objectives#kale()}.
   *
   * @param value the objective
   * @return this
   */
  public KaleTrainerBuilder objective(Objective value) {
    once("objective");
    objective = value;
    return this;
  }

  /**
   * Examples of one optimizer step. Default: 64.
   *
   * @param examples at least 1
   * @return this
   */
  public KaleTrainerBuilder batchSize(int examples) {
    once("batchSize");
    batchSize = positive("batchSize", examples);
    return this;
  }

  /**
   * Examples of one pass, see {@link TrainingLoopBuilder#microBatch}: less memory, the same result
   * up to rounding, but for the masks of an adapter with dropout. Default: as many as {@link
   * #microBatchTokens} allows.
   *
   * @param examples at least 1
   * @return this
   */
  public KaleTrainerBuilder microBatch(int examples) {
    once("microBatch");
    microBatch = positive("microBatch", examples);
    return this;
  }

  /**
   * Most tokens of one pass, padding included, of the student and of the teacher; see {@link
   * TrainingLoopBuilder#microBatchTokens}. Default: 8192, which bounds what a pass of long texts
   * keeps and is more than a batch of short ones has.
   *
   * @param tokens at least 1
   * @return this
   */
  public KaleTrainerBuilder microBatchTokens(int tokens) {
    once("microBatchTokens");
    microBatchTokens = positive("microBatchTokens", tokens);
    return this;
  }

  /**
   * Tokens the teacher's distributions keep, of any teacher; the others share one bucket. Default:
   * 64.
   *
   * @param k at least 1; the vocabulary's size or more for whole distributions
   * @return this
   */
  public KaleTrainerBuilder teacherTopK(int k) {
    once("teacherTopK");
    teacherTopK = positive("teacherTopK", k);
    return this;
  }

  /**
   * Who gives the distributions that the objective compares with. Default: {@link
   * TeacherMode#frozenCached}. Without effect on an objective that needs no teacher.
   *
   * @param mode the teacher
   * @return this
   */
  public KaleTrainerBuilder teacher(TeacherMode mode) {
    once("teacher");
    teacherMode = mode;
    return this;
  }

  /**
   * One-hop facts to train on between the others, so that they are not forgotten. Default: none.
   *
   * @param facts questions with answers; one that cannot be encoded is an error
   * @param share of the steps that take facts, above 0 and below 1; 0.3 is measured
   * @return this
   */
  public KaleTrainerBuilder replay(List<Question> facts, double share) {
    once("replay");
    if (!(share > 0 && share < 1)) {
      throw new IllegalArgumentException("the share must lie between 0 and 1; got " + share);
    }
    replay = List.copyOf(facts);
    replayShare = share;
    return this;
  }

  /**
   * How texts are laid out. Default: {@link PromptFormat#standard}.
   *
   * @param value the format
   * @return this
   */
  public KaleTrainerBuilder format(PromptFormat value) {
    once("format");
    format = value;
    return this;
  }

  /**
   * Bridges that must not be supervised because they answer held-out questions. Default: none.
   *
   * @param value the mask
   * @return this
   */
  public KaleTrainerBuilder mask(BridgeMask value) {
    once("mask");
    mask = value;
    return this;
  }

  /**
   * What happens to questions that cannot be encoded. Default: fail. Skipped ones are in {@link
   * FineTunedModel#skipped}.
   *
   * @param value the policy
   * @return this
   */
  public KaleTrainerBuilder badExamples(ExampleEncoder.Policy value) {
    once("badExamples");
    policy = value;
    return this;
  }

  /**
   * Longest training sequence. Default: what the model can read.
   *
   * @param tokens at least 1
   * @return this
   */
  public KaleTrainerBuilder maxTokens(int tokens) {
    once("maxTokens");
    maxTokens = positive("maxTokens", tokens);
    return this;
  }

  /**
   * Longest answer of the trained model, its rationale included where it writes one. Default: 32.
   *
   * @param tokens at least 1
   * @return this
   */
  public KaleTrainerBuilder maxNewTokens(int tokens) {
    once("maxNewTokens");
    maxNewTokens = positive("maxNewTokens", tokens);
    return this;
  }

  /**
   * Who is told of every step.
   *
   * @param value the listener
   * @return this
   */
  public KaleTrainerBuilder listener(StepListener value) {
    once("listener");
    listener = value;
    return this;
  }

  /**
   * Keeps frozen teachers' distributions here, one file for each set of weights, data and settings;
   * files are never deleted. Default: not kept.
   *
   * @param folder created if missing
   * @return this
   */
  public KaleTrainerBuilder cacheFolder(Path folder) {
    once("cacheFolder");
    cacheFolder = Optional.of(folder);
    return this;
  }

  /**
   * Writes checkpoints of the run and, if there are some of the same run, continues from the
   * latest. Default: none.
   *
   * @param folder created if missing; one for each run
   * @param every steps between two checkpoints, at least 1
   * @return this
   */
  public KaleTrainerBuilder checkpoints(Path folder, int every) {
    once("checkpoints");
    checkpoints = Optional.of(new TrainingLoop.Checkpoints(folder, positive("every", every)));
    return this;
  }

  /**
   * Makes the trainer.
   *
   * @return a trainer
   * @throws ai.kale.error.SetupException if no engine was given and there is not exactly one on the
   *     class path
   */
  public KaleTrainer build() {
    require("checkpoint", base);
    require("schedule", schedule);
    if (lora.isPresent() && options.adapter().isPresent()) {
      throw new IllegalStateException("the engine options have an adapter already; leave lora out");
    }
    if (engine == null) {
      engine = Providers.tensorEngine();
    }
    return new KaleTrainer(this);
  }

  Path base() {
    return Objects.requireNonNull(base);
  }

  EngineOptions options() {
    return lora.map(options::withAdapter).orElse(options);
  }

  Schedule schedule() {
    return Objects.requireNonNull(schedule);
  }

  TensorEngine engine() {
    return Objects.requireNonNull(engine);
  }

  private static void require(String name, @Nullable Object value) {
    if (value == null) {
      throw new IllegalStateException("a trainer needs a " + name + "; call " + name + "(…)");
    }
  }

  private static int positive(String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(name + " must be at least 1; got " + value);
    }
    return value;
  }

  private void once(String name) {
    if (!set.add(name)) {
      throw new IllegalStateException(name + " was set before; set it once");
    }
  }
}
