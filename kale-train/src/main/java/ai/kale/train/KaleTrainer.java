package ai.kale.train;

import ai.kale.KnowledgeAwareTrainer;
import ai.kale.data.Provenance;
import ai.kale.data.Question;
import ai.kale.data.RationalizedQuestion;
import ai.kale.error.InvalidInputException;
import ai.kale.error.SetupException;
import ai.kale.run.LibraryVersion;
import ai.kale.run.RunContext;
import ai.kale.spi.tensor.EngineOptions;
import ai.kale.spi.tensor.SavedAdapter;
import ai.kale.spi.tensor.TensorEngine;
import ai.kale.spi.tensor.TensorModel;
import ai.kale.train.data.BridgeMask;
import ai.kale.train.data.DataHash;
import ai.kale.train.data.EncodedExamples;
import ai.kale.train.data.ExampleEncoder;
import ai.kale.train.data.PassLimit;
import ai.kale.train.data.TrainingExample;
import ai.kale.train.djl.HuggingFaceTokenizer;
import ai.kale.train.io.CheckpointHash;
import ai.kale.train.objective.Objective;
import ai.kale.train.objective.Objectives;
import ai.kale.train.teacher.Teacher;
import ai.kale.train.teacher.TeacherKey;
import ai.kale.train.text.PromptFormat;
import ai.kale.train.text.Tokenizer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Knowledge-aware fine-tuning (KALE, arXiv 2601.07430): trains a model that sees only the question
 * towards what the same model answers after reading the rationale.
 *
 * <p>The default is the forward divergence to the frozen model of the checkpoint; {@link
 * Objectives} holds the paper's own and the others. The teacher's distributions are computed once,
 * so a step costs what a step of plain fine-tuning costs.
 *
 * <p>A trainer holds no state and may be used again; each call opens its own model.
 */
public final class KaleTrainer implements KnowledgeAwareTrainer {
  private final TensorEngine engine;
  private final EngineOptions options;
  private final Path base;
  private final Objective objective;
  private final Schedule schedule;
  private final int batchSize;
  private final PassLimit limit;
  private final int teacherTopK;
  private final TeacherMode teacherMode;
  private final List<Question> replay;
  private final double replayShare;
  private final PromptFormat format;
  private final BridgeMask mask;
  private final ExampleEncoder.Policy policy;
  private final int maxTokens;
  private final int maxNewTokens;
  private final StepListener listener;
  private final Optional<Path> cacheFolder;
  private final Optional<TrainingLoop.Checkpoints> checkpoints;

  KaleTrainer(KaleTrainerBuilder builder) {
    this.engine = builder.engine();
    this.options = builder.options();
    this.base = builder.base();
    this.objective = builder.objective;
    this.schedule = builder.schedule();
    this.batchSize = builder.batchSize;
    this.limit = new PassLimit(builder.microBatch, builder.microBatchTokens);
    this.teacherTopK = builder.teacherTopK;
    this.teacherMode = builder.teacherMode;
    this.replay = builder.replay;
    this.replayShare = builder.replayShare;
    this.format = builder.format;
    this.mask = builder.mask;
    this.policy = builder.policy;
    this.maxTokens = builder.maxTokens;
    this.maxNewTokens = builder.maxNewTokens;
    this.listener = builder.listener;
    this.cacheFolder = builder.cacheFolder;
    this.checkpoints = builder.checkpoints;
  }

  /** Starts to describe a trainer. */
  public static KaleTrainerBuilder builder() {
    return new KaleTrainerBuilder();
  }

  /** What one call prepares before its first step. */
  private record Prepared(
      EncodedExamples encoded,
      List<TrainingExample> facts,
      Optional<Teacher> teacher,
      String baseWeights) {}

  /**
   * Trains. Continues from the latest checkpoint of the same run if a checkpoint folder was given.
   *
   * @param data questions with rationales
   * @param context progress and cancellation
   * @return the model; close it
   * @throws SetupException if the checkpoint folder holds another run
   */
  @Override
  public FineTunedModel train(List<RationalizedQuestion> data, RunContext context) {
    Resources resources = new Resources();
    boolean done = false;
    try {
      Tokenizer tokenizer = resources.tokenizer(HuggingFaceTokenizer.load(base));
      TensorModel model = resources.model(engine.open(base, options));
      Prepared prepared = prepare(data, model, tokenizer, context);
      Optional<TrainingCheckpoint> latest =
          checkpoints.flatMap(c -> TrainingCheckpoint.latest(c.folder()));
      if (latest.isPresent()) {
        model.close();
        model = resources.model(latest.get().open(engine, base, options));
      }
      TrainingLoopBuilder loop = loop(model, prepared, context);
      latest.ifPresent(loop::resumeAt);
      TrainingSummary summary = loop.build().run();
      FineTunedModel tuned =
          new FineTunedModel(
              model,
              tokenizer,
              TokenizerFiles.read(base),
              format,
              maxNewTokens,
              provenance(prepared, tokenizer, summary),
              prepared.encoded().skipped());
      done = true;
      return tuned;
    } finally {
      if (!done) {
        resources.close();
      }
    }
  }

