package ai.kale.examples.bench.link;

import ai.kale.error.SetupException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What the command line of the linking benchmark says. */
final class LinkBenchOptions {
  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "MetaQA's folder: kg.tsv and N-hop-dev.txt, N-hop-test.txt. Default: none.")
  @Nullable Path data;

  @Option(
      names = "--pathquestion",
      paramLabel = "DIR",
      description = "PathQuestion's folder: NH-kb.txt and PQ-NH.txt. Default: none.")
  @Nullable Path pathQuestion;

  @Option(
      names = "--labels",
      defaultValue = "3000000",
      description = "Generated labels; 0 for none. Default: ${DEFAULT-VALUE}.")
  int labels = 3_000_000;

  @Option(
      names = "--seed",
      defaultValue = "20261122",
      description = "Seed of the generated labels and questions. Default: ${DEFAULT-VALUE}.")
  long seed = 20261122;

  @Option(
      names = "--rounds",
      defaultValue = "15",
      description =
          "Passes over the questions; the median of the second half counts. Default: ${DEFAULT-VALUE}.")
  int rounds = 15;

  @Option(
      names = "--frequent",
      defaultValue = "0.005",
      description =
          "Share of the questions from which on a name is phrasing. Default: ${DEFAULT-VALUE}.")
  double frequent = 0.005;

  @Option(
      names = "--out",
      defaultValue = "kale-out/bench-link",
      description = "Folder of link.md. Default: ${DEFAULT-VALUE}.")
  Path out = Path.of("kale-out/bench-link");

  void check() {
    if (labels < 0 || rounds < 2 || !(frequent >= 0 && frequent <= 1)) {
      throw new SetupException(
          "--labels is at least 0, --rounds at least 2, --frequent from 0 to 1; got "
              + labels
              + ", "
              + rounds
              + ", "
              + frequent);
    }
  }

  String commandLine() {
    return "link"
        + (data == null ? "" : " --data DIR")
        + (pathQuestion == null ? "" : " --pathquestion DIR")
        + " --labels "
        + labels
        + " --seed "
        + seed
        + " --rounds "
        + rounds
        + " --frequent "
        + frequent;
  }
}
