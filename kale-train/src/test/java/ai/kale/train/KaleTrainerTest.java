package ai.kale.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import ai.kale.data.Question;
import ai.kale.data.RationalizedQuestion;
import ai.kale.error.InvalidInputException;
import ai.kale.error.OperationCancelledException;
import ai.kale.error.SetupException;
import ai.kale.eval.AnswerModel.Score;
import ai.kale.run.CancellationToken;
import ai.kale.run.ProgressListener;
import ai.kale.run.RunContext;
import ai.kale.spi.tensor.EngineOptions;
import ai.kale.train.data.ExampleEncoder;
import ai.kale.train.djl.DjlTensorEngine;
import ai.kale.train.io.WeightsHash;
import ai.kale.train.objective.Objective;
import ai.kale.train.objective.Objectives;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole trainer on a two-layer model with the real engine. */
class KaleTrainerTest {
  private static Path base = Path.of("");

  @BeforeAll
  static void makeCheckpoint(@TempDir Path shared) {
    base = TinyWorld.checkpoint(shared.resolve("base"));
  }

  static KaleTrainerBuilder trainer(Objective objective, int steps, long seed) {
    return KaleTrainer.builder()
        .engine(new DjlTensorEngine())
        .checkpoint(base)
        .objective(objective)
        .schedule(Schedule.of(steps, 5e-3, seed))
        .batchSize(10)
        .maxNewTokens(24);
  }

  static List<Question> plain() {
    return TinyWorld.questions().stream().map(RationalizedQuestion::question).toList();
  }

  static double accuracy(FineTunedModel model) {
    List<String> answers = model.answerQuestions(plain());
    int right = 0;
    for (int i = 0; i < answers.size(); i++) {
      right += answers.get(i).equals(plain().get(i).answer()) ? 1 : 0;
    }
    return (double) right / answers.size();
  }

  private static double firstAndLast(Objective objective, int steps, List<StepReport> reports) {
    try (FineTunedModel model =
        trainer(objective, steps, 1)
            .listener(reports::add)
            .build()
            .train(TinyWorld.questions(), RunContext.silent())) {
      return accuracy(model);
    }
  }

  @Test
  void plainFineTuningLearnsTwentyQuestionsByHeart() {
    List<StepReport> reports = new ArrayList<>();
    assertThat(firstAndLast(Objectives.sft(), 80, reports)).isEqualTo(1);
    assertThat(reports).hasSize(80);
    assertThat(reports.get(79).loss()).isLessThan(reports.get(0).loss() / 10);
    assertThat(reports.get(0).losses()).containsOnlyKeys("answer-cross-entropy");
  }

  @Test
  void bridgeLensTeachesItsLayerTheBridges() {
    List<StepReport> reports = new ArrayList<>();
    assertThat(firstAndLast(Objectives.sftWithBridgeLens(), 100, reports)).isEqualTo(1);
    assertThat(reports.get(99).losses().get("bridge-lens@1")).isLessThan(0.3);
  }

  @Test
  void rationaleThenAnswerModelIsReadAfterItsMarker() {
    assertThat(firstAndLast(Objectives.rationaleThenAnswer(), 150, new ArrayList<>()))
        .isGreaterThan(0.8);
  }

  @Test
  void kaleLowersTheDivergenceToItsTeacherForBothDirections(@TempDir Path cache) {
    for (Objective objective : List.of(Objectives.kale(), Objectives.kalePaper())) {
      List<StepReport> reports = new ArrayList<>();
      try (FineTunedModel model =
          trainer(objective, 60, 1)
              .listener(reports::add)
              .cacheFolder(cache)
              .build()
              .train(TinyWorld.questions(), RunContext.silent())) {
        assertThat(reports.get(59).loss()).isLessThan(reports.get(0).loss() / 2);
        assertThat(model.provenance().facts()).containsKey("base.weights");
      }
    }
    assertThat(cache.toFile().list()).hasSize(1);
  }

