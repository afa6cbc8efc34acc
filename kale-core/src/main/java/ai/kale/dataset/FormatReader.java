package ai.kale.dataset;

import ai.kale.error.InvalidInputException;
import ai.kale.error.SetupException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A reader of files, and of folders where the format comes as many files.
 *
 * @param endings of the files of a folder, in lower case; empty if the format takes no folders
 * @param opener opens one file
 */
record FormatReader(Set<String> endings, Function<Path, QuestionStream> opener)
    implements QuestionReader {
  static FormatReader ofFiles(Function<Path, QuestionStream> opener) {
    return new FormatReader(Set.of(), opener);
  }

  @Override
  public QuestionStream open(Path file) {
    return Files.isDirectory(file) ? new FolderStream(files(file), opener) : opener.apply(file);
  }

  private List<Path> files(Path folder) {
    if (endings.isEmpty()) {
      throw new SetupException(folder + " is a folder, but this format is read from one file");
    }
    try (Stream<Path> all = Files.walk(folder)) {
      List<Path> files =
          all.filter(Files::isRegularFile)
              .filter(file -> endings.contains(FileNames.ending(file)))
              .sorted()
              .toList();
      if (files.isEmpty()) {
        throw new InvalidInputException(
            folder.toString(), 0, "there is no file that ends in one of " + endings);
      }
      return files;
    } catch (IOException e) {
      throw new SetupException("cannot list " + folder + " (" + e + "); check the path", e);
    }
  }
}
