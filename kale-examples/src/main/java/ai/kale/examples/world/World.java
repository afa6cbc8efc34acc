package ai.kale.examples.world;

import ai.kale.error.SetupException;
import ai.kale.run.AtomicFiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** The shipped graph and the checkpoint pretrained on it. */
public final class World {
  private World() {}

  /**
   * Copies a shipped file out of the jar.
   *
   * @param name file name, for example {@code "world.nt"}
   * @param target where to put it; replaced if present, its folder is created
   * @return the target
   */
  public static Path copy(String name, Path target) {
    try (InputStream in = World.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalArgumentException("nothing named " + name + " is shipped");
      }
      Files.createDirectories(target.toAbsolutePath().getParent());
      AtomicFiles.write(target, in::transferTo);
      return target;
    } catch (IOException e) {
      throw new SetupException("cannot write " + target + ": " + e.getMessage(), e);
    }
  }

  /** Whether a file of that name is shipped. */
  public static boolean ships(String name) {
    return World.class.getResource(name) != null;
  }
}