  @Test
  void liveTeacherAndReplayTrain() {
    List<StepReport> reports = new ArrayList<>();
    try (FineTunedModel model =
        trainer(Objectives.kaleWithBridgeLens(), 30, 1)
            .teacher(TeacherMode.live())
            .replay(TinyWorld.facts(), 0.4)
            .listener(reports::add)
            .build()
            .train(TinyWorld.questions(), RunContext.silent())) {
      assertThat(reports.stream().map(StepReport::source)).contains("questions", "replay");
      assertThat(reports.stream().filter(r -> r.source().equals("replay")).findFirst())
          .get()
          .satisfies(r -> assertThat(r.losses()).containsKey("early-answer@1"));
      assertThat(model.provenance().facts()).containsEntry("replay.share", "0.4");
    }
  }

  private static String weightsOf(KaleTrainerBuilder builder) {
    try (FineTunedModel model = builder.build().train(TinyWorld.questions(), RunContext.silent())) {
      return WeightsHash.of(model.tensorModel());
    }
  }

  @Test
  void sameSeedSameWeightsOtherSeedOtherWeights() {
    String first = weightsOf(trainer(Objectives.kaleWithBridgeLens(), 8, 3));
    assertThat(weightsOf(trainer(Objectives.kaleWithBridgeLens(), 8, 3))).isEqualTo(first);
    assertThat(weightsOf(trainer(Objectives.kaleWithBridgeLens(), 8, 4))).isNotEqualTo(first);
  }

  @Test
  void resumedRunEqualsTheUninterruptedOneBitForBit(@TempDir Path temp) {
    KaleTrainerBuilder whole = trainer(Objectives.kaleWithBridgeLens(), 14, 3);
    String uninterrupted = weightsOf(whole.replay(TinyWorld.facts(), 0.3));

    CancellationToken token = new CancellationToken();
    ProgressListener stopAt =
        p -> {
          if (p.stage().equals("train") && p.done() == 9) {
            token.cancel();
          }
        };
    Path folder = temp.resolve("run");
    KaleTrainer interrupted =
        trainer(Objectives.kaleWithBridgeLens(), 14, 3)
            .replay(TinyWorld.facts(), 0.3)
            .checkpoints(folder, 4)
            .build();
    assertThatThrownBy(
            () -> interrupted.train(TinyWorld.questions(), new RunContext(stopAt, token)))
        .isInstanceOf(OperationCancelledException.class);
    assertThat(folder.resolve("step-0000000009/state.json")).exists();
    List<StepReport> rest = new ArrayList<>();
    String resumed =
        weightsOf(
            trainer(Objectives.kaleWithBridgeLens(), 14, 3)
                .replay(TinyWorld.facts(), 0.3)
                .listener(rest::add)
                .checkpoints(folder, 4));
    assertThat(resumed).isEqualTo(uninterrupted);
    assertThat(rest).hasSize(5);
    assertThat(folder.toFile().list()).hasSize(2);

    assertThatThrownBy(() -> weightsOf(trainer(Objectives.kale(), 14, 3).checkpoints(folder, 4)))
        .isInstanceOf(SetupException.class)
        .hasMessageContaining("another objective of questions (kale+bridge-lens");
  }

  @Test
  void aRunIsNotContinuedFromAnotherBase(@TempDir Path temp) {
    Path folder = temp.resolve("run");
    trainAndClose(trainer(Objectives.sft(), 2, 1).checkpoints(folder, 1));
    Path other = TinyWorld.checkpoint(temp.resolve("other"), 8);
    KaleTrainerBuilder another =
        KaleTrainer.builder()
            .engine(new DjlTensorEngine())
            .checkpoint(other)
            .objective(Objectives.sft())
            .schedule(Schedule.of(2, 5e-3, 1))
            .batchSize(10)
            .checkpoints(folder, 1);
    assertThatThrownBy(() -> trainAndClose(another))
        .isInstanceOf(SetupException.class)
        .hasMessageContaining("step 2")
        .hasMessageContaining("base model");
  }

  @Test
  void anInterruptIsACancellationThatStillWritesItsCheckpoint(@TempDir Path folder) {
    KaleTrainer trainer =
        trainer(Objectives.sft(), 10, 1)
            .listener(r -> interruptAt(r, 3))
            .checkpoints(folder, 100)
            .build();
    assertThatThrownBy(() -> trainer.train(TinyWorld.questions(), RunContext.silent()))
        .isInstanceOf(OperationCancelledException.class);
    assertThat(Thread.interrupted()).isTrue();
    assertThat(TrainingCheckpoint.latest(folder)).get().matches(c -> c.state().step() == 3);
  }

