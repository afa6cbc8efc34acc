package ai.kale.dataset;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ai.kale.data.Question;
import ai.kale.error.InvalidInputException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/** Small files for tests of formats. */
final class FormatFiles {
  private FormatFiles() {}

  static Path write(Path file, String content) {
    try {
      Files.createDirectories(file.getParent());
      return Files.writeString(file, content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Path gzip(Path file, String content) {
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write(content.getBytes(StandardCharsets.UTF_8));
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<Question> read(QuestionReader reader, Path folder, String name, String content) {
    return reader.read(write(folder.resolve(name), content));
  }

  /** Reading fails at the line, with a message that holds the text. */
  static void refused(
      QuestionReader reader, Path folder, String content, long line, String message) {
    Path file = write(folder.resolve("set.txt"), content);
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> reader.read(file))
        .withMessageStartingWith(line == 0 ? file + ": " : file + ":" + line + ": ")
        .withMessageContaining(message)
        .matches(e -> e.line() == line, "line " + line);
  }
}
