package ai.kale.examples.bench.teacher;

import ai.kale.error.SetupException;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** What the command line of the teacher benchmark says. */
final class FaultsOptions {
  @Option(
      names = "--out",
      paramLabel = "DIR",
      defaultValue = "kale-out/bench-teacher",
      description = "Where journal, logs and the table go. Default: ${DEFAULT-VALUE}.")
  Path out = Path.of("kale-out/bench-teacher");

  @Option(
      names = "--questions",
      defaultValue = "5000",
      description = "Questions of each part. Default: ${DEFAULT-VALUE}.")
  int questions = 5000;

  @Option(
      names = "--kills",
      defaultValue = "20",
      description = "How often the run is killed. Default: ${DEFAULT-VALUE}.")
  int kills = 20;

  @Option(
      names = "--rate",
      defaultValue = "3000",
      description = "Requests a minute that are allowed. Default: ${DEFAULT-VALUE}.")
  int rate = 3000;

  @Option(
      names = "--concurrency",
      defaultValue = "64",
      description = "Questions under way at once. Default: ${DEFAULT-VALUE}.")
  int concurrency = 64;

  @Option(
      names = "--latency",
      defaultValue = "300",
      description = "Longest time to a reply, ms. Default: ${DEFAULT-VALUE}.")
  int latency = 300;

  @Option(
      names = "--seed",
      defaultValue = "20261122",
      description = "Of the faults and the kills. Default: ${DEFAULT-VALUE}.")
  long seed = 20261122;

  void check() {
    if (questions < 1 || kills < 0 || rate < 1 || concurrency < 1 || latency < 0) {
      throw new SetupException("questions, rate and concurrency are at least 1, the others 0");
    }
  }

  String describe() {
    return "teacher-faults --questions "
        + questions
        + " --kills "
        + kills
        + " --rate "
        + rate
        + " --concurrency "
        + concurrency
        + " --latency "
        + latency
        + " --seed "
        + seed;
  }
}