  private static void interruptAt(StepReport report, int step) {
    if (report.step() == step) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void smallPassesAddUpToTheWholeBatch() {
    List<StepReport> whole = new ArrayList<>();
    List<StepReport> parts = new ArrayList<>();
    Objective objective = Objectives.kaleWithBridgeLens();
    trainAndClose(trainer(objective, 3, 1).listener(whole::add));
    trainAndClose(trainer(objective, 3, 1).microBatch(3).listener(parts::add));
    for (int i = 0; i < 3; i++) {
      assertThat(parts.get(i).loss()).isCloseTo(whole.get(i).loss(), within(1e-4));
      assertThat(parts.get(i).gradientNorm())
          .isCloseTo(whole.get(i).gradientNorm(), withinPercentage(0.1));
      assertThat(parts.get(i).tokens()).isEqualTo(whole.get(i).tokens());
    }
  }

  private static void trainAndClose(KaleTrainerBuilder builder) {
    builder.build().train(TinyWorld.questions(), RunContext.silent()).close();
  }

  @Test
  void savedModelAnswersAndScoresAsBefore(@TempDir Path temp) {
    try (FineTunedModel model =
        trainer(Objectives.sft(), 20, 1)
            .build()
            .train(TinyWorld.questions(), RunContext.silent())) {
      Path folder = temp.resolve("tuned");
      model.save(folder);
      assertThat(Files.exists(folder.resolve("kale-provenance.json"))).isTrue();
      try (FineTunedModel again =
          FineTunedModel.open(folder, new DjlTensorEngine(), EngineOptions.cpu(), 24)) {
        assertThat(again.answerQuestions(plain())).isEqualTo(model.answerQuestions(plain()));
        assertThat(again.provenance()).isEqualTo(model.provenance());
        List<String> prompts = List.of(model.format().prompt(plain().get(0).text()), "Question");
        List<Score> scores = model.score(prompts, List.of(" France", ""));
        assertThat(again.score(prompts, List.of(" France", ""))).isEqualTo(scores);
        assertThat(scores.get(0).tokens()).isEqualTo(1);
        assertThat(scores.get(0).logLikelihood()).isNegative();
        assertThat(scores.get(1)).isEqualTo(new Score(0, 0));
      }
    }
  }

  @Test
  void aSaveThatFailsLeavesTheModelThatWasThere(@TempDir Path folder) throws IOException {
    Path weights = Files.writeString(folder.resolve("model.safetensors"), "of before");
    Files.createDirectories(folder.resolve("tokenizer.json/in the way"));
    try (FineTunedModel model =
        trainer(Objectives.sft(), 1, 1).build().train(TinyWorld.questions(), RunContext.silent())) {
      assertThatThrownBy(() -> model.save(folder))
          .isInstanceOf(SetupException.class)
          .hasMessageContaining("tokenizer.json");
      assertThat(weights).hasContent("of before");
      assertThat(folder.toFile().list())
          .containsExactlyInAnyOrder("model.safetensors", "tokenizer.json");
      Files.delete(folder.resolve("tokenizer.json/in the way"));
      Files.delete(folder.resolve("tokenizer.json"));
      model.save(folder);
      FineTunedModel.open(folder, new DjlTensorEngine(), EngineOptions.cpu(), 4).close();
      model.save(folder);
      FineTunedModel.open(folder, new DjlTensorEngine(), EngineOptions.cpu(), 4).close();
    }
  }

  @Test
  void unknownWordsFailOrAreSkippedAndReported() {
    List<RationalizedQuestion> data = new ArrayList<>(TinyWorld.questions());
    data.add(TinyWorld.rationalized(Question.of("bad", "Who?", List.of("Nobody")), 0));
    assertThatThrownBy(
            () -> trainer(Objectives.sft(), 2, 1).build().train(data, RunContext.silent()))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("question bad")
        .hasMessageContaining("Who");
    try (FineTunedModel model =
        trainer(Objectives.sft(), 2, 1)
            .badExamples(ExampleEncoder.Policy.SKIP)
            .build()
            .train(data, RunContext.silent())) {
      assertThat(model.skipped()).hasSize(1);
      assertThat(model.provenance().facts()).containsEntry("data.skipped", "1");
    }
    assertThatThrownBy(
            () -> trainer(Objectives.sft(), 2, 1).build().train(List.of(), RunContext.silent()))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("nothing to train on");
  }
}
