package ai.kale.kg.io;

import java.nio.file.Path;
import java.util.function.Consumer;

/** Reads tab-separated text without quoting: triples, or names, into a graph in the making. */
final class TsvRows {
  private static final int REPORT_EVERY = 1 << 14;

  private TsvRows() {}

  /** Reads head, relation, tail, and a weight where the options ask for one. */
  static void read(Path file, LoadSession session) {
    TsvReader reader = new TsvReader(session.options().weights(), session.bad());
    boolean wanted = session.takesDefaultGraph();
    try (ByteLines lines = new ByteLines(PackedFiles.open(file), file.toString());
        BatchPipe pipe = new BatchPipe("kale-load-tsv", to -> reader.read(lines, to))) {
      long[] next = {REPORT_EVERY};
      pipe.drain(
          batch -> {
            if (wanted) {
              session.triples().addAll(batch);
            } else {
              session.exclude(batch.size());
            }
            long line = reader.line();
            if (line >= next[0]) {
              next[0] = line + REPORT_EVERY;
              session.report(line);
            }
          });
      session.end(lines.number());
    }
  }

  /** Reads an id, a name and any number of other names a row. */
  static void readNames(Path file, LoadSession session) {
    lines(
        file,
        session,
        row -> {
          String[] fields = row.fields();
          if (fields.length < 2 || fields[0].isBlank()) {
            session
                .bad()
                .add(row.number(), "expected an id and a name, separated by a tab: " + row);
            return;
          }
          for (String field : fields) {
            Texts.check(field);
          }
          session.triples().addLabel(fields[0], fields[1]);
          for (int i = 2; i < fields.length; i++) {
            session.triples().addAlias(fields[0], fields[i]);
          }
        });
  }

  /** One line and its fields. */
  record Row(long number, String text, String[] fields) {
    @Override
    public String toString() {
      return "'" + Texts.shorten(text) + "'";
    }
  }

  /** Reads any rows; blank lines are passed over. */
  static void lines(Path file, LoadSession session, Consumer<Row> rows) {
    BadLines bad = session.bad();
    try (ByteLines lines = new ByteLines(PackedFiles.open(file), bad.source())) {
      while (lines.next()) {
        String line = Utf8.line(lines, bad);
        if (line != null && !line.isBlank()) {
          row(new Row(lines.number(), line, line.split("\t", -1)), rows, bad);
        }
        session.step(lines.number());
      }
      session.end(lines.number());
    }
  }

  private static void row(Row row, Consumer<Row> rows, BadLines bad) {
    try {
      rows.accept(row);
    } catch (IllegalArgumentException e) {
      // Too long for an id or a name.
      bad.add(row.number(), String.valueOf(e.getMessage()));
    }
  }
}
