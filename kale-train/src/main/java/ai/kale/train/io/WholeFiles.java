package ai.kale.train.io;

import ai.kale.error.SetupException;
import ai.kale.run.AtomicFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.LoggerFactory;

/** Files and folders that appear whole or not at all. */
public final class WholeFiles {
  private WholeFiles() {}

  /** Fills a folder. */
  @FunctionalInterface
  public interface Filler {
    /**
     * Writes all files.
     *
     * @param folder an empty folder that nobody else looks at yet
     * @throws IOException if writing fails
     */
    void fill(Path folder) throws IOException;
  }

  /**
   * Replaces a file by bytes.
   *
   * @param file its folder is created if missing
   * @param bytes the new content
   * @throws SetupException if writing fails; an earlier file is then left as it was
   */
  public static void write(Path file, byte[] bytes) {
    write(file, out -> out.write(bytes));
  }

  /**
   * Replaces a file.
   *
   * @param file its folder is created if missing
   * @param content writes the bytes
   * @throws SetupException if writing fails; an earlier file is then left as it was
   */
  public static void write(Path file, AtomicFiles.Content content) {
    try {
      Files.createDirectories(parentOf(file));
    } catch (IOException e) {
      throw failure(file, e);
    }
    AtomicFiles.write(file, content);
  }

  /**
   * Makes a folder that is not there yet.
   *
   * @param target its parent is created if missing
   * @param filler writes the files
   * @throws SetupException if writing fails; there is then no such folder
   */
  public static void makeFolder(Path target, Filler filler) {
    Path parent = parentOf(target);
    String name = "." + target.getFileName() + "." + ProcessHandle.current().pid() + ".part";
    Path temporary = parent.resolve(name);
    try {
      Files.createDirectories(parent);
      deleteTree(temporary);
      Files.createDirectory(temporary);
      filler.fill(temporary);
      Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw failure(target, e);
    } finally {
      try {
        deleteTree(temporary);
      } catch (IOException e) {
        LoggerFactory.getLogger(WholeFiles.class).warn("cannot delete {}", temporary, e);
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

  private static SetupException failure(Path path, IOException cause) {
    return new SetupException(
        path + " cannot be written: " + cause + "; check free space and rights, then repeat",
        cause);
  }
}
