package ai.kale.train.io;

import ai.kale.error.SetupException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/**
 * Files of a checkpoint, which may be symbolic links: a download cache keeps them so. A link that
 * leads nowhere is a damaged folder, never a missing file.
 */
public final class SourceFiles {
  private SourceFiles() {}

  /**
   * Whether something has this name, even if it cannot be read.
   *
   * @param file any path
   * @return false only if nothing is there
   */
  public static boolean isThere(Path file) {
    return Files.exists(file, LinkOption.NOFOLLOW_LINKS);
  }

  /**
   * Requires a file, or a link to one.
   *
   * @param file what will be read
   * @param hint what to do if nothing is there
   * @throws SetupException if nothing is there, or it is a folder or a link that leads nowhere
   */
  public static void require(Path file, String hint) {
    if (Files.isRegularFile(file)) {
      return;
    }
    if (!isThere(file)) {
      throw new SetupException("there is no file " + file + "; " + hint);
    }
    String what =
        Files.isDirectory(file)
            ? "a folder"
            : Files.isSymbolicLink(file) ? "a link that leads nowhere" : "not a plain file";
    throw new SetupException(file + " is " + what + "; put the file itself there");
  }
}
