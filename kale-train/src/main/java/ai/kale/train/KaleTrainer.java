package ai.kale.train;

import ai.kale.KnowledgeAwareTrainer;
import ai.kale.data.Provenance;
import ai.kale.data.Question;
import ai.kale.data.RationalizedQuestion;
import ai.kale.error.InvalidInputException;
import ai.kale.error.SetupException;
import ai.kale.run.LibraryVersion;
import ai.kale.run.Progress;
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
import ai.kale.train.io.Sha256;
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
  private static final String QUESTIONS = "questions";

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

  /** What one call prepares before its first step, and before a teacher reads anything. */
  private record Prepared(
      EncodedExamples encoded,
      List<TrainingExample> facts,
      String baseWeights,
      String tokenizer,
      Optional<TeacherKey> teacherKey,
      String teacher) {}

  /**
   * Trains. Continues from the latest checkpoint of the same run if a checkpoint folder was given.
   *
   * @param data questions with rationales
   * @param context progress and cancellation
   * @return the model; close it
   * @throws SetupException if the checkpoint folder holds another run, or one that is still
   *     writing; nothing was computed then
   */
  @Override
  public FineTunedModel train(List<RationalizedQuestion> data, RunContext context) {
    Optional<FolderClaim> claim = checkpoints.map(c -> FolderClaim.of(c.folder()));
    try {
      return trainAlone(data, context);
    } finally {
      claim.ifPresent(FolderClaim::close);
    }
  }

  private FineTunedModel trainAlone(List<RationalizedQuestion> data, RunContext context) {
    Resources resources = new Resources();
    boolean done = false;
    try {
      Tokenizer tokenizer = resources.tokenizer(HuggingFaceTokenizer.load(base));
      Optional<TrainingCheckpoint> latest =
          checkpoints.flatMap(c -> TrainingCheckpoint.latest(c.folder()));
      TensorModel model = resources.model(engine.open(base, options));
      Prepared prepared = prepare(data, model, tokenizer);
      latest.ifPresent(found -> RunParts.checkSame(found.state(), parts(prepared)));
      boolean finished = latest.filter(c -> c.state().step() == schedule.steps()).isPresent();
      Optional<Teacher> teacher = finished ? Optional.empty() : teacher(prepared, model, context);
      if (latest.isPresent()) {
        model.close();
        model = resources.model(latest.get().open(engine, base, options));
      }
      TrainingSummary summary =
          finished
              ? nothingLeft(latest.get().state(), context)
              : steps(loop(model, prepared, teacher, context), latest);
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

  private static TrainingSummary steps(
      TrainingLoopBuilder loop, Optional<TrainingCheckpoint> latest) {
    latest.ifPresent(loop::resumeAt);
    return loop.build().run();
  }

  private static TrainingSummary nothingLeft(LoopState state, RunContext context) {
    context.progress().onProgress(new Progress("train", state.step(), state.step(), ""));
    return new TrainingSummary(state.step(), state.step(), state.tokens(), Double.NaN);
  }

  private Prepared prepare(
      List<RationalizedQuestion> data, TensorModel model, Tokenizer tokenizer) {
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
    BatchSource.checkFit(QUESTIONS, encoded.examples(), objective);
    List<TrainingExample> facts = replay.stream().map(encoder::encodeFact).toList();
    String weights = CheckpointHash.of(base);
    String fingerprint = tokenizer.fingerprint();
    Optional<TeacherKey> key =
        objective.needsTeacher()
            ? Optional.of(key(encoded.examples(), fingerprint, weights))
            : Optional.empty();
    String teacher = key.map(k -> factory(RunContext.silent()).describe(k, model)).orElse("none");
    return new Prepared(encoded, facts, weights, fingerprint, key, teacher);
  }

  private TeacherKey key(List<TrainingExample> examples, String tokenizer, String weights) {
    return new TeacherKey(
        weights,
        options.precision(),
        tokenizer,
        DataHash.of(examples),
        format,
        teacherTopK,
        objective.teacherTemperature().orElse(1));
  }

  private TeacherFactory factory(RunContext context) {
    PassLimit passes = new PassLimit(Math.min(batchSize, limit.examples()), limit.tokens());
    return new TeacherFactory(teacherMode, cacheFolder, passes, context);
  }

  private Optional<Teacher> teacher(Prepared prepared, TensorModel model, RunContext context) {
    return prepared
        .teacherKey()
        .map(key -> factory(context).make(key, model, prepared.encoded().examples()));
  }

  /** What the run begins with, by name: another base, adapter or number format is another run. */
  private Map<String, String> identity(Prepared prepared) {
    Map<String, String> identity = new TreeMap<>();
    identity.put("base model", prepared.baseWeights());
    identity.put("precision", options.precision().name());
    identity.put("adapter", adapter());
    identity.put("tokenizer", prepared.tokenizer());
    identity.put("prompt format", new Sha256().add(format.toString()).hex());
    if (objective.needsTeacher()) {
      identity.put("teacher mode", teacherMode.toString());
      identity.put("teacher k", Integer.toString(teacherTopK));
    }
    return identity;
  }

  /** The run as the loop will know it, before its teacher is there. */
  private Map<String, String> parts(Prepared prepared) {
    RunParts parts = new RunParts().with(identity(prepared)).with(schedule);
    parts.withSource(
        QUESTIONS,
        questionsShare(prepared),
        prepared.encoded().examples(),
        objective,
        batchSize,
        prepared.teacher());
    if (!prepared.facts().isEmpty()) {
      replaySource(prepared).addTo(parts);
    }
    return parts.all();
  }

  private double questionsShare(Prepared prepared) {
    return prepared.facts().isEmpty() ? 1 : 1 - replayShare;
  }

  private BatchSource replaySource(Prepared prepared) {
    return BatchSource.of(
        "replay", replayShare, prepared.facts(), Objectives.replayFor(objective), batchSize);
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

  private TrainingLoopBuilder loop(
      TensorModel model, Prepared prepared, Optional<Teacher> teacher, RunContext context) {
    TrainingLoopBuilder loop =
        TrainingLoop.builder(model)
            .folderClaimed()
            .schedule(schedule)
            .microBatch(limit.examples())
            .microBatchTokens(limit.tokens())
            .context(context)
            .listener(listener)
            .source(
                new BatchSource(
                    QUESTIONS,
                    questionsShare(prepared),
                    prepared.encoded().examples(),
                    objective,
                    batchSize,
                    teacher));
    identity(prepared).forEach(loop::identity);
    if (!prepared.facts().isEmpty()) {
      loop.source(replaySource(prepared));
    }
    checkpoints.ifPresent(c -> loop.checkpoints(c.folder(), c.every()));
    return loop;
  }

  private Provenance provenance(Prepared prepared, Tokenizer tokenizer, TrainingSummary summary) {
    Map<String, String> facts = new TreeMap<>();
    facts.put(
        FineTunedModel.BASE_NAME, String.valueOf(base.toAbsolutePath().normalize().getFileName()));
    facts.put("base.weights", prepared.baseWeights());
    facts.put("tokenizer", tokenizer.fingerprint());
    facts.put("data.hash", DataHash.of(prepared.encoded().examples()));
    facts.put("data.examples", Integer.toString(prepared.encoded().examples().size()));
    facts.put("data.skipped", Integer.toString(prepared.encoded().skipped().size()));
    facts.put("replay.hash", DataHash.of(prepared.facts()));
    facts.put("replay.share", Double.toString(prepared.facts().isEmpty() ? 0 : replayShare));
    facts.put("objective", objective.describe());
    facts.put("completion", objective.completion().name());
    facts.put("teacher", prepared.teacher());
    if (prepared.teacherKey().isPresent()) {
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
