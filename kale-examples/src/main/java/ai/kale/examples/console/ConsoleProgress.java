package ai.kale.examples.console;

import ai.kale.run.Progress;
import ai.kale.run.ProgressListener;
import java.io.Console;
import java.io.PrintStream;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/**
 * A bar with remaining time for each stage; on a terminal it moves, in a log it is a line for each
 * tenth. Stages of less than two seconds leave no line in a log.
 */
public final class ConsoleProgress implements ProgressListener {
  private static final int TENTHS = 10;
  private static final int UPDATE_MILLIS = 500;
  private static final double WORTH_A_LINE = 2;

  private final PrintStream console;
  private final boolean terminal = isTerminal();
  private String stage = "";
  private long tenth;
  private long begin = System.nanoTime();
  private @Nullable ProgressBar bar;

  /**
   * @param console where lines and bars go
   */
  public ConsoleProgress(PrintStream console) {
    this.console = console;
  }

  /** From JDK 22 on a console may be there without a terminal; older ones cannot be asked. */
  @SuppressWarnings("SystemConsoleNull")
  private static boolean isTerminal() {
    Console console = System.console();
    if (console == null) {
      return false;
    }
    try {
      return (boolean) Console.class.getMethod("isTerminal").invoke(console);
    } catch (ReflectiveOperationException e) {
      return true;
    }
  }

  @Override
  public synchronized void onProgress(Progress progress) {
    if (!progress.stage().equals(stage)) {
      close();
      stage = progress.stage();
      tenth = 0;
      begin = System.nanoTime();
      if (terminal) {
        bar =
            new ProgressBarBuilder()
                .setTaskName(stage)
                .setInitialMax(Math.max(1, progress.total()))
                .setUpdateIntervalMillis(UPDATE_MILLIS)
                .setStyle(ProgressBarStyle.ASCII)
                .build();
      }
    }
    if (bar != null) {
      bar.stepTo(progress.done());
      bar.setExtraMessage(progress.detail());
    } else if (progress.total() > 0) {
      line(progress);
    }
  }

  private void line(Progress progress) {
    long now = progress.done() * TENTHS / progress.total();
    double seconds = (System.nanoTime() - begin) / 1e9;
    if (now > tenth && seconds > WORTH_A_LINE) {
      tenth = now;
      double left = seconds * (progress.total() - progress.done()) / Math.max(1, progress.done());
      console.printf("%s %d %%, %.0f s, %.0f s left%n", stage, now * TENTHS, seconds, left);
    }
  }

  /** Ends the bar. */
  public synchronized void close() {
    if (bar != null) {
      bar.close();
      bar = null;
    }
  }
}
