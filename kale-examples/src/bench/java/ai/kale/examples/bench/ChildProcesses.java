package ai.kale.examples.bench;

import ai.kale.error.SetupException;
import ai.kale.examples.bench.store.Contender;
import ai.kale.examples.bench.store.Job;
import ai.kale.examples.bench.store.Metric;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** Runs each contender in a JVM of its own, with its heap and within the time limit. */
final class ChildProcesses implements Launcher {
  /** What every child is started with, besides its heap. */
  static final List<String> FLAGS = List.of("-XX:+UseParallelGC", "-XX:+ExitOnOutOfMemoryError");

  private static final int OUT_OF_MEMORY = 3; // of -XX:+ExitOnOutOfMemoryError
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final TypeReference<Map<Metric, Double>> VALUES = new TypeReference<>() {};

  private final GraphStoreOptions options;

  ChildProcesses(GraphStoreOptions options) {
    this.options = options;
  }

  @Override
  public Outcome run(Contender contender, int round, Job job) {
    Path logs = options.out.resolve("logs");
    String name = contender.key() + "-" + round;
    Path log = logs.resolve(name + ".log");
    Path result = logs.resolve(name + ".json");
    try {
      Files.createDirectories(logs);
      Files.deleteIfExists(result);
      Path request = logs.resolve(name + "-job.json");
      JSON.writeValue(request.toFile(), job);
      ChildJvm child = start(contender, request, result, log);
      String failure = await(child, contender, log);
      Map<Metric, Double> values =
          failure.isEmpty() ? JSON.readValue(result.toFile(), VALUES) : Map.of();
      return new Outcome(contender, round, values, failure);
    } catch (IOException e) {
      throw new SetupException("cannot run " + contender.key() + ": " + e.getMessage(), e);
    }
  }

  private ChildJvm start(Contender contender, Path request, Path result, Path log)
      throws IOException {
    List<String> flags = new ArrayList<>(FLAGS);
    flags.add(0, "-Xmx" + options.heapOf(contender));
    return ChildJvm.start(flags, ChildMain.class, List.of(request, result), log);
  }

  private String await(ChildJvm child, Contender contender, Path log) throws IOException {
    OptionalInt code = child.await(options.timeLimit, contender.key());
    if (code.isEmpty()) {
      return "stopped at the time limit of " + options.timeLimit + " s";
    }
    return switch (code.getAsInt()) {
      case 0 -> "";
      case OUT_OF_MEMORY -> "OutOfMemoryError with -Xmx" + options.heapOf(contender);
      default -> "exit code " + code.getAsInt() + ": " + lastLine(log);
    };
  }

  private static String lastLine(Path log) throws IOException {
    List<String> lines = Files.readString(log, StandardCharsets.UTF_8).lines().toList();
    return lines.isEmpty() ? "no message" : lines.get(lines.size() - 1).strip();
  }
}
