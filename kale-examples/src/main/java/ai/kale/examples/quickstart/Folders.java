package ai.kale.examples.quickstart;

import ai.kale.error.SetupException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Makes folders, with an error that says what to do. */
final class Folders {
  private Folders() {}

  static Path make(Path folder) {
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
