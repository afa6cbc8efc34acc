package ai.kale.examples.bench.train;

import ai.kale.error.SetupException;
import ai.kale.examples.bench.report.Machine;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;

/** Runs all parts and writes their tables. */
final class TrainStepBenchmark {
  private final TrainStepOptions options;
  private final PrintStream out;

  TrainStepBenchmark(TrainStepOptions options, PrintStream out) {
    this.options = options;
    this.out = out;
  }

  void run() {
    try {
      Files.createDirectories(options.out);
      List<String> parts = new ArrayList<>();
      parts.add(
          "One libtorch thread; "
              + Machine.here().describe()
              + ". Command: `"
              + options.commandLine()
              + "`.");
      for (StepShape shape : options.shapes()) {
        StepRounds rounds = new StepRounds(shape, options.rounds);
        rounds.run(options.python, options.out);
        parts.add(rounds.report());
        out.println(rounds.report());
      }
      if (options.decodeTokens > 0) {
        DecodeRounds decode = new DecodeRounds();
        for (StepShape shape : options.shapes()) {
          List<Integer> batches = shape.name().equals("small") ? List.of(1, 8, 32) : List.of(1, 8);
          decode.run(shape, batches, options.decodeTokens, options.rounds);
        }
        parts.add(decode.toString());
      }
      if (options.memorySteps > 0 && ResidentMemory.isKnown()) {
        MemoryRounds memory = new MemoryRounds(options.out);
        parts.add(memory.steps(options.memorySteps));
        parts.add(memory.savings());
      }
      String report = String.join("\n\n", parts).replace("\n\n\n", "\n\n");
      out.println("\n" + report);
      Files.writeString(options.out.resolve("train-step.md"), report);
    } catch (IOException e) {
      throw new SetupException("cannot write to " + options.out + " (" + e + ")", e);
    }
  }
}
