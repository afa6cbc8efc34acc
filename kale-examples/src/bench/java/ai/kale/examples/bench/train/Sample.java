package ai.kale.examples.bench.train;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/**
 * What one step took.
 *
 * @param cpu milliseconds of all threads of the process
 * @param wall milliseconds of the clock
 */
record Sample(double cpu, double wall) {
  private static final OperatingSystemMXBean SYSTEM =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

  /**
   * Measures the mean of some runs; several, because the CPU's clock may tick in hundredths of a
   * second.
   */
  static Sample of(int repeats, Runnable step) {
    long cpu = SYSTEM.getProcessCpuTime();
    long wall = System.nanoTime();
    for (int i = 0; i < repeats; i++) {
      step.run();
    }
    double each = 1e6 * repeats;
    return new Sample((SYSTEM.getProcessCpuTime() - cpu) / each, (System.nanoTime() - wall) / each);
  }
}
