package ai.kale.examples.quickstart;

import ai.kale.run.Progress;
import ai.kale.run.ProgressListener;
import java.io.PrintStream;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/**
 * A bar with remaining time for each stage; on a terminal it moves, in a log it is a line for each
 * tenth.
 */
final class ConsoleProgress implements ProgressListener, AutoCloseable {
  private static final int TENTHS = 10;
  private static final int UPDATE_MILLIS = 500;

  private final PrintStream console;
  private final boolean terminal = System.console() != null;
  private String stage = "";
  private long tenth;
  private long begin = System.nanoTime();
  private @Nullable ProgressBar bar;

  ConsoleProgress(PrintStream console) {
    this.console = console;
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
    if (now > tenth) {
      tenth = now;
      double seconds = (System.nanoTime() - begin) / 1e9;
      double left = seconds * (progress.total() - progress.done()) / Math.max(1, progress.done());
      console.printf("%s %d %%, %.0f s, %.0f s left%n", stage, now * TENTHS, seconds, left);
    }
  }

  @Override
  public synchronized void close() {
    if (bar != null) {
      bar.close();
      bar = null;
    }
  }
}
