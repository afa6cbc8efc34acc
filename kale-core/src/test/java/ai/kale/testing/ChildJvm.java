package ai.kale.testing;

import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Starts the main method of a test class in a process of its own, to be killed. */
public final class ChildJvm {
  private ChildJvm() {}

  /** Starts it; what it says on both streams is the process's input. */
  public static Process start(Class<?> main, String... args) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-cp", classPath(main), main.getName()));
    command.addAll(List.of(args));
    return new ProcessBuilder(command).redirectErrorStream(true).start();
  }

  private static String classPath(Class<?> main) {
    List<String> entries = new ArrayList<>();
    entries.add(System.getProperty("java.class.path"));
    if (main.getClassLoader() instanceof URLClassLoader loader) {
      for (URL url : loader.getURLs()) {
        entries.add(new File(url.getPath()).getPath());
      }
    }
    return String.join(File.pathSeparator, entries);
  }
}