  private Prepared prepare(
      List<RationalizedQuestion> data, TensorModel model, Tokenizer tokenizer, RunContext context) {
    if (tokenizer.vocabularySize() > model.vocabularySize()) {
      throw new SetupException(
          "the tokenizer in "
              + base
              + " has "
              + tokenizer.vocabularySize()
              + " tokens but the model only "
              + model.vocabularySize()
              + "; they do not belong together");
    }
    int longest = Math.min(maxTokens, model.maxPositions());
    ExampleEncoder encoder = new ExampleEncoder(tokenizer, format, longest, mask);
    EncodedExamples encoded = encoder.encodeAll(data, policy);
    if (encoded.examples().isEmpty()) {
      throw new InvalidInputException(
          "there is nothing to train on: "
              + data.size()
              + " questions given, "
              + encoded.skipped().size()
              + " skipped"
              + encoded.skipped().stream().findFirst().map(s -> ", first: " + s.reason()).orElse("")
              + "; check the synthesis before this stage");
    }
    List<TrainingExample> facts = replay.stream().map(encoder::encodeFact).toList();
    String weights = CheckpointHash.of(base);
    Optional<Teacher> teacher =
        objective.needsTeacher()
            ? Optional.of(teacher(encoded.examples(), model, tokenizer, weights, context))
            : Optional.empty();
    return new Prepared(encoded, facts, teacher, weights);
  }

  private Teacher teacher(
      List<TrainingExample> examples,
      TensorModel model,
      Tokenizer tokenizer,
      String weights,
      RunContext context) {
    TeacherKey key =
        new TeacherKey(
            weights,
            options.precision(),
            tokenizer.fingerprint(),
            DataHash.of(examples),
            format,
            teacherTopK,
            objective.teacherTemperature().orElse(1));
    PassLimit passes = new PassLimit(Math.min(batchSize, limit.examples()), limit.tokens());
    return new TeacherFactory(teacherMode, cacheFolder, passes, context).make(key, model, examples);
  }

  /** What the run begins with: another base, adapter or number format is another run. */
  private String identity(String weights) {
    return String.join(" | ", weights, options.precision().name(), adapter());
  }

  private String adapter() {
    return options
        .adapter()
        .map(
            source ->
                source instanceof SavedAdapter saved
                    ? "saved adapter " + CheckpointHash.of(saved.folder())
                    : source.toString())
        .orElse("none");
  }

  private TrainingLoopBuilder loop(TensorModel model, Prepared prepared, RunContext context) {
    boolean withFacts = !prepared.facts().isEmpty();
    TrainingLoopBuilder loop =
        TrainingLoop.builder(model)
            .identity(identity(prepared.baseWeights()))
            .schedule(schedule)
            .microBatch(limit.examples())
            .microBatchTokens(limit.tokens())
            .context(context)
            .listener(listener)
            .source(
                new BatchSource(
                    "questions",
                    withFacts ? 1 - replayShare : 1,
                    prepared.encoded().examples(),
                    objective,
                    batchSize,
                    prepared.teacher()));
    if (withFacts) {
      loop.source(
          BatchSource.of(
              "replay", replayShare, prepared.facts(), Objectives.replayFor(objective), batchSize));
    }
    checkpoints.ifPresent(c -> loop.checkpoints(c.folder(), c.every()));
    return loop;
  }

  private Provenance provenance(Prepared prepared, Tokenizer tokenizer, TrainingSummary summary) {
    Map<String, String> facts = new TreeMap<>();
    facts.put(FineTunedModel.BASE_NAME, String.valueOf(base.toAbsolutePath().getFileName()));
    facts.put("base.weights", prepared.baseWeights());
    facts.put("tokenizer", tokenizer.fingerprint());
    facts.put("data.hash", DataHash.of(prepared.encoded().examples()));
    facts.put("data.examples", Integer.toString(prepared.encoded().examples().size()));
    facts.put("data.skipped", Integer.toString(prepared.encoded().skipped().size()));
    facts.put("replay.hash", DataHash.of(prepared.facts()));
    facts.put("replay.share", Double.toString(prepared.facts().isEmpty() ? 0 : replayShare));
    facts.put("objective", objective.describe());
    facts.put("completion", objective.completion().name());
    facts.put("teacher", prepared.teacher().map(Teacher::describe).orElse("none"));
    if (prepared.teacher().isPresent()) {
      facts.put("teacher.mode", teacherMode.toString());
      facts.put("teacher.topK", Integer.toString(teacherTopK));
    }
    facts.put("schedule", schedule.toString());
    facts.put("seed", Long.toString(schedule.seed()));
    facts.put("batch", Integer.toString(batchSize));
    facts.put("passes", limit.equals(PassLimit.NONE) ? "whole batches" : limit.toString());
    facts.put("adapter", adapter());
    facts.put("precision", options.precision().name());
    facts.put("device", options.device());
    facts.put("activationCheckpointing", Boolean.toString(options.activationCheckpointing()));
    facts.put("steps", Integer.toString(summary.steps()));
    facts.put("tokens", Long.toString(summary.tokens()));
    facts.put("format.question", format.question());
    facts.put("format.reading", format.reading());
    facts.put("format.answer", format.answer());
    facts.put("format.rationaleThenAnswer", format.rationaleThenAnswer());
    format.end().ifPresent(end -> facts.put("format.end", end));
    facts.put("engine", engine.name());
    facts.put("version.engine", engine.version());
    facts.put("version.java", Runtime.version().toString());
    facts.put("version.kale", LibraryVersion.current());
    return Provenance.of("train", facts);
  }

  /** What to close if training fails. */
  private static final class Resources {
    private Optional<Tokenizer> tokenizer = Optional.empty();
    private Optional<TensorModel> model = Optional.empty();

    Tokenizer tokenizer(Tokenizer opened) {
      tokenizer = Optional.of(opened);
      return opened;
    }

    TensorModel model(TensorModel opened) {
      model = Optional.of(opened);
      return opened;
    }

    void close() {
      model.ifPresent(TensorModel::close);
      tokenizer.ifPresent(Tokenizer::close);
    }
  }
}
