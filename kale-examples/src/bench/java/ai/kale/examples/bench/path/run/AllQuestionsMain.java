package ai.kale.examples.bench.path.run;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** {@link AllQuestions} in a JVM of its own. */
public final class AllQuestionsMain {
  private static final List<Integer> HOPS = List.of(1, 2, 3);
  private static final List<Integer> MAX_PATHS = List.of(16, 1_000_000);

  private AllQuestionsMain() {}

  /**
   * Asks all questions.
   *
   * @param args MetaQA's folder, the file for the rows
   * @throws IOException if the file cannot be written
   */
  public static void main(String[] args) throws IOException {
    new ObjectMapper()
        .writeValue(
            Path.of(args[1]).toFile(), new AllQuestions(Path.of(args[0])).run(HOPS, MAX_PATHS));
  }
}
