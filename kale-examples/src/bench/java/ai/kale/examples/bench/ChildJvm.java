package ai.kale.examples.bench;

import ai.kale.error.OperationCancelledException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;

/** A JVM of its own for a part of a benchmark, on the class path of this one. */
public final class ChildJvm {
  private final Process process;

  private ChildJvm(Process process) {
    this.process = process;
  }

  /**
   * Starts one.
   *
   * @param flags of the JVM, the heap for example
   * @param main the class to run
   * @param arguments what it is given
   * @param log where it writes what it prints; replaced if there
   * @return the running JVM
   * @throws IOException if it cannot be started
   */
  public static ChildJvm start(List<String> flags, Class<?> main, List<Path> arguments, Path log)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(flags);
    command.add(main.getName());
    arguments.forEach(argument -> command.add(argument.toString()));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
    return new ChildJvm(builder.redirectErrorStream(true).redirectOutput(log.toFile()).start());
  }

  /**
   * Waits for its end, and ends it if that takes too long.
   *
   * @param seconds most seconds to wait
   * @param what what it does, for the message
   * @return its exit code, or empty if it had to be ended
   * @throws OperationCancelledException if this thread is interrupted; the JVM is ended then too
   */
  public OptionalInt await(long seconds, String what) {
    try {
      return process.waitFor(seconds, TimeUnit.SECONDS)
          ? OptionalInt.of(process.exitValue())
          : OptionalInt.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new OperationCancelledException("interrupted in " + what);
    } finally {
      process.destroyForcibly();
    }
  }
}
