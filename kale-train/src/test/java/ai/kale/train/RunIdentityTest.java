package ai.kale.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.kale.error.InsufficientMemoryException;
import ai.kale.error.SetupException;
import ai.kale.run.RunContext;
import ai.kale.spi.tensor.EngineOptions;
import ai.kale.spi.tensor.LoraSpec;
import ai.kale.spi.tensor.Precision;
import ai.kale.train.djl.DjlTensorEngine;
import ai.kale.train.objective.Objectives;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a checkpoint folder is continued by, what it refuses, and when. */
class RunIdentityTest {
  private static Path base = Path.of("");

  private final List<String> calls = new ArrayList<>();
  private int failingPass;

  @BeforeAll
  static void makeCheckpoint(@TempDir Path shared) {
    base = TinyWorld.checkpoint(shared.resolve("base"));
  }

  /** Counts what models are asked for, and fails one pass if told to. */
  private KaleTrainerBuilder trainer(Path run) {
    return KaleTrainer.builder()
        .engine(
            new WatchedEngine(
                new DjlTensorEngine(),
                (method, arguments, call) -> {
                  calls.add(method);
                  if (method.equals("accumulate") && --failingPass == 0) {
                    throw new InsufficientMemoryException("12 GB", new IllegalStateException());
                  }
                  return call.call();
                }))
        .checkpoint(base)
        .batchSize(10)
        .checkpoints(run, 1);
  }

  private static KaleTrainerBuilder standard(KaleTrainerBuilder builder) {
    return builder.objective(Objectives.kale()).schedule(Schedule.of(3, 5e-3, 3));
  }

  private static void train(KaleTrainerBuilder builder) {
    builder.build().train(TinyWorld.questions(), RunContext.silent()).close();
  }

  @Test
  void aRunThatDidNotFitGoesOnWithSmallerPasses(@TempDir Path run) {
    failingPass = 3;
    assertThatThrownBy(() -> train(standard(trainer(run))))
        .isInstanceOf(InsufficientMemoryException.class)
        .hasMessageContaining("Lower microBatch");
    List<StepReport> rest = new ArrayList<>();
    train(standard(trainer(run)).microBatch(3).microBatchTokens(100).listener(rest::add));
    assertThat(rest).extracting(StepReport::step).containsExactly(3);
    assertThat(run.resolve("step-0000000003/state.json"))
        .content()
        .contains("\"passes\" : \"PassLimit[examples=3, tokens=100]\"");
  }

  private void assertRefused(KaleTrainerBuilder builder, String... parts) {
    calls.clear();
    assertThatThrownBy(() -> train(builder))
        .isInstanceOf(SetupException.class)
        .hasMessageContaining("the checkpoint of step 3 belongs to a run with another ")
        .hasMessageContainingAll(parts);
    assertThat(calls).doesNotContain("topK", "accumulate");
  }

  @Test
  void anotherSettingIsRefusedByItsNameBeforeAnythingIsComputed(@TempDir Path temp) {
    Path run = temp.resolve("run");
    Path cache = temp.resolve("cache");
    train(standard(trainer(run)));
    assertRefused(
        standard(trainer(run)).engineOptions(EngineOptions.cpu().withPrecision(Precision.BF16)),
        "precision (F32, now BF16)");
    assertRefused(
        standard(trainer(run)).lora(LoraSpec.ofRank(2, 1)), "adapter (none, now LoraSpec");
    assertRefused(
        standard(trainer(run)).teacherTopK(8).cacheFolder(cache), "teacher k (64, now 8)");
    assertRefused(
        standard(trainer(run)).teacher(TeacherMode.live()), "teacher mode (FrozenCached[], now Li");
    assertRefused(
        trainer(run).objective(Objectives.kale()).schedule(Schedule.of(3, 5e-3, 4)),
        "seed (3, now 4)");
    assertRefused(
        trainer(run).objective(Objectives.sft()).schedule(Schedule.of(3, 5e-3, 3)),
        "objective of questions (kale ");
    assertRefused(
        standard(trainer(run)).replay(TinyWorld.facts(), 0.5), "data of replay (nothing, now ");
    assertThat(cache).doesNotExist();
  }

  @Test
  void aFinishedRunIsOpenedWithoutItsTeacher(@TempDir Path run) {
    train(standard(trainer(run)));
    calls.clear();
    try (FineTunedModel model =
        standard(trainer(run)).build().train(TinyWorld.questions(), RunContext.silent())) {
      assertThat(calls).doesNotContain("topK", "accumulate");
      assertThat(model.provenance().facts())
          .containsEntry("steps", "3")
          .hasEntrySatisfying("teacher", t -> assertThat(t).startsWith("frozen teacher "));
    }
  }

  @Test
  void twoRunsDoNotShareAFolder(@TempDir Path run) {
    List<Throwable> thrown = new ArrayList<>();
    StepListener second =
        report -> {
          try {
            train(standard(trainer(run)));
          } catch (SetupException e) {
            thrown.add(e);
          }
        };
    train(standard(trainer(run)).listener(second));
    assertThat(thrown)
        .hasSize(3)
        .allSatisfy(e -> assertThat(e).hasMessageContaining("another run is writing"));
    assertThat(run.toFile().list()).containsExactlyInAnyOrder("step-0000000002", "step-0000000003");
  }

  @Test
  void aFolderThatCannotBeWrittenIsRefusedBeforeAnythingIsComputed(@TempDir Path temp)
      throws Exception {
    Path file = Files.writeString(temp.resolve("file"), "in the way");
    assertThatThrownBy(() -> train(standard(trainer(file))))
        .isInstanceOf(SetupException.class)
        .hasMessageContaining(file.toString());
    assertThat(calls).isEmpty();
  }
}
