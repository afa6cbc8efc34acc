package ai.kale.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ai.kale.data.Question;
import ai.kale.error.CorruptFileException;
import ai.kale.error.InvalidInputException;
import ai.kale.error.SetupException;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What all formats have in common: bytes, compression, streaming. */
class ReadingTest {
  private static final int MANY = 200_000;
  private static final String MMLU = "Who?,a,b,c,d,A\n";
  private static final String ALPACA =
      "[{\"instruction\": \"Wer schrieb \u00bbFaust\u00ab?\", \"output\": \"Goethe\"}]\n";

  /** A file of one good record in each of the three ways files are read, and its reader. */
  private static final Map<String, QuestionReader> ONE =
      Map.of(
          "[Zoë] is what?\ta spy\n",
          QuestionFormats.metaQa(),
          MMLU,
          QuestionFormats.mmlu(),
          ALPACA,
          QuestionFormats.alpaca(),
          "{\"question\": \"Zoë?\"}\n",
          QuestionFormats.plain());

  @TempDir
  @SuppressWarnings("NullAway.Init")
  Path folder;

  @Test
  void aByteOrderMarkAndGzipAreAllowed() {
    ONE.forEach(
        (content, reader) -> {
          List<Question> plain = reader.read(FormatFiles.write(folder.resolve("set.txt"), content));
          assertThat(plain).hasSize(1);
          assertThat(reader.read(FormatFiles.write(folder.resolve("set.txt"), "\uFEFF" + content)))
              .isEqualTo(plain);
          Path packed = FormatFiles.gzip(folder.resolve("set.txt.gz"), content);
          assertThat(reader.read(packed)).isEqualTo(plain);
        });
  }

  @Test
  void bytesThatAreNotUtf8AreAnErrorWithTheirLine() {
    ONE.forEach(
        (content, reader) -> {
          byte[] good = ("\n" + content.strip()).getBytes(StandardCharsets.UTF_8);
          if (reader.equals(QuestionFormats.metaQa())) {
            good = content.strip().getBytes(StandardCharsets.UTF_8);
          }
          byte[] bytes = Arrays.copyOf(good, good.length + 3);
          bytes[good.length] = '\n';
          bytes[good.length + 1] = (byte) 0xE4;
          bytes[good.length + 2] = '\n';
          Path file = folder.resolve("latin.txt");
          try {
            Files.write(file, bytes);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
          long line = good[0] == '\n' ? 3 : 2;
          assertThatExceptionOfType(InvalidInputException.class)
              .as(content)
              .isThrownBy(() -> reader.read(file))
              .withMessage(
                  file + ":" + line + ": the line is not UTF-8; convert the file to UTF-8");
        });
  }

  @Test
  void gzipThatIsCutShortIsCorrupt() throws IOException {
    Path packed = FormatFiles.gzip(folder.resolve("set.csv.gz"), MMLU.repeat(1000));
    byte[] bytes = Files.readAllBytes(packed);
    Files.write(packed, Arrays.copyOf(bytes, bytes.length / 2));

    assertThatExceptionOfType(CorruptFileException.class)
        .isThrownBy(() -> QuestionFormats.mmlu().read(packed))
        .withMessageContaining(packed.toString());
    Files.write(packed, Arrays.copyOf(bytes, 4));
    assertThatExceptionOfType(CorruptFileException.class)
        .isThrownBy(() -> QuestionFormats.metaQa().read(packed));
  }

  @Test
  void aMissingFileAndAFolderAreErrorsOfTheSetUp() {
    for (QuestionReader reader : ONE.values()) {
      Path none = folder.resolve("none.txt");
      assertThatExceptionOfType(SetupException.class)
          .isThrownBy(() -> reader.read(none))
          .withMessageContaining(none.toString());
    }
    assertThatExceptionOfType(SetupException.class)
        .isThrownBy(() -> QuestionFormats.alpaca().read(folder))
        .withMessageContaining("is a folder");
  }

  @Test
  void aStreamEndsWithAnException() {
    Path file = FormatFiles.write(folder.resolve("set.txt"), MMLU);
    try (QuestionStream stream = QuestionFormats.mmlu().open(file)) {
      assertThat(stream.stream().map(Question::answer)).containsExactly("a");
      assertThat(stream.hasNext()).isFalse();
      assertThat(stream.hasNext()).isFalse();
      assertThatExceptionOfType(NoSuchElementException.class).isThrownBy(stream::next);
    }
  }

  @Test
  void longFilesAreStreamed() throws IOException {
    String filler = "x".repeat(300);
    Map<String, QuestionReader> forms =
        Map.of(
            "who is [E%d " + filler + "]\tA%d", QuestionFormats.metaQa(),
            "Who %d " + filler + "?,a%d,b,c,d,A", QuestionFormats.mmlu(),
            "{\"instruction\": \"Who %d " + filler + "?\", \"output\": \"A%d\"}",
                QuestionFormats.alpaca(),
            "%d{\"instruction\": \"Who " + filler + "?\", \"output\": \"A%d\"}",
                QuestionFormats.alpaca());
    for (Map.Entry<String, QuestionReader> form : forms.entrySet()) {
      boolean array = form.getKey().startsWith("%d");
      Path file = folder.resolve("many.txt");
      try (BufferedWriter out = Files.newBufferedWriter(file)) {
        for (int i = 0; i < MANY; i++) {
          String row = form.getKey().formatted(i, i);
          out.write(
              array ? (i == 0 ? "[\n" : ",\n") + row.substring(row.indexOf('{')) : row + "\n");
        }
        out.write(array ? "\n]\n" : "");
      }
      Runtime runtime = Runtime.getRuntime();
      int read = 0;
      long early = 0;
      long late = 0;
      try (QuestionStream stream = form.getValue().open(file)) {
        while (stream.hasNext()) {
          Question question = stream.next();
          boolean right =
              question.answer().equals("A" + read) || question.answer().equals("a" + read);
          read++;
          if (!right || stream.line() != (array ? read + 1 : read)) {
            assertThat(question + " at line " + stream.line()).isEqualTo("number " + read);
          }
          if (read == MANY / 10 || read == MANY) {
            System.gc();
            early = read == MANY ? early : runtime.totalMemory() - runtime.freeMemory();
            late = runtime.totalMemory() - runtime.freeMemory();
          }
        }
      }
      assertThat(read).isEqualTo(MANY);
      // The questions between the two are more than 54 MB of text.
      assertThat(late - early).as(form.getKey().substring(0, 10)).isLessThan(25L << 20);
      Files.delete(file);
    }
  }
}
