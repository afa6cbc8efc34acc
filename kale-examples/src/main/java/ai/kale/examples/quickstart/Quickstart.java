package ai.kale.examples.quickstart;

import ai.kale.error.SetupException;
import ai.kale.examples.console.ConsoleCommand;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * From a knowledge graph to a fine-tuned model that is measured against its baselines.
 *
 * <p>Exit codes: 0 done; 1 the input or the surroundings are wrong (the message says where and what
 * to do); 2 a wrong option; 130 interrupted, run again to resume.
 */
@Command(
    name = "quickstart",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Graph -> paths -> rationales -> fine-tuned models -> a table of what helped.")
public final class Quickstart implements Callable<Integer> {
  @Mixin private final QuickstartOptions options = new QuickstartOptions();

  /**
   * Runs the quickstart.
   *
   * @param args see {@code --help}
   */
  public static void main(String[] args) {
    System.exit(run(args));
  }

  /**
   * Runs the quickstart without ending the JVM.
   *
   * @param args see {@code --help}
   * @return the exit code
   */
  static int run(String... args) {
    return new CommandLine(new Quickstart()).execute(args);
  }

  @Override
  public Integer call() {
    try {
      options.check();
    } catch (SetupException e) {
      System.err.println("Error: " + e.getMessage());
      return CommandLine.ExitCode.USAGE;
    }
    return ConsoleCommand.run(context -> new Pipeline(options, context, System.out).run());
  }
}
