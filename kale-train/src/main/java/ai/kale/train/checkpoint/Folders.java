package ai.kale.train.checkpoint;

import ai.kale.error.SetupException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Folders to write to. */
final class Folders {
  private Folders() {}

  static void create(Path folder) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new SetupException(
          "cannot create the folder " + folder + ": " + e + "; name a writable one", e);
    }
  }
}
