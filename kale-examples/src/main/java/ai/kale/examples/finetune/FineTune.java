package ai.kale.examples.finetune;

import ai.kale.error.SetupException;
import ai.kale.examples.console.ConsoleCommand;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * Knowledge-aware fine-tuning of a checkpoint of one's own: rationalized questions in, a PEFT
 * adapter or full weights out.
 *
 * <p>Exit codes: 0 done; 1 the input or the surroundings are wrong; 2 a wrong option; 130
 * interrupted, run again to resume.
 */
@Command(
    name = "fine-tune",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "A Hugging Face folder and rationalized questions -> a fine-tuned model.")
public final class FineTune implements Callable<Integer> {
  @Mixin private final FineTuneOptions options = new FineTuneOptions();

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
    return new CommandLine(new FineTune()).execute(args);
  }

  @Override
  public Integer call() {
    try {
      options.check();
    } catch (SetupException e) {
      System.err.println("Error: " + e.getMessage());
      return CommandLine.ExitCode.USAGE;
    }
    return ConsoleCommand.run(context -> new FineTuneRun(options, context, System.out).run());
  }
}
