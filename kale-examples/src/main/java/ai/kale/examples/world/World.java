package ai.kale.examples.world;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

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
      Files.copy(in, target, StandardCopyOption.REPLACE_EXISTING);
      return target;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot copy " + name + " to " + target, e);
    }
  }

  /** Whether a file of that name is shipped. */
  public static boolean ships(String name) {
    return World.class.getResource(name) != null;
  }
}
