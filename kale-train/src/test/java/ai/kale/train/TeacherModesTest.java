package ai.kale.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.kale.error.SetupException;
import ai.kale.run.RunContext;
import ai.kale.spi.tensor.Divergence;
import ai.kale.spi.tensor.EngineOptions;
import ai.kale.spi.tensor.LoraSpec;
import ai.kale.train.djl.DjlTensorEngine;
import ai.kale.train.objective.Objective;
import ai.kale.train.objective.Objectives;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every teacher on the real engine, and what they have in common. */
class TeacherModesTest {
  private static final int WHOLE_VOCABULARY = 1_000_000;
  private static final int STEPS = 4;

  private static Path base = Path.of("");

  @BeforeAll
  static void makeCheckpoint(@TempDir Path shared) {
    base = TinyWorld.checkpoint(shared.resolve("base"));
  }

  private static KaleTrainerBuilder trainer(Objective objective) {
    return KaleTrainer.builder()
        .engine(new DjlTensorEngine())
        .checkpoint(base)
        .objective(objective)
        .schedule(Schedule.of(STEPS, 5e-3, 1).withWarmup(0))
        .batchSize(20);
  }

  private static List<StepReport> run(KaleTrainerBuilder builder) {
    List<StepReport> reports = new ArrayList<>();
    builder
        .listener(reports::add)
        .build()
        .train(TinyWorld.questions(), RunContext.silent())
        .close();
    return reports;
  }

  private static List<StepReport> run(TeacherMode mode) {
    return run(
        trainer(Objectives.kale(Divergence.REVERSE_KL, 1.5, 0.25))
            .lora(LoraSpec.ofRank(4, 1))
            .teacherTopK(WHOLE_VOCABULARY)
            .teacher(mode));
  }

  private static void assertClose(List<StepReport> actual, List<StepReport> expected) {
    for (int i = 0; i < STEPS; i++) {
      assertThat(actual.get(i).divergence().orElseThrow())
          .isCloseTo(expected.get(i).divergence().orElseThrow(), within(1e-5));
      assertThat(actual.get(i).gradientNorm())
          .isCloseTo(expected.get(i).gradientNorm(), within(1e-3));
    }
  }

  @Test
  void theSameTeacherByTwoWaysGivesTheSameRun() {
    List<StepReport> frozen = run(TeacherMode.frozenCached());
    assertClose(run(TeacherMode.frozenLive()), frozen);
    assertClose(run(TeacherMode.refreshed(STEPS + 1)), frozen);
    List<StepReport> live = run(TeacherMode.live());
    assertClose(run(TeacherMode.refreshed(1)), live);
    assertClose(run(TeacherMode.ema(0)), live);
    List<StepReport> ema = run(TeacherMode.ema(0.5));
    assertThat(ema.get(0).divergence().orElseThrow())
        .isCloseTo(frozen.get(0).divergence().orElseThrow(), within(1e-6));
    assertThat(ema.get(STEPS - 1).divergence().orElseThrow())
        .isNotCloseTo(frozen.get(STEPS - 1).divergence().orElseThrow(), within(1e-4))
        .isNotCloseTo(live.get(STEPS - 1).divergence().orElseThrow(), within(1e-4));
  }

  @Test
  void reportsTellTheDivergenceWithoutItsWeightAndEachTermsShare() {
    List<StepReport> reports = run(TeacherMode.frozenCached());
    for (StepReport report : reports) {
      assertThat(report.losses()).containsOnlyKeys("reverse-kl", "answer-cross-entropy");
      double divergence = report.losses().getOrDefault("reverse-kl", Double.NaN);
      assertThat(report.divergence()).hasValue(divergence);
      assertThat(report.shares().values().stream().mapToDouble(x -> x).sum())
          .isCloseTo(1, within(1e-12));
      assertThat(report.shares().get("reverse-kl")).isEqualTo(divergence / report.loss());
      assertThat(report.seconds()).isPositive();
      assertThat(report.tokensPerSecond()).isEqualTo(report.tokens() / report.seconds());
      assertThat(report.memoryBytes()).isGreaterThan(1 << 20);
    }
    assertThat(run(trainer(Objectives.sft())).get(0).divergence()).isEmpty();
  }

  @Test
  void fewTokensOfTheTeacherBoundTheWholeDivergenceFromBelow() {
    List<StepReport> whole = run(trainer(Objectives.kale()).teacherTopK(WHOLE_VOCABULARY));
    double before = 0;
    for (int k : new int[] {1, 4, 16}) {
      double divergence =
          run(trainer(Objectives.kale()).teacherTopK(k)).get(0).divergence().orElseThrow();
      assertThat(divergence)
          .isGreaterThan(before)
          .isLessThan(whole.get(0).divergence().orElseThrow());
      before = divergence;
    }
  }

  @Test
  void provenanceNamesTeacherAdapterAndPasses() {
    try (FineTunedModel model =
        trainer(Objectives.kale())
            .lora(LoraSpec.ofRank(2, 1))
            .teacher(TeacherMode.ema(0.9))
            .microBatchTokens(200)
            .build()
            .train(TinyWorld.questions(), RunContext.silent())) {
      Map<String, String> facts = model.provenance().facts();
      assertThat(facts.get("teacher")).contains("decay 0.9");
      assertThat(facts.get("adapter")).contains("rank=2");
      assertThat(facts)
          .containsEntry("teacher.mode", "Ema[decay=0.9]")
          .containsEntry("teacher.topK", "64");
      assertThat(facts.get("passes")).contains("200");
      assertThat(facts).containsEntry("precision", "F32").containsEntry("device", "cpu");
    }
  }

  @Test
  void settingsThatDoNotFitAreRefused() {
    assertThatThrownBy(() -> run(trainer(Objectives.kale()).teacher(TeacherMode.frozenLive())))
        .isInstanceOf(SetupException.class)
        .hasMessageContaining("lora(…)");
    LoraSpec spec = LoraSpec.ofRank(2, 1);
    KaleTrainerBuilder twice =
        trainer(Objectives.sft()).lora(spec).engineOptions(EngineOptions.cpu().withAdapter(spec));
    assertThatThrownBy(twice::build)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("adapter already");
    assertThatThrownBy(() -> TeacherMode.ema(1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> TeacherMode.refreshed(0)).isInstanceOf(IllegalArgumentException.class);
  }
}
