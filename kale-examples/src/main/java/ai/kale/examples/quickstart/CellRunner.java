package ai.kale.examples.quickstart;

import ai.kale.data.Question;
import ai.kale.eval.AnswerModel;
import ai.kale.eval.EvaluationResult;
import ai.kale.run.Progress;
import ai.kale.run.RunContext;
import ai.kale.spi.tensor.EngineOptions;
import ai.kale.spi.tensor.TensorEngine;
import ai.kale.spi.tensor.TensorModel;
import ai.kale.train.BatchSource;
import ai.kale.train.LanguageModelAnswers;
import ai.kale.train.Schedule;
import ai.kale.train.TrainingLoop;
import ai.kale.train.TrainingSummary;
import ai.kale.train.data.DataHash;
import ai.kale.train.data.ExampleEncoder;
import ai.kale.train.data.TrainingExample;
import ai.kale.train.objective.Objectives;
import ai.kale.train.teacher.Teacher;
import ai.kale.train.teacher.TeacherKey;
import ai.kale.train.teacher.TeacherTargets;
import ai.kale.train.text.PromptFormat;
import ai.kale.train.text.Tokenizer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Trains and examines one cell: a fresh copy of the base model, its data, its objective. */
final class CellRunner {
  static final String TOKENS = "trainingTokens";
  static final String ANSWER_TOKENS = "answerTokens";
  static final String SECONDS = "seconds";
  private static final double LEARNING_RATE = 2e-3;
  private static final double REPLAY_SHARE = 0.3;
  private static final int BATCH = 64;
  private static final int TEACHER_TOP_K = 64;
  private static final int ANSWER_LENGTH = 4;
  private static final int RATIONALE_LENGTH = 64;

  private final BaseModel base;
  private final TensorEngine engine;
  private final Tokenizer tokenizer;
  private final PromptFormat format;
  private final CellData data;
  private final List<TrainingExample> replay;
  private final Examination exam;
  private final Examination.Base known;
  private final int steps;

  CellRunner(
      BaseModel base,
      TensorEngine engine,
      CellData data,
      List<TrainingExample> replay,
      Examination exam,
      Examination.Base known,
      int steps) {
    this.base = base;
    this.engine = engine;
    this.tokenizer = base.tokenizer();
    this.format = base.format();
    this.data = data;
    this.replay = replay;
    this.exam = exam;
    this.known = known;
    this.steps = steps;
  }

  /** What determines a cell's result, for the name of its file. */
  String describe(Cell cell) {
    return String.join(
        " | ",
        cell.toString(),
        cell.method().objective().describe(),
        Integer.toString(steps),
        base.weightsHash(),
        DataHash.of(data.examples(cell)),
        DataHash.of(replay));
  }

  EvaluationResult run(Cell cell, Optional<Path> keepModel, RunContext context) {
    long begin = System.nanoTime();
    List<TrainingExample> examples = data.examples(cell);
    try (TensorModel model = engine.open(base.folder(), EngineOptions.cpu())) {
      TrainingSummary summary = train(cell, model, examples, context);
      RunContext silent = new RunContext(p -> {}, context.cancellation());
      AnswerModel direct = new LanguageModelAnswers(model, tokenizer, ANSWER_LENGTH);
      RationaleAnswers writer =
          new RationaleAnswers(
              new LanguageModelAnswers(
                  model,
                  tokenizer,
                  cell.method().writesRationale() ? RATIONALE_LENGTH : ANSWER_LENGTH),
              tokenizer);
      EvaluationResult result =
          exam.examine(cell.name(), cell.seed(), writer, direct, exam::prompt, known, silent);
      keepModel.ifPresent(
          folder -> {
            model.save(folder);
            base.copyTokenizer(folder);
          });
      return result
          .with(TOKENS, (double) summary.tokens())
          .with(ANSWER_TOKENS, writer.tokensPerAnswer())
          .with(SECONDS, (System.nanoTime() - begin) / 1e9);
    }
  }

  private TrainingSummary train(
      Cell cell, TensorModel model, List<TrainingExample> examples, RunContext context) {
    Optional<Teacher> teacher =
        cell.method().objective().needsTeacher()
            ? Optional.of(targets(model, examples, context))
            : Optional.empty();
    return TrainingLoop.builder(model)
        .source(
            new BatchSource(
                "questions", 1 - REPLAY_SHARE, examples, cell.method().objective(), BATCH, teacher))
        .source(
            BatchSource.of(
                "replay",
                REPLAY_SHARE,
                replay,
                Objectives.replayFor(cell.method().objective()),
                BATCH))
        .schedule(Schedule.of(steps, LEARNING_RATE, cell.seed()))
        .context(new RunContext(p -> forward(cell, p, context), context.cancellation()))
        .build()
        .run();
  }

  private static void forward(Cell cell, Progress progress, RunContext context) {
    context
        .progress()
        .onProgress(new Progress(progress.stage(), progress.done(), progress.total(), cell.name()));
  }

  /** The model is still the base model here: it reads the rationales before its first step. */
  private TeacherTargets targets(
      TensorModel model, List<TrainingExample> examples, RunContext context) {
    TeacherKey key =
        new TeacherKey(
            base.weightsHash(),
            tokenizer.fingerprint(),
            DataHash.of(examples),
            format,
            TEACHER_TOP_K,
            1);
    return TeacherTargets.compute(
        key, model, examples, BATCH, new RunContext(p -> {}, context.cancellation()));
  }

  /** One-hop questions as replay examples. */
  static List<TrainingExample> replay(List<Question> oneHop, ExampleEncoder encoder) {
    return oneHop.stream().map(encoder::encodeFact).toList();
  }
}
