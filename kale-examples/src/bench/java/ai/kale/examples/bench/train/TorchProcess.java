package ai.kale.examples.bench.train;

import ai.kale.error.SetupException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The same steps in PyTorch, in a Python process that does one step at a time when told. */
final class TorchProcess implements AutoCloseable {
  private static final String SCRIPT = "torch_step.py";

  private final Process process;
  private final BufferedReader answers;
  private final String version;

  private TorchProcess(Process process, BufferedReader answers, String version) {
    this.process = process;
    this.answers = answers;
    this.version = version;
  }

  /** Starts it; empty if there is no Python there, or it has no PyTorch. */
  static Optional<TorchProcess> start(String python, StepShape shape, Path folder) {
    try {
      Path script = folder.resolve(SCRIPT);
      try (InputStream source = TorchProcess.class.getResourceAsStream(SCRIPT)) {
        if (source == null) {
          throw new IllegalStateException("the resource " + SCRIPT + " is missing");
        }
        Files.write(script, source.readAllBytes());
      }
      Process process = builder(python, script, shape, folder).start();
      BufferedReader answers = process.inputReader(StandardCharsets.UTF_8);
      String line = answers.readLine();
      if (line == null || !line.startsWith("ready ")) {
        process.destroyForcibly();
        return Optional.empty();
      }
      return Optional.of(new TorchProcess(process, answers, line.substring("ready ".length())));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static ProcessBuilder builder(String python, Path script, StepShape shape, Path folder) {
    List<String> command = new ArrayList<>(List.of(python, script.toString()));
    for (int number :
        new int[] {
          shape.config().vocabularySize(),
          shape.config().hiddenSize(),
          shape.config().intermediateSize(),
          shape.config().layers(),
          shape.config().heads(),
          shape.batch(),
          shape.time(),
          shape.answer(),
          shape.reading(),
          StepRunner.TOP
        }) {
      command.add(Integer.toString(number));
    }
    ProcessBuilder builder = new ProcessBuilder(command);
    builder
        .environment()
        .putAll(
            Map.of("OMP_NUM_THREADS", "1", "OPENBLAS_NUM_THREADS", "1", "MKL_NUM_THREADS", "1"));
    return builder.redirectError(folder.resolve("torch.log").toFile());
  }

  /** Version of PyTorch, and the speed of its matrix products. */
  String version() {
    return version;
  }

  /** Does some steps and tells the mean: {@code sft}, {@code cached} or {@code live}. */
  Sample step(String kind, int repeats) {
    try {
      process.outputWriter(StandardCharsets.UTF_8).write(kind + " " + repeats + "\n");
      process.outputWriter(StandardCharsets.UTF_8).flush();
      String line = answers.readLine();
      if (line == null) {
        throw new SetupException("the Python process ended; see torch.log in the folder of --out");
      }
      String[] parts = line.split(" ", -1);
      return new Sample(Double.parseDouble(parts[0]), Double.parseDouble(parts[1]));
    } catch (IOException e) {
      throw new SetupException("the Python process cannot be asked (" + e + ")", e);
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
