package ai.kale.train;

import static org.assertj.core.api.Assertions.assertThat;

import ai.kale.run.RunContext;
import ai.kale.train.djl.DjlTensorEngine;
import ai.kale.train.io.WeightsHash;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that is killed outright, twice, and the run that goes on after it. */
class KilledTrainingTest {
  private static Path base(Path temp) {
    return TinyWorld.checkpoint(temp.resolve("base"));
  }

  private static String finish(Path base, Path run, boolean lora, List<StepReport> reports) {
    StepListener listener = KilledTrainer.metrics(run).and(reports::add);
    try (FineTunedModel model =
        KilledTrainer.trainer(new DjlTensorEngine(), base, run, lora, listener)
            .train(TinyWorld.questions(), RunContext.silent())) {
      return WeightsHash.of(model.tensorModel());
    }
  }

  /** SIGKILL where the system has it. */
  private static void killAt(String stop, Path base, Path run, boolean lora) throws IOException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                KilledTrainer.class.getName(),
                base.toString(),
                run.toString(),
                lora ? "lora" : "full",
                stop)
            .redirectErrorStream(true)
            .start();
    List<String> said = new ArrayList<>();
    try (BufferedReader out =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      String line = out.readLine();
      while (line != null && !line.equals("waiting to be killed")) {
        said.add(line);
        line = out.readLine();
      }
      assertThat(line).as("%s", said).isNotNull();
    } finally {
      process.destroyForcibly();
      process.onExit().join();
    }
    assertThat(process.exitValue()).isNotZero();
  }

  private static List<String> names(Path folder) {
    String[] names = folder.toFile().list();
    return names == null ? List.of() : List.of(names);
  }

  private static void assertGoesOnLikeOneThatWasNotKilled(Path temp, boolean lora, String... stops)
      throws IOException {
    Path base = base(temp);
    List<StepReport> all = new ArrayList<>();
    String uninterrupted = finish(base, temp.resolve("whole"), lora, all);
    assertThat(all).hasSize(KilledTrainer.STEPS);

    Path run = temp.resolve("killed");
    Path checkpoints = run.resolve("checkpoints");
    for (String stop : stops) {
      killAt(stop, base, run, lora);
    }
    List<String> left = names(checkpoints);
    assertThat(left).hasSize(4).contains("step-0000000003", "step-0000000006", "run.lock");
    assertThat(left).anyMatch(n -> n.matches("\\.step-0000000009\\.\\d+\\.part"));
    assertThat(TrainingCheckpoint.latest(checkpoints)).get().matches(c -> c.state().step() == 6);

    List<StepReport> rest = new ArrayList<>();
    assertThat(finish(base, run, lora, rest)).isEqualTo(uninterrupted);
    assertThat(rest).extracting(StepReport::step).containsExactly(7, 8, 9, 10, 11, 12);
    assertThat(rest)
        .extracting(StepReport::losses)
        .isEqualTo(all.subList(6, 12).stream().map(StepReport::losses).toList());
    assertThat(names(checkpoints)).containsExactlyInAnyOrder("step-0000000009", "step-0000000012");
    assertThat(names(checkpoints.resolve("step-0000000012")))
        .containsExactlyInAnyOrder(
            lora ? "adapter" : "weights", "optimizer.bin", "teacher-0.safetensors", "state.json");
    assertThat(Files.readAllLines(run.resolve("metrics.jsonl"))).hasSize(KilledTrainer.STEPS);
  }

  @Test
  void aRunKilledInAStepAndInACheckpointEndsWithTheWeightsOfOneThatWasNot(@TempDir Path temp)
      throws IOException {
    assertGoesOnLikeOneThatWasNotKilled(temp, false, "step:5", "optimizer:2");
  }

  @Test
  void aKilledRunOfAnAdapterGoesOnFromTheAdapterAlone(@TempDir Path temp) throws IOException {
    assertGoesOnLikeOneThatWasNotKilled(temp, true, "optimizer:3");
  }
}
