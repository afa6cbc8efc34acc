package ai.kale.kg.io;

import java.nio.file.Path;
import java.util.function.Consumer;

/** Reads tab-separated text without quoting: triples, or names, into a graph in the making. */
final class TsvRows {
  private TsvRows() {}

  /** Reads head, relation, tail, and a weight where the options ask for one. */
  static void read(Path file, LoadSession session) {
    int columns = session.options().weights() ? 4 : 3;
    lines(file, session, fields -> triple(fields, columns, session));
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
      return "'" + shorten(text) + "'";
    }
  }

  /** Reads any rows; blank lines are passed over. */
  static void lines(Path file, LoadSession session, Consumer<Row> rows) {
    BadLines bad = session.bad();
    try (StrictLines lines = new StrictLines(PackedFiles.open(file), bad.source(), bad)) {
      for (String line = lines.next(); line != null; line = lines.next()) {
        if (!line.isBlank()) {
          rows.accept(new Row(lines.number(), line, line.split("\t", -1)));
        }
        session.step(lines.number());
      }
      session.end(lines.number());
    }
  }

  private static void triple(Row row, int columns, LoadSession session) {
    String[] fields = row.fields();
    String problem = "";
    if (fields.length != columns) {
      problem =
          "expected " + columns + " columns separated by tabs, found " + fields.length + ": " + row;
    } else if (fields[0].isBlank() || fields[1].isBlank() || fields[2].isBlank()) {
      int empty = fields[0].isBlank() ? 1 : fields[1].isBlank() ? 2 : 3;
      problem = "column " + empty + " is empty: " + row;
    } else if (columns == 4 && weight(fields[3]) < 0) {
      problem = "the weight must be a number of 0 or more, got '" + shorten(fields[3]) + "'";
    }
    if (!problem.isEmpty()) {
      session.bad().add(row.number(), problem);
    } else if (session.takes("")) {
      session.at(row.number(), "");
      if (columns == 4) {
        session.triples().addTriple(fields[0], fields[1], fields[2], weight(fields[3]));
      } else {
        session.triples().addTriple(fields[0], fields[1], fields[2]);
      }
    }
  }

  /** A weight, or -1 if it is none. */
  static float weight(String text) {
    try {
      float weight = Float.parseFloat(text);
      return Float.isFinite(weight) ? weight : -1;
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  static String shorten(String text) {
    return text.length() <= 80 ? text : text.substring(0, 80) + "…";
  }
}
