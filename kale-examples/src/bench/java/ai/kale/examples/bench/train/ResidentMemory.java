package ai.kale.examples.bench.train;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Memory of this process as Linux counts it. */
final class ResidentMemory {
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final Path RESET = Path.of("/proc/self/clear_refs");

  private ResidentMemory() {}

  /** Whether this machine tells. */
  static boolean isKnown() {
    return Files.isReadable(STATUS);
  }

  /** Bytes in memory now. */
  static long now() {
    return field("VmRSS:");
  }

  /** Most bytes in memory since {@link #resetPeak}. */
  static long peak() {
    return field("VmHWM:");
  }

  /** Begins to watch the peak. */
  static void resetPeak() {
    try {
      Files.writeString(RESET, "5");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long field(String name) {
    try {
      return Files.readAllLines(STATUS).stream()
          .filter(line -> line.startsWith(name))
          .mapToLong(line -> 1024 * Long.parseLong(line.replaceAll("\\D", "")))
          .findFirst()
          .orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
