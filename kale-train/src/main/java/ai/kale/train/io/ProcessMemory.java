package ai.kale.train.io;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** How much memory this process takes. */
public final class ProcessMemory {
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final String RESIDENT = "VmRSS:";

  private ProcessMemory() {}

  /**
   * Resident memory of this process, native tensors included, where the system tells it (Linux);
   * else the used part of the Java heap alone. Does not count memory of another device.
   *
   * @return bytes
   */
  public static long bytes() {
    try {
      if (Files.isReadable(STATUS)) {
        return resident(Files.readAllLines(STATUS, StandardCharsets.ISO_8859_1));
      }
    } catch (IOException e) {
      return heap();
    }
    return heap();
  }

  static long resident(List<String> status) {
    for (String line : status) {
      if (line.startsWith(RESIDENT)) {
        String number = line.substring(RESIDENT.length()).replaceAll("\\D", "");
        return number.isEmpty() ? heap() : Long.parseLong(number) * 1024;
      }
    }
    return heap();
  }

  private static long heap() {
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
