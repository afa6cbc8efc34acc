package ai.kale.kg.io;

import ai.kale.error.InvalidInputException;
import ai.kale.error.KaleException;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads CSV as {@link CsvColumns} says. */
final class CsvRows {
  private final LoadSession session;
  private final CsvColumns columns;
  private @Nullable CsvLayout layout;
  private int fields;
  private long line;

  private CsvRows(LoadSession session) {
    this.session = session;
    this.columns = session.options().csv();
  }

  static void read(Path file, LoadSession session) {
    new CsvRows(session).read(file);
  }

  private void read(Path file) {
    CsvReader.CsvReaderBuilder format =
        CsvReader.builder()
            .fieldSeparator(columns.separator())
            .quoteCharacter(columns.quote())
            .allowUnclosedQuote(false)
            .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
            .missingFieldStrategy(FieldMismatchStrategy.IGNORE);
    try (StrictReader in = new StrictReader(PackedFiles.open(file), file.toString(), session);
        CsvReader<CsvRecord> rows = format.ofCsvRecord(in)) {
      Iterator<CsvRecord> each = rows.iterator();
      while (each.hasNext()) {
        row(each.next());
      }
      session.end(line);
    } catch (CsvParseException e) {
      if (e.getCause() instanceof KaleException ours) {
        throw ours;
      }
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new InvalidInputException(
          file.toString(),
          line + 1,
          "malformed CSV from here on: "
              + cause.getMessage()
              + "; what follows cannot be read, so it cannot be skipped: mend the quotes",
          e);
    } catch (IOException e) {
      throw PackedFiles.failure(file.toString(), line, e);
    }
  }

  private void row(CsvRecord row) {
    line = row.getStartingLineNumber();
    CsvLayout known = layout;
    if (known == null) {
      List<String> header = columns.header() ? row.getFields() : List.of();
      known =
          CsvLayout.of(columns, session.options().weights(), header, session.bad().source(), line);
      layout = known;
      if (columns.header()) {
        fields = row.getFieldCount();
        return;
      }
    }
    if (fields == 0 && row.getFieldCount() >= known.least()) {
      fields = row.getFieldCount(); // the first row that can be right tells how wide rows are
    }
    session.step(line);
    String problem = problem(row, known);
    if (!problem.isEmpty()) {
      session.bad().add(line, problem);
      return;
    }
    try {
      add(row, known);
    } catch (IllegalArgumentException e) {
      // Too long for an id or a name.
      session.bad().add(line, String.valueOf(e.getMessage()));
    }
  }

  private String problem(CsvRecord row, CsvLayout at) {
    if (row.getFieldCount() != fields || fields < at.least()) {
      int expected = Math.max(fields, at.least());
      return "expected " + expected + " fields, found " + row.getFieldCount() + ": " + shorten(row);
    }
    for (int i : new int[] {at.subject(), at.relation(), at.object()}) {
      if (i >= 0 && row.getField(i).isBlank()) {
        return "field " + (i + 1) + " is empty: " + shorten(row);
      }
    }
    return at.weight() >= 0 && TsvRows.weight(row.getField(at.weight())) < 0
        ? "the weight must be a number of 0 or more, got '" + row.getField(at.weight()) + "'"
        : "";
  }

  private void add(CsvRecord row, CsvLayout at) {
    String graph = at.graph() < 0 ? "" : row.getField(at.graph());
    if (!session.takes(graph)) {
      return;
    }
    String subject = row.getField(at.subject());
    String object = row.getField(at.object());
    String relation = at.relation() < 0 ? columns.constantRelation() : row.getField(at.relation());
    session.at(line, graph);
    if (at.weight() < 0) {
      session.triples().addTriple(subject, relation, object);
    } else {
      float weight = TsvRows.weight(row.getField(at.weight()));
      session.triples().addTriple(subject, relation, object, weight);
    }
    label(subject, row, at.subjectLabel());
    label(object, row, at.objectLabel());
  }

  private void label(String id, CsvRecord row, int column) {
    if (column >= 0 && !row.getField(column).isBlank()) {
      session.triples().addLabel(id, row.getField(column));
    }
  }

  private static String shorten(CsvRecord row) {
    return TsvRows.shorten(row.getFields().toString());
  }
}
