package ai.kale.kg.graph;

import java.util.List;

/** A graph in a mapped file, with the sections for checking all of it. */
record MappedGraph(GraphContent content, List<MappedSection> sections) {
  /** Checks every block and whether everything fits together; the problem, or empty. */
  String problem() {
    sections.forEach(MappedSection::checkAll);
    try {
      GraphChecks.contents(content);
      return "";
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      return String.valueOf(e.getMessage());
    }
  }
}
