package ai.kale.examples.induction;

import ai.kale.error.SetupException;
import ai.kale.examples.console.ConsoleCommand;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * Knowledge induction on data of one's own: link, extract, write template rationales, print what
 * came of it.
 *
 * <p>Exit codes: 0 done; 1 the input or the surroundings are wrong; 2 a wrong option; 130
 * interrupted.
 */
@Command(
    name = "induction",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Graph and questions -> linked entities -> paths -> rationales and exports.")
public final class Induction implements Callable<Integer> {
  @Mixin private final InductionOptions options = new InductionOptions();

  /**
   * Runs the example.
   *
   * @param args see {@code --help}
   */
  public static void main(String[] args) {
    System.exit(run(args));
  }

  /**
   * Runs the example without ending the JVM.
   *
   * @param args see {@code --help}
   * @return the exit code
   */
  static int run(String... args) {
    return new CommandLine(new Induction()).execute(args);
  }

  @Override
  public Integer call() {
    try {
      options.check();
    } catch (SetupException e) {
      System.err.println("Error: " + e.getMessage());
      return CommandLine.ExitCode.USAGE;
    }
    return ConsoleCommand.run(context -> new InductionPipeline(options, context, System.out).run());
  }
}
