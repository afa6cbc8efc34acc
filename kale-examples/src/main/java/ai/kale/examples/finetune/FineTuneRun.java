package ai.kale.examples.finetune;

import ai.kale.data.RationalizedQuestion;
import ai.kale.jsonl.JsonlFormat;
import ai.kale.run.RunContext;
import ai.kale.train.FineTunedModel;
import ai.kale.train.KaleTrainer;
import ai.kale.train.KaleTrainerBuilder;
import ai.kale.train.StepReport;
import ai.kale.train.metrics.MetricsFile;
import ai.kale.train.metrics.TensorBoardFile;
import java.io.PrintStream;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Trains, then writes the adapter or the weights. */
final class FineTuneRun {
  private static final int SHOWN = 5;
  private static final int REPORTED = 10;

  private final FineTuneOptions options;
  private final RunContext context;
  private final PrintStream console;

  FineTuneRun(FineTuneOptions options, RunContext context, PrintStream console) {
    this.options = options;
    this.context = context;
    this.console = console;
  }

  void run() {
    List<RationalizedQuestion> data = JsonlFormat.rationalizedQuestions().readAll(options.rows());
    console.printf("%,d questions with rationales%n", data.size());
    KaleTrainer trainer = trainer();
    try (FineTunedModel tuned = trainer.train(data, context)) {
      write(tuned);
      tuned.skipped().forEach(s -> console.println("left out: " + s.reason()));
      Set<String> skipped =
          tuned.skipped().stream().map(s -> s.questionId()).collect(Collectors.toSet());
      show(
          tuned,
          data.stream()
              .filter(row -> !skipped.contains(row.question().id()))
              .limit(SHOWN)
              .toList());
    }
  }

  private KaleTrainer trainer() {
    KaleTrainerBuilder builder =
        KaleTrainer.builder()
            .checkpoint(options.base())
            .engineOptions(options.engine())
            .objective(options.objective.objective())
            .schedule(options.schedule())
            .batchSize(options.batch)
            .microBatch(options.pass)
            .microBatchTokens(options.passTokens)
            .format(options.text.format(options.base()))
            .badExamples(options.text.policy())
            .maxTokens(options.text.maxTokens)
            .maxNewTokens(options.newTokens())
            .teacher(options.teacher.mode())
            .teacherTopK(options.teacher.topK)
            .cacheFolder(options.out.resolve("teacher"))
            .checkpoints(options.out.resolve("checkpoints"), options.saveEvery)
            .listener(
                new MetricsFile(options.out.resolve("metrics.jsonl"))
                    .and(new TensorBoardFile(options.out.resolve("tensorboard")))
                    .and(this::print));
    options
        .replay()
        .ifPresent(
            file -> builder.replay(JsonlFormat.questions().readAll(file), options.replayShare));
    return builder.build();
  }

  private void print(StepReport report) {
    if (report.step() % REPORTED == 0) {
      console.printf(
          "step %,d: loss %.4f, gradient norm %.3f, %,.0f tokens/s%n",
          report.step(), report.loss(), report.gradientNorm(), report.tokensPerSecond());
    }
  }

  private void write(FineTunedModel tuned) {
    boolean adapter = options.lora > 0;
    if (adapter) {
      tuned.saveAdapter(options.out.resolve("adapter"));
      console.println("adapter: " + options.out.resolve("adapter"));
    }
    if (!adapter || options.merge) {
      tuned.save(options.out.resolve("model"));
      console.println("weights: " + options.out.resolve("model"));
    }
  }

  private void show(FineTunedModel tuned, List<RationalizedQuestion> some) {
    List<String> answers =
        tuned.answerQuestions(some.stream().map(RationalizedQuestion::question).toList());
    for (int i = 0; i < answers.size(); i++) {
      console.printf(
          "  %s%n  = %s, written: %s%n",
          some.get(i).question().text(),
          String.join(" | ", some.get(i).question().answers()),
          answers.get(i));
    }
  }
}
