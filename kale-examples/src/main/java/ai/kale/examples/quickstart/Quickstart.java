package ai.kale.examples.quickstart;

import ai.kale.error.KaleException;
import ai.kale.error.OperationCancelledException;
import ai.kale.error.SetupException;
import ai.kale.run.CancellationToken;
import ai.kale.run.RunContext;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
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
  private static final int INTERRUPTED = 130;
  private static final int GRACE_SECONDS = 20;

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
    CancellationToken cancellation = new CancellationToken();
    CountDownLatch finished = new CountDownLatch(1);
    Thread hook = new Thread(() -> stop(cancellation, finished), "stop");
    Runtime.getRuntime().addShutdownHook(hook);
    ConsoleProgress progress = new ConsoleProgress(System.out);
    try {
      new Pipeline(options, new RunContext(progress, cancellation), System.out).run();
      return 0;
    } catch (OperationCancelledException e) {
      System.err.println("Stopped: " + e.getMessage());
      return INTERRUPTED;
    } catch (KaleException e) {
      System.err.println("Error: " + e.getMessage());
      return 1;
    } finally {
      progress.close();
      finished.countDown();
      removeHook(hook);
    }
  }

  private static void removeHook(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The JVM is already on its way down: the hook is what runs.
      return;
    }
  }

  /** On interrupt: asks the work to stop at its next safe point and waits for it. */
  private static void stop(CancellationToken cancellation, CountDownLatch finished) {
    cancellation.cancel();
    try {
      boolean done = finished.await(GRACE_SECONDS, TimeUnit.SECONDS);
      System.err.println(
          done ? "Stopped; run again to resume." : "Stopped in the middle of a step.");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
