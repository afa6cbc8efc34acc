package ai.kale.examples.console;

import ai.kale.error.KaleException;
import ai.kale.error.OperationCancelledException;
import ai.kale.run.CancellationToken;
import ai.kale.run.RunContext;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Runs the work of a command: progress on the console, errors as one line and an exit code, and on
 * an interrupt a stop at the next safe point.
 */
public final class ConsoleCommand {
  private static final int INTERRUPTED = 130;
  private static final int GRACE_SECONDS = 20;

  private ConsoleCommand() {}

  /**
   * Runs the work.
   *
   * @param work given progress and cancellation
   * @return 0 done; 1 failed, with the message on standard error; 130 stopped
   */
  public static int run(Consumer<RunContext> work) {
    CancellationToken cancellation = new CancellationToken();
    CountDownLatch finished = new CountDownLatch(1);
    Thread hook = new Thread(() -> stop(cancellation, finished), "stop");
    Runtime.getRuntime().addShutdownHook(hook);
    ConsoleProgress progress = new ConsoleProgress(System.out);
    try {
      work.accept(new RunContext(progress, cancellation));
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
