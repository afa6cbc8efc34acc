package ai.kale.examples.bench.report;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.Locale;

/**
 * Where the numbers were measured.
 *
 * @param processors processors of this JVM
 * @param memory of the machine, bytes
 * @param os name and architecture
 * @param jdk vendor and version
 */
public record Machine(int processors, long memory, String os, String jdk) {
  /** This machine. */
  public static Machine here() {
    return new Machine(
        Runtime.getRuntime().availableProcessors(),
        ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize(),
        System.getProperty("os.name") + " " + System.getProperty("os.arch"),
        System.getProperty("java.vm.name") + " " + Runtime.version());
  }

  /** One line about it. */
  public String describe() {
    return String.format(
        Locale.ROOT, "%d processors, %.1f GiB, %s, %s", processors, memory / 0x1p30, os, jdk);
  }
}
