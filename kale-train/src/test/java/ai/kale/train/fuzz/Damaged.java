package ai.kale.train.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import ai.kale.error.KaleException;
import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;

/** Reads a file damaged in many ways, and asserts how it is refused. */
final class Damaged {
  static final int CASES = Integer.getInteger("kale.fuzz.cases", 300);
  private static final long SEED = Long.getLong("kale.test.seed", 20261122);
  private static final long FREE_BYTES = 4 << 20;
  private static final long PER_BYTE = 60;

  /** What is done with the damaged file. */
  interface Reader {
    void read() throws IOException;
  }

  /** How it is damaged. */
  interface Damage {
    byte[] apply(Mutation mutation, byte[] good) throws IOException;
  }

  private Damaged() {}

  /** The number of cases that were refused. */
  static int refused(Path file, Damage damage, Reader reader) throws IOException {
    byte[] good = Files.readAllBytes(file);
    reader.read();
    loadClasses(file, reader);
    int refused = 0;
    for (int i = 0; i < CASES; i++) {
      byte[] bytes = damage.apply(new Mutation(new SplittableRandom(SEED * 31 + i)), good);
      Files.write(file, bytes);
      refused += isRefused(file.getFileName() + ", case " + i + " of seed " + SEED, bytes, reader);
    }
    Files.write(file, good);
    return refused;
  }

  private static int isRefused(String name, byte[] bytes, Reader reader) throws IOException {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    int refused = 0;
    try {
      reader.read();
    } catch (KaleException e) {
      refused = 1;
      assertThat(e.getMessage()).as(name).isNotBlank();
    } catch (RuntimeException | Error e) {
      throw new AssertionError(name + ": not a declared exception", e);
    }
    assertThat(threads.getCurrentThreadAllocatedBytes() - before)
        .as(name)
        .isLessThan(FREE_BYTES + PER_BYTE * bytes.length);
    return refused;
  }

  /** What loading the classes of a refusal allocates is no matter of the file. */
  private static void loadClasses(Path file, Reader reader) throws IOException {
    Files.write(file, "{\"x".getBytes(StandardCharsets.UTF_8));
    try {
      reader.read();
    } catch (KaleException e) {
      assertThat(e.getMessage()).isNotBlank();
    }
  }
}
