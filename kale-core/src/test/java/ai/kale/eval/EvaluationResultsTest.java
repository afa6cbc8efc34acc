package ai.kale.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.kale.error.CorruptFileException;
import ai.kale.error.SetupException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EvaluationResultsTest {
  private static final String LINE =
      "{\"method\":\"kale\",\"seed\":1,\"metrics\":{\"accuracy\":0.5,\"f1\":0.75},"
          + "\"correct\":{\"q1\":true,\"q2\":false}}";
  private static final EvaluationResult RESULT =
      EvaluationResult.of("kale", 1, Map.of("q2", false, "q1", true)).with("f1", 0.75);

  @Test
  void hasAStableForm() {
    assertThat(EvaluationResults.toJson(RESULT)).isEqualTo(LINE);
    assertThat(EvaluationResults.fromJson(LINE)).isEqualTo(RESULT);
  }

  @Test
  void sortsWhatComesInAnotherOrder() {
    SortedMap<String, Boolean> reversed = new TreeMap<>(Comparator.reverseOrder());
    reversed.putAll(RESULT.correct());
    EvaluationResult result = new EvaluationResult("kale", 1, RESULT.metrics(), reversed);
    assertThat(EvaluationResults.toJson(result)).isEqualTo(LINE);
  }

  @Test
  void passesOverUnknownFields() {
    String later = LINE.replace("{\"method\"", "{\"more\":{\"a\":[1]},\"method\"");
    assertThat(EvaluationResults.fromJson(later)).isEqualTo(RESULT);
  }

  @Test
  void goesThroughAFile(@TempDir Path folder) {
    Path file = folder.resolve("results.jsonl");
    List<EvaluationResult> results =
        List.of(RESULT, EvaluationResult.of("söt", -5, Map.of("ü\n", true)));
    EvaluationResults.write(file, results);
    EvaluationResults.write(file, results);
    assertThat(EvaluationResults.read(file)).isEqualTo(results);

    assertThat(folder.toFile().list()).containsExactly("results.jsonl");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "{",
        "[]",
        "{\"method\":\"m\",\"seed\":1,\"metrics\":{},\"correct\":{}}",
        "{\"method\":\"m\",\"metrics\":{},\"correct\":{\"q\":true}}",
        "{\"method\":\"m\",\"seed\":1,\"metrics\":{\"a\":\"NaN\"},\"correct\":{\"q\":true}}",
        "{\"method\":\"m\",\"seed\":1,\"metrics\":{\"a\":null},\"correct\":{\"q\":true}}",
        "{\"method\":\"m\",\"seed\":1,\"metrics\":{},\"correct\":{\"q\":null}}",
        "{\"method\":\"m\",\"seed\":1,\"metrics\":{},\"correct\":{\"q\":true,\"q\":false}}",
        "{\"method\":\"m\",\"seed\":1,\"metrics\":{},\"correct\":{\"q\":true}} x",
      })
  void refusesADamagedLine(String line) {
    assertThatThrownBy(() -> EvaluationResults.fromJson(line))
        .isInstanceOf(CorruptFileException.class);
  }

  @Test
  void namesTheDamagedLine(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("results.jsonl");
    Files.writeString(file, LINE + "\n\n" + LINE.substring(0, 40) + "\n");
    assertThatThrownBy(() -> EvaluationResults.read(file))
        .isInstanceOf(CorruptFileException.class)
        .hasMessageContaining("results.jsonl:3");
    assertThatThrownBy(() -> EvaluationResults.read(folder.resolve("none")))
        .isInstanceOf(SetupException.class);
    assertThatThrownBy(() -> EvaluationResults.write(folder.resolve("no/where"), List.of()))
        .isInstanceOf(SetupException.class);
  }

  @Test
  void checksItsFields() {
    assertThatThrownBy(() -> EvaluationResult.of(" ", 1, Map.of("q", true)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new EvaluationResult("m", 1, new TreeMap<>(), new TreeMap<>()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> RESULT.with("x", Double.NaN))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> RESULT.metric("acc"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("[accuracy, f1]");
  }
}
