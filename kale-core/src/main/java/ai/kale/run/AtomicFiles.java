package ai.kale.run;

import ai.kale.error.SetupException;
import java.io.BufferedOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Writes files whole or not at all: into a temporary file in the same folder, forced to the device,
 * then moved over the target in one step. A reader sees the old content or the new, never a part;
 * on any failure the target is as it was and the temporary file is deleted. A thread that is
 * interrupted finishes its file and stays interrupted.
 */
public final class AtomicFiles {
  private AtomicFiles() {}

  /** Writes the content of a file. */
  @FunctionalInterface
  public interface Content {
    /**
     * Writes everything.
     *
     * @param out buffered; closed by the caller
     * @throws IOException if the content cannot be written
     */
    void writeTo(OutputStream out) throws IOException;
  }

  /**
   * Writes a file, replacing one that is there. A symbolic link is followed, not replaced.
   *
   * @param file target; its folder must exist
   * @param content writes the bytes; what it throws, other than {@link IOException}, is passed on
   *     after cleaning up
   * @throws SetupException if the file cannot be written: no such folder, no permission, disk full
   */
  public static void write(Path file, Content content) {
    Path target = file.toAbsolutePath();
    Path temporary = null;
    try {
      if (Files.isSymbolicLink(target)) {
        target = target.toRealPath();
      }
      if (Files.exists(target) && !Files.isRegularFile(target)) {
        throw new SetupException("cannot write " + file + ": it is there and is not a plain file");
      }
      temporary = siblingOf(target);
      fill(temporary, content);
      move(temporary, target);
      temporary = null;
      forceFolder(target);
    } catch (UncheckedIOException e) {
      throw failure(file, new IOException(e.getMessage(), e));
    } catch (IOException e) {
      throw failure(file, e);
    } finally {
      deleteQuietly(temporary);
    }
  }

  /**
   * Writes a text file in UTF-8, replacing one that is there.
   *
   * @param file target; its folder must exist
   * @param text the whole content
   * @throws SetupException if the file cannot be written
   */
  public static void writeString(Path file, String text) {
    write(file, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
  }

  /**
   * Moves a complete file over another in one step, for content that was written over a longer
   * time.
   *
   * @param complete closed and forced to the device; gone afterwards
   * @param target in the same folder; replaced if there
   * @throws SetupException if it cannot be moved; then both are as they were
   */
  public static void replace(Path complete, Path target) {
    try {
      move(complete, target);
    } catch (IOException e) {
      throw new SetupException(
          "cannot rename "
              + complete
              + " to "
              + target
              + " ("
              + e
              + "); both are as they were. Check the folder's permissions",
          e);
    }
    forceFolder(target);
  }

  private static Path siblingOf(Path target) {
    String name = "." + target.getFileName() + "." + UUID.randomUUID() + ".tmp";
    return target.resolveSibling(name);
  }

  private static void fill(Path temporary, Content content) throws IOException {
    Files.createFile(temporary);
    // Not a channel, which closes itself when the thread is interrupted.
    try (FileOutputStream file = new FileOutputStream(temporary.toFile());
        OutputStream out = new BufferedOutputStream(file, 1 << 16)) {
      content.writeTo(out);
      out.flush();
      file.getFD().sync();
    }
  }

  private static void move(Path temporary, Path target) throws IOException {
    try {
      Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException e) {
      throw new IOException("this file system cannot rename in one step", e);
    }
  }

  /** Makes the rename itself durable where the platform can (not on Windows). */
  private static void forceFolder(Path target) {
    Path folder = target.getParent();
    if (folder == null) {
      return;
    }
    boolean interrupted = Thread.interrupted();
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException e) {
      // The file is complete and in place; only its survival of a power cut is less certain.
      return;
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static void deleteQuietly(@Nullable Path temporary) {
    if (temporary != null) {
      try {
        Files.deleteIfExists(temporary);
      } catch (IOException e) {
        // The first failure is the one to report.
        return;
      }
    }
  }

  private static SetupException failure(Path file, IOException e) {
    return new SetupException(
        "cannot write "
            + file
            + " ("
            + e
            + "); nothing was changed there. Check that the folder exists, is writable and has"
            + " room",
        e);
  }
}
