package ai.kale.examples.console;

import ai.kale.error.SetupException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Makes folders, with an error that says what to do. */
public final class Folders {
  private Folders() {}

  /**
   * Makes a folder and those above it.
   *
   * @param folder may be there already
   * @return the folder
   */
  public static Path make(Path folder) {
    try {
      return Files.createDirectories(folder);
    } catch (IOException e) {
      throw new SetupException(
          "cannot make the folder "
              + folder
              + " ("
              + e.getMessage()
              + "); choose another with --out",
          e);
    }
  }
}
