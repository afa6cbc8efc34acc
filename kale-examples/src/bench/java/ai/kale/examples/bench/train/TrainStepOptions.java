package ai.kale.examples.bench.train;

import ai.kale.error.SetupException;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;

/** What the command line of the training benchmark says. */
final class TrainStepOptions {
  @Option(
      names = "--models",
      split = ",",
      defaultValue = "small,base",
      description = "small, base or both. Default: ${DEFAULT-VALUE}.")
  List<String> models = List.of("small", "base");

  @Option(
      names = "--rounds",
      defaultValue = "7",
      description = "Rounds in which all take turns. Default: ${DEFAULT-VALUE}.")
  int rounds = 7;

  @Option(
      names = "--decode-tokens",
      defaultValue = "64",
      description =
          "New tokens of each prompt when decoding; 0 for none. Default: ${DEFAULT-VALUE}.")
  int decodeTokens = 64;

  @Option(
      names = "--memory-steps",
      defaultValue = "1000",
      description = "Steps of varying shapes, for memory; 0 for none. Default: ${DEFAULT-VALUE}.")
  int memorySteps = 1000;

  @Option(
      names = "--python",
      defaultValue = "/usr/bin/python3",
      description = "A Python, for the same steps in its PyTorch. Default: ${DEFAULT-VALUE}.")
  String python = "/usr/bin/python3";

  @Option(
      names = "--out",
      defaultValue = "kale-out/bench-train",
      description = "Folder of train-step.md. Default: ${DEFAULT-VALUE}.")
  Path out = Path.of("kale-out/bench-train");

  List<StepShape> shapes() {
    return StepShape.all().stream().filter(shape -> models.contains(shape.name())).toList();
  }

  void check() {
    if (rounds < 1
        || decodeTokens < 0
        || !(memorySteps == 0 || memorySteps >= 10)
        || shapes().size() != models.size()) {
      throw new SetupException(
          "--rounds is at least 1, --decode-tokens at least 0, --memory-steps 0 or at least 10,"
              + " --models of small and base; got "
              + rounds
              + ", "
              + decodeTokens
              + ", "
              + memorySteps
              + ", "
              + models);
    }
  }

  String commandLine() {
    return "train-step --models "
        + String.join(",", models)
        + " --rounds "
        + rounds
        + " --decode-tokens "
        + decodeTokens
        + " --memory-steps "
        + memorySteps;
  }
}
