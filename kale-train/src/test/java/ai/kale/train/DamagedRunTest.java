package ai.kale.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.kale.error.CorruptFileException;
import ai.kale.run.RunContext;
import ai.kale.spi.tensor.LoraSpec;
import ai.kale.train.djl.DjlTensorEngine;
import ai.kale.train.io.Folders;
import ai.kale.train.objective.Objectives;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run whose latest checkpoint was damaged on disk. */
class DamagedRunTest {
  private final Path base;
  private final Path run;

  DamagedRunTest(@TempDir Path temp) {
    this.base = TinyWorld.checkpoint(temp.resolve("base"));
    this.run = temp.resolve("run");
  }

  private void train(StepListener listener) {
    KaleTrainer.builder()
        .engine(new DjlTensorEngine())
        .checkpoint(base)
        .objective(Objectives.kale())
        .teacher(TeacherMode.ema(0.9))
        .lora(LoraSpec.ofRank(2, 1))
        .schedule(Schedule.of(3, 5e-3, 1))
        .batchSize(10)
        .checkpoints(run, 1)
        .listener(listener)
        .build()
        .train(TinyWorld.questions(), RunContext.silent())
        .close();
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile).toList();
    }
  }

  private void assertRefused(Path file) {
    assertThatThrownBy(() -> train(StepListener.NONE))
        .as("%s", file)
        .isInstanceOf(CorruptFileException.class)
        .hasMessageContaining("step-0000000003")
        .hasMessageContaining(String.valueOf(file.getFileName()))
        .hasMessageContaining("delete the folder to continue from an earlier one");
  }

  @Test
  void anyDamagedOrMissingFileIsRefusedAndTheStepBeforeGoesOn() throws IOException {
    train(StepListener.NONE);
    Path last = run.resolve("step-0000000003");
    List<Path> files = files(last);
    assertThat(files).hasSize(5);
    for (Path file : files) {
      byte[] good = Files.readAllBytes(file);
      byte[] bad = good.clone();
      bad[good.length - 20] ^= 1; // a digit of the checksum, in state.json
      Files.write(file, bad);
      assertRefused(file);
      Files.delete(file);
      assertRefused(file);
      Files.write(file, good);
    }
    Files.writeString(
        last.resolve("state.json"),
        Files.readString(last.resolve("state.json")).replace("\"step\" : 3", "\"step\" : 1"));
    assertRefused(last.resolve("state.json"));
    assertRefused(Files.writeString(last.resolve("state.json"), "{\"version\": 2"));
    Folders.deleteTree(last);
    List<StepReport> rest = new ArrayList<>();
    train(rest::add);
    assertThat(rest).extracting(StepReport::step).containsExactly(3);
  }
}
