package ai.kale.train.io;

import ai.kale.error.TransientFailureException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Files and folders that appear whole or not at all. */
public final class WholeFiles {
  private WholeFiles() {}

  /** Writes to a path. */
  @FunctionalInterface
  public interface Writer {
    /**
     * Writes.
     *
     * @param path a file or folder that nobody else sees yet
     * @throws IOException if writing fails
     */
    void write(Path path) throws IOException;
  }

  /**
   * Replaces a file by bytes.
   *
   * @param file its folder is created if missing
   * @param bytes the new content
   * @throws TransientFailureException if writing fails; an earlier file is then left as it was
   */
  public static void write(Path file, byte[] bytes) {
    replace(file, temporary -> Files.write(temporary, bytes));
  }

  /**
   * Replaces a file by what a writer makes, or puts a folder where there is none.
   *
   * @param target its folder is created if missing
   * @param writer writes to the path it is given
   * @throws TransientFailureException if writing fails; the target is then left as it was
   */
  public static void replace(Path target, Writer writer) {
    Path whole = target.toAbsolutePath();
    Path folder = whole.getParent() == null ? whole : whole.getParent();
    Path temporary =
        folder.resolve("." + whole.getFileName() + "." + ProcessHandle.current().pid() + ".part");
    try {
      Files.createDirectories(folder);
      deleteTree(temporary);
      writer.write(temporary);
      force(temporary);
      move(temporary, whole);
    } catch (IOException e) {
      throw new TransientFailureException(
          whole + " could not be written: " + e + "; check free space and rights, then repeat", e);
    } finally {
      deleteQuietly(temporary);
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

  private static void deleteQuietly(Path path) {
    try {
      deleteTree(path);
    } catch (IOException e) {
      // What is left carries the ".part" name and is deleted by the next write of the same target.
      return;
    }
  }

  private static void force(Path path) throws IOException {
    if (Files.isRegularFile(path)) {
      try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
        channel.force(true);
      }
    }
  }

  private static void move(Path from, Path to) throws IOException {
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
    }
  }
}
