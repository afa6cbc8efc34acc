package ai.kale.eval;

import ai.kale.error.CorruptFileException;
import ai.kale.error.SetupException;
import ai.kale.run.AtomicFiles;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The JSONL form of {@link EvaluationResult}: one object on each line, {@code
 * {"method":"kale","seed":1,"metrics":{"accuracy":0.5},"correct":{"q1":true,"q2":false}}}. Fields
 * in that order, names within a map sorted, so that equal results have equal bytes. Other fields,
 * as a later version may write them, are passed over in reading.
 */
public final class EvaluationResults {
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .build();

  private EvaluationResults() {}

  /**
   * Writes one result.
   *
   * @param result a result
   * @return one line of JSON without its end
   */
  public static String toJson(EvaluationResult result) {
    try {
      return JSON.writeValueAsString(result);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a result of plain values could not be written", e);
    }
  }

  /**
   * Reads one result.
   *
   * @param json what {@link #toJson} wrote
   * @return the result
   * @throws CorruptFileException if it is not such a line
   */
  public static EvaluationResult fromJson(String json) {
    return parse(json, "evaluation result");
  }

  /**
   * Writes a file whole or not at all; an existing one is replaced.
   *
   * @param file where to
   * @param results what to write, in this order
   * @throws SetupException if the file cannot be written
   */
  public static void write(Path file, List<EvaluationResult> results) {
    StringBuilder lines = new StringBuilder();
    results.forEach(result -> lines.append(toJson(result)).append('\n'));
    AtomicFiles.writeString(file, lines.toString());
  }

  /**
   * Reads a file; blank lines are skipped.
   *
   * @param file what {@link #write} wrote
   * @return its results in the order of the file
   * @throws CorruptFileException if a line is damaged; the message has its number
   * @throws SetupException if the file cannot be read
   */
  public static List<EvaluationResult> read(Path file) {
    List<EvaluationResult> results = new ArrayList<>();
    try {
      int number = 0;
      for (String line : Files.readAllLines(file)) {
        number++;
        if (!line.isBlank()) {
          results.add(parse(line, file + ":" + number));
        }
      }
    } catch (IOException e) {
      throw new SetupException("cannot read " + file + "; check that it is there", e);
    }
    return results;
  }

  private static EvaluationResult parse(String json, String where) {
    try {
      EvaluationResult result = JSON.readValue(json, EvaluationResult.class);
      if (result != null) {
        return result;
      }
    } catch (JsonProcessingException e) {
      throw new CorruptFileException(where + ": not an evaluation result: " + e.getMessage(), e);
    }
    throw new CorruptFileException(where + ": not an evaluation result: null");
  }
}
