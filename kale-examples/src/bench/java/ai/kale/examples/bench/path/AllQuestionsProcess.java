package ai.kale.examples.bench.path;

import ai.kale.error.OperationCancelledException;
import ai.kale.error.SetupException;
import ai.kale.examples.bench.path.run.AllQuestions;
import ai.kale.examples.bench.path.run.AllQuestionsMain;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Asks all questions of MetaQA in a JVM of its own. */
final class AllQuestionsProcess {
  private final PathsOptions options;
  private final Path data;

  AllQuestionsProcess(PathsOptions options, Path data) {
    this.options = options;
    this.data = data;
  }

  List<AllQuestions.Row> run() {
    Path logs = options.out.resolve("logs");
    Path log = logs.resolve("metaqa-all.log");
    Path rows = logs.resolve("metaqa-all.json");
    try {
      Files.createDirectories(logs);
      ProcessBuilder builder =
          new ProcessBuilder(
              Path.of(System.getProperty("java.home"), "bin", "java").toString(),
              "-Xmx" + options.heap,
              PathProcesses.FLAGS.get(0),
              PathProcesses.FLAGS.get(1),
              AllQuestionsMain.class.getName(),
              data.toString(),
              rows.toString());
      builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
      await(builder.redirectErrorStream(true).redirectOutput(log.toFile()).start(), log);
      return new ObjectMapper().readValue(rows.toFile(), new TypeReference<>() {});
    } catch (IOException e) {
      throw new SetupException("cannot ask all questions: " + e.getMessage(), e);
    }
  }

  private void await(Process child, Path log) {
    try {
      if (!child.waitFor(options.loadLimit, TimeUnit.SECONDS)) {
        throw new SetupException(
            "asking all questions took more than --load-limit " + options.loadLimit + " s");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new OperationCancelledException("interrupted while asking all questions");
    } finally {
      child.destroyForcibly();
    }
    if (child.exitValue() != 0) {
      throw new SetupException(
          "asking all questions ended with exit code " + child.exitValue() + "; see " + log);
    }
  }
}
