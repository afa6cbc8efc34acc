package ai.kale.kg.io;

import ai.kale.error.InvalidInputException;
import java.util.List;
import java.util.Optional;

/** The columns of one CSV file as positions from 0; -1 where there is none. */
record CsvLayout(
    int subject,
    int relation,
    int object,
    int weight,
    int graph,
    int subjectLabel,
    int objectLabel) {

  static CsvLayout of(
      CsvColumns columns, boolean weights, List<String> header, String source, long line) {
    Optional<CsvColumn> weight =
        weights && columns.weight().isEmpty()
            ? Optional.of(CsvColumn.named("weight"))
            : columns.weight();
    return new CsvLayout(
        find(Optional.of(columns.subject()), header, source, line),
        find(columns.relation(), header, source, line),
        find(Optional.of(columns.object()), header, source, line),
        find(weight, header, source, line),
        find(columns.graph(), header, source, line),
        find(columns.subjectLabel(), header, source, line),
        find(columns.objectLabel(), header, source, line));
  }

  private static int find(
      Optional<CsvColumn> wanted, List<String> header, String source, long line) {
    if (wanted.isEmpty()) {
      return -1;
    }
    CsvColumn column = wanted.get();
    if (column.number() > 0) {
      return column.number() - 1;
    }
    int found = -1;
    for (int i = 0; i < header.size(); i++) {
      if (header.get(i).strip().equalsIgnoreCase(column.name())) {
        if (found >= 0) {
          throw new InvalidInputException(
              source, line, "two columns are named '" + column.name() + "'; choose one by number");
        }
        found = i;
      }
    }
    if (found < 0) {
      throw new InvalidInputException(
          source,
          line,
          "there is no "
              + column
              + " in the header "
              + header
              + "; say which columns to read with LoadOptions.withCsv");
    }
    return found;
  }

  /** How many fields a row must have at least. */
  int least() {
    int most = Math.max(Math.max(subject, object), Math.max(relation, weight));
    return 1 + Math.max(most, Math.max(graph, Math.max(subjectLabel, objectLabel)));
  }
}
