package ai.kale.examples.dataset;

import ai.kale.error.InvalidInputException;
import ai.kale.error.SetupException;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Whole text files with errors that say what to do. */
final class Lines {
  private Lines() {}

  static List<String> read(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new SetupException("no such file: " + file + "; check the path");
    }
    try {
      List<String> lines = Files.readAllLines(file);
      if (lines.stream().allMatch(String::isBlank)) {
        throw new InvalidInputException(file.toString(), 0, "is empty");
      }
      return lines;
    } catch (MalformedInputException e) {
      throw new InvalidInputException(file.toString(), 0, "is not UTF-8", e);
    } catch (IOException e) {
      throw new SetupException("cannot read " + file + ": " + e.getMessage(), e);
    }
  }
}
