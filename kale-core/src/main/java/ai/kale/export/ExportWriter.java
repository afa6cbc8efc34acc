package ai.kale.export;

import ai.kale.data.RationalizedQuestion;
import ai.kale.error.InvalidInputException;
import ai.kale.run.AtomicFiles;
import ai.kale.run.Hashes;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.CharacterEscapes;
import com.fasterxml.jackson.core.io.SerializedString;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes the rows of any export. */
final class ExportWriter {
  private static final ObjectMapper MAPPER =
      new ObjectMapper(new JsonFactoryBuilder().characterEscapes(new LineEscapes()).build());

  private ExportWriter() {}

  static ExportedFile write(Export export, Path file, Iterator<RationalizedQuestion> rows) {
    if (!rows.hasNext()) {
      throw new InvalidInputException("there is no row to export to " + file);
    }
    Tally tally = new Tally();
    AtomicFiles.write(
        file,
        out -> {
          while (rows.hasNext()) {
            tally.write(line(export, rows.next()), out);
          }
        });
    String hash = HexFormat.of().formatHex(tally.digest.digest());
    return new ExportedFile(file, export.format(), tally.rows, tally.bytes, hash);
  }

  private static byte[] line(Export export, RationalizedQuestion row) throws IOException {
    try {
      Map<String, Object> columns = export.row(row);
      columns.forEach(ExportWriter::check);
      return (MAPPER.writeValueAsString(columns) + "\n").getBytes(StandardCharsets.UTF_8);
    } catch (InvalidInputException e) {
      throw new InvalidInputException(
          "question " + row.question().id() + ", as " + export.format(),
          0,
          String.valueOf(e.getMessage()),
          e);
    }
  }

  /** Refuses what a reader would get other than it is here. */
  private static void check(String column, Object value) {
    if (value instanceof String text) {
      for (int i = 0; i < text.length(); i++) {
        char c = text.charAt(i);
        boolean pair =
            Character.isHighSurrogate(c)
                && i + 1 < text.length()
                && Character.isLowSurrogate(text.charAt(i + 1));
        if (Character.isSurrogate(c) && !pair) {
          throw new InvalidInputException(
              column
                  + " has half a surrogate pair at "
                  + i
                  + ", which UTF-8 cannot express; mend the text");
        }
        i += pair ? 1 : 0;
      }
    } else if (value instanceof Collection<?> values) {
      values.forEach(each -> check(column, each));
    } else if (value instanceof Map<?, ?> values) {
      values.values().forEach(each -> check(column, each));
    }
  }

  /** The text of a column that must not be empty. */
  static String filled(String what, String text) {
    if (text.isBlank()) {
      throw new InvalidInputException("its " + what + " is empty; mend or leave out the question");
    }
    return text;
  }

  private static final class Tally {
    private final MessageDigest digest = Hashes.newSha256();
    private long rows;
    private long bytes;

    void write(byte[] line, OutputStream out) throws IOException {
      out.write(line);
      digest.update(line);
      rows++;
      bytes += line.length;
    }
  }

  /** Escapes what some readers take for the end of a line, besides what JSON demands. */
  private static final class LineEscapes extends CharacterEscapes {
    private static final long serialVersionUID = 1L;
    private static final int[] ASCII = standardAsciiEscapesForJSON();

    @Override
    public int[] getEscapeCodesForAscii() {
      return ASCII;
    }

    @Override
    public @Nullable SerializableString getEscapeSequence(int c) {
      return c == 0x85 || c == 0x2028 || c == 0x2029
          ? new SerializedString(String.format("\\u%04x", c))
          : null;
    }
  }
}
