package ai.kale.train.io;

import ai.kale.error.SetupException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.slf4j.LoggerFactory;

/** Folders to write to; single files are written by {@link ai.kale.run.AtomicFiles}. */
public final class Folders {
  private Folders() {}

  /**
   * Makes a folder and those above it, where they are missing.
   *
   * @param folder the folder
   * @throws SetupException if it cannot be made
   */
  public static void create(Path folder) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new SetupException(
          "cannot create the folder " + folder + ": " + e + "; name a writable one", e);
    }
  }

  /**
   * Makes the folder that a file is to be written to, where it is missing.
   *
   * @param file the file
   * @throws SetupException if the folder cannot be made
   */
  public static void createFor(Path file) {
    create(parentOf(file));
  }

  /**
   * Makes a folder with all its files that is not there yet, whole or not at all.
   *
   * @param target its parent is created if missing
   * @param filler writes the files into an empty folder that nobody else looks at yet
   * @throws SetupException if writing fails; there is then no such folder
   */
  public static void makeWhole(Path target, Consumer<Path> filler) {
    Path parent = parentOf(target);
    String name = "." + target.getFileName() + "." + ProcessHandle.current().pid() + ".part";
    Path temporary = parent.resolve(name);
    try {
      Files.createDirectories(parent);
      deleteTree(temporary);
      Files.createDirectory(temporary);
      filler.accept(temporary);
      Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new SetupException(
          target + " cannot be written: " + e + "; check free space and rights, then repeat", e);
    } finally {
      try {
        deleteTree(temporary);
      } catch (IOException e) {
        LoggerFactory.getLogger(Folders.class).warn("cannot delete {}", temporary, e);
      }
    }
  }

  /**
   * Deletes a file or a folder with all it holds; nothing happens if it is not there.
   *
   * @param path what to delete
   * @throws IOException if something cannot be deleted
   */
  public static void deleteTree(Path path) throws IOException {
    if (!Files.exists(path)) {
      return;
    }
    List<Path> all;
    try (Stream<Path> walk = Files.walk(path)) {
      all = walk.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path each : all) {
      Files.deleteIfExists(each);
    }
  }

  private static Path parentOf(Path path) {
    Path whole = path.toAbsolutePath();
    Path parent = whole.getParent();
    return parent == null ? whole : parent;
  }
}
