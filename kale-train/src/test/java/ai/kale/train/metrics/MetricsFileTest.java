package ai.kale.train.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.kale.error.CorruptFileException;
import ai.kale.error.SetupException;
import ai.kale.train.StepListener;
import ai.kale.train.io.Json;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetricsFileTest {
  private static List<JsonNode> lines(Path file) throws IOException {
    List<JsonNode> lines = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      lines.add(Json.parse(file, line.getBytes(StandardCharsets.UTF_8)));
    }
    return lines;
  }

  private static void steps(StepListener listener, int from, int to) {
    for (int step = from; step <= to; step++) {
      listener.onStep(Reports.report(step));
    }
  }

  @Test
  void everyStepIsALine(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("deep/metrics.jsonl");
    steps(new MetricsFile(file), 1, 3);
    List<JsonNode> lines = lines(file);
    assertThat(lines).hasSize(3);
    JsonNode second = lines.get(1);
    assertThat(second.get("step").asInt()).isEqualTo(2);
    assertThat(second.get("source").asText()).isEqualTo("questions");
    assertThat(second.get("loss").asDouble()).isEqualTo(0.5);
    assertThat(second.get("terms").get("forward-kl").asDouble()).isEqualTo(0.375);
    assertThat(second.get("shares").get("bridge-lens@2").asDouble()).isEqualTo(0.25);
    assertThat(second.get("kl_per_token").asDouble()).isEqualTo(0.75);
    assertThat(second.get("gradient_norm").asDouble()).isEqualTo(3.5);
    assertThat(second.get("learning_rate").asDouble()).isEqualTo(1e-3);
    assertThat(second.get("tokens_per_second").asDouble()).isEqualTo(320);
    assertThat(second.get("memory_bytes").asLong()).isEqualTo(123_456_789L);
  }

  @Test
  void aResumedRunCutsTheStepsItMakesAgain(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("metrics.jsonl");
    steps(new MetricsFile(file), 1, 9);
    Files.writeString(file, "{\"step\": 10, \"sou", StandardOpenOption.APPEND);
    steps(new MetricsFile(file), 7, 12);
    assertThat(lines(file))
        .extracting(l -> l.get("step").asInt())
        .containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12);
    Files.writeString(file, "{\"st", StandardOpenOption.APPEND);
    steps(new MetricsFile(file), 13, 13);
    assertThat(lines(file)).hasSize(13);
  }

  @Test
  void aNewRunLeavesTheLinesOfAnEarlierOneAlone(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("metrics.jsonl");
    for (int run = 1; run <= 3; run++) {
      steps(new MetricsFile(file), 1, run);
    }
    assertThat(lines(file)).hasSize(3);
    assertThat(lines(folder.resolve("metrics.jsonl.1"))).hasSize(1);
    assertThat(lines(folder.resolve("metrics.jsonl.2"))).hasSize(2);
  }

  @Test
  void anotherKindOfFileIsLeftAsItIs(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("notes.txt"), "my notes\nof today\n");
    assertThatThrownBy(() -> steps(new MetricsFile(file), 1, 1))
        .isInstanceOf(CorruptFileException.class)
        .hasMessageContaining("notes.txt");
    assertThat(file).hasContent("my notes\nof today\n");
    assertThatThrownBy(() -> steps(new MetricsFile(folder), 1, 1))
        .isInstanceOf(SetupException.class)
        .hasMessageContaining("metrics file");
  }

  @Test
  void linesThatAreNoStepsAreNeverCut(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("data.jsonl");
    String step = "{\"step\": 1}\n";
    for (String text :
        List.of(
            "{\"id\": \"q1\"}\n",
            step + "{\"id\": \"q2\"}\n",
            step + "{\"step\": 9}\n{\"step\": \"2\"}\n",
            "one line without an end")) {
      for (int first : new int[] {1, 2}) {
        Files.writeString(file, text);
        assertThatThrownBy(() -> steps(new MetricsFile(file), first, first))
            .isInstanceOf(CorruptFileException.class)
            .hasMessageContaining("data.jsonl")
            .hasMessageContaining("line");
        assertThat(Files.readString(file)).isEqualTo(text);
      }
    }
  }

  @Test
  void twoListenersAreToldInOrder() {
    List<String> told = new ArrayList<>();
    StepListener both =
        ((StepListener) r -> told.add("a" + r.step())).and(r -> told.add("b" + r.step()));
    steps(both, 1, 2);
    assertThat(told).containsExactly("a1", "b1", "a2", "b2");
  }
}
