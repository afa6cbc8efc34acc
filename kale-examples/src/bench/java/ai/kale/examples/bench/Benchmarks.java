package ai.kale.examples.bench;

import ai.kale.examples.bench.link.LinkCommand;
import ai.kale.examples.bench.path.PathsCommand;
import ai.kale.examples.bench.teacher.TeacherFaultsCommand;
import ai.kale.examples.bench.train.TrainStepCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The benchmarks of KALE; see docs/benchmarks.md. */
@Command(
    name = "benchmarks",
    mixinStandardHelpOptions = true,
    subcommands = {
      GraphStoreCommand.class,
      PathsCommand.class,
      LinkCommand.class,
      TeacherFaultsCommand.class,
      TrainStepCommand.class
    },
    description = "Measures KALE beside other libraries and writes tables.")
public final class Benchmarks {
  private Benchmarks() {}

  /**
   * Runs a benchmark.
   *
   * @param args see {@code --help}
   */
  public static void main(String[] args) {
    System.exit(run(args));
  }

  /**
   * Runs a benchmark without ending the JVM.
   *
   * @param args see {@code --help}
   * @return 0 done; 1 the surroundings are wrong; 2 a wrong option
   */
  static int run(String... args) {
    return new CommandLine(new Benchmarks()).execute(args);
  }
}
