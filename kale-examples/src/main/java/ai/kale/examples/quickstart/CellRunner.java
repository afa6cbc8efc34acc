package ai.kale.examples.quickstart;

import ai.kale.data.KnowledgePath;
import ai.kale.data.Question;
import ai.kale.data.RationalizedQuestion;
import ai.kale.eval.EvaluationResult;
import ai.kale.run.Progress;
import ai.kale.run.ProgressListener;
import ai.kale.run.RunContext;
import ai.kale.train.FineTunedModel;
import ai.kale.train.KaleTrainer;
import ai.kale.train.LanguageModelAnswers;
import ai.kale.train.Schedule;
import ai.kale.train.data.BridgeMask;
import ai.kale.train.io.Sha256;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Trains and examines one cell: the base model, its data, its objective. */
final class CellRunner {
  static final String TOKENS = "trainingTokens";
  static final String ANSWER_TOKENS = "answerTokens";
  private static final double LEARNING_RATE = 2e-3;
  private static final double REPLAY_SHARE = 0.3;
  private static final int ANSWER_LENGTH = 4;
  private static final int RATIONALE_LENGTH = 64;

  private final BaseModel base;
  private final CellData data;
  private final BridgeMask mask;
  private final String masked;
  private final List<Question> replay;
  private final Examination exam;
  private final Examination.Base known;
  private final int steps;
  private final Path teacherFolder;

  CellRunner(
      BaseModel base,
      Task task,
      List<Question> replay,
      Examination exam,
      Examination.Base known,
      QuickstartOptions options) {
    this.base = base;
    this.data = new CellData(task, options.train);
    this.mask = BridgeMask.of(task.heldOut());
    this.masked = mask.heldOut().stream().map(Object::toString).sorted().toList().toString();
    this.replay = replay;
    this.exam = exam;
    this.known = known;
    this.steps = options.steps;
    this.teacherFolder = options.out.resolve("teacher");
  }

  /**
   * A hash of all that determines a cell's result, and of nothing else: two cells with the same key
   * are the same model.
   */
  String key(Cell cell) {
    Sha256 hash =
        new Sha256()
            .add(cell.method().objective().describe())
            .add(Schedule.of(steps, LEARNING_RATE, cell.seed()).toString())
            .add(Double.toString(REPLAY_SHARE))
            .add(cell.method().paths() == Method.Paths.NONE ? "" : masked)
            .add(version())
            .add(base.weightsHash())
            .add(base.tokenizer().fingerprint())
            .add(exam.describe());
    for (RationalizedQuestion question : data.questions(cell)) {
      hash.add(question.question().id()).add(question.question().answer());
      if (cell.method().paths() != Method.Paths.NONE) {
        hash.add(question.rationale().text());
        question.grounded().paths().stream().map(KnowledgePath::toString).forEach(hash::add);
      }
    }
    replay.forEach(question -> hash.add(question.id()).add(question.answer()));
    return hash.hex();
  }

  private static String version() {
    String version = KaleTrainer.class.getPackage().getImplementationVersion();
    return version == null ? "unpackaged" : version;
  }

  EvaluationResult run(Cell cell, Optional<Path> keepModel, RunContext context) {
    RunContext training =
        new RunContext(p -> forward(cell, p, context.progress()), context.cancellation());
    RunContext silent = new RunContext(ProgressListener.NONE, context.cancellation());
    KaleTrainer trainer =
        KaleTrainer.builder()
            .checkpoint(base.folder())
            .format(base.format())
            .objective(cell.method().objective())
            .schedule(Schedule.of(steps, LEARNING_RATE, cell.seed()))
            .replay(replay, REPLAY_SHARE)
            .mask(mask)
            .cacheFolder(teacherFolder)
            .build();
    List<RationalizedQuestion> questions = data.questions(cell);
    try (FineTunedModel model = trainer.train(questions, training)) {
      RationaleAnswers writer =
          new RationaleAnswers(
              new LanguageModelAnswers(
                  model.tensorModel(),
                  model.tokenizer(),
                  cell.method().writesRationale() ? RATIONALE_LENGTH : ANSWER_LENGTH),
              model.tokenizer());
      LanguageModelAnswers direct =
          new LanguageModelAnswers(model.tensorModel(), model.tokenizer(), ANSWER_LENGTH);
      EvaluationResult result =
          exam.examine(cell.series(), cell.seed(), writer, direct, exam::prompt, known, silent);
      keepModel.ifPresent(model::save);
      return result
          .with(TOKENS, Double.parseDouble(model.provenance().facts().getOrDefault("tokens", "0")))
          .with(ANSWER_TOKENS, writer.tokensPerAnswer());
    }
  }

  private static void forward(Cell cell, Progress progress, ProgressListener listener) {
    if (progress.stage().equals("train")) {
      listener.onProgress(
          new Progress(progress.stage(), progress.done(), progress.total(), cell.name()));
    }
  }
}
