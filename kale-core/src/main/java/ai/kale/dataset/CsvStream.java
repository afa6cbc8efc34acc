package ai.kale.dataset;

import ai.kale.data.Question;
import ai.kale.error.InvalidInputException;
import ai.kale.error.KaleException;
import ai.kale.jsonl.TextFiles;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/** Questions of which each is one row of a CSV file. */
final class CsvStream extends SourceStream {
  /** Makes a question of one row. One instance reads one file. */
  interface Decoder {
    /**
     * One question.
     *
     * @param row its values
     * @param source the file
     * @param line the row's first line
     * @param id for sets whose questions have none: the file's name and the number of the row
     */
    Question decode(List<String> row, String source, long line, String id);

    /** Told the names of the columns first, where there is a header. */
    default void header(List<String> names, String source) {}

    /** Called at the end of the file. */
    default void end(String source) {}
  }

  private final Path file;
  private final CsvReader<CsvRecord> reader;
  private final Iterator<CsvRecord> rows;
  private final Decoder decoder;
  private final String name;
  private boolean header;
  private long line;
  private long count;

  CsvStream(Path file, CsvDialect dialect, Decoder decoder) {
    this.file = file;
    this.decoder = decoder;
    this.header = dialect.header();
    this.name = FileNames.base(file);
    this.reader =
        CsvReader.builder()
            .fieldSeparator(dialect.separator())
            .quoteCharacter(dialect.quote())
            .allowUnclosedQuote(false)
            .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
            .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
            .ofCsvRecord(TextFiles.reader(file));
    this.rows = reader.iterator();
  }

  @Override
  List<Question> more() {
    inRecord(false);
    Optional<CsvRecord> row = row();
    if (row.isPresent() && header) {
      header = false;
      decoder.header(row.get().getFields(), source());
      row = row();
    }
    if (row.isEmpty()) {
      decoder.end(source());
      return List.of();
    }
    count++;
    inRecord(true);
    return List.of(decoder.decode(row.get().getFields(), source(), line, name + "-" + count));
  }

  private Optional<CsvRecord> row() {
    try {
      if (!rows.hasNext()) {
        return Optional.empty();
      }
      CsvRecord row = rows.next();
      line = row.getStartingLineNumber();
      return Optional.of(row);
    } catch (CsvParseException e) {
      if (e.getCause() instanceof KaleException ours) {
        throw ours;
      }
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new InvalidInputException(
          source(),
          line + 1,
          "malformed CSV from here on: " + cause.getMessage() + "; mend the quotes",
          e);
    } catch (UncheckedIOException e) {
      IOException cause = e.getCause();
      throw cause == null ? e : TextFiles.failure(file, cause);
    }
  }

  @Override
  long position() {
    return line;
  }

  @Override
  public String source() {
    return file.toString();
  }

  @Override
  public void close() {
    try {
      reader.close();
    } catch (IOException e) {
      throw TextFiles.failure(file, e);
    }
  }
}
