package ai.kale.examples.bench.store;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** Time since its making: on the clock, and of all processors for this process. */
final class Clock {
  private final long wall = System.nanoTime();
  private final long cpu = processTime();

  double wallSeconds() {
    return (System.nanoTime() - wall) / 1e9;
  }

  double cpuSeconds() {
    return (processTime() - cpu) / 1e9;
  }

  private static long processTime() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
  }
}
