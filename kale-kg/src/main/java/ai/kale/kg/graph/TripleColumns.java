package ai.kale.kg.graph;

/** The triples of a graph under construction, as numbers, in the order in which they were added. */
final class TripleColumns {
  final IntList subjects = new IntList();
  final IntList relations = new IntList();
  final IntList objects = new IntList();
  final boolean weighted;
  final boolean sourced;
  final IntList weights = new IntList();
  final IntList linesLow = new IntList();
  final IntList linesHigh = new IntList();
  final IntList graphs = new IntList();

  TripleColumns(boolean weighted, boolean sourced) {
    this.weighted = weighted;
    this.sourced = sourced;
  }

  void add(int subject, int relation, int object, float weight, long line, int graph) {
    subjects.add(subject);
    relations.add(relation);
    objects.add(object);
    if (weighted) {
      weights.add(Float.floatToIntBits(weight));
    }
    if (sourced) {
      linesLow.add((int) line);
      linesHigh.add((int) (line >>> 32));
      graphs.add(graph);
    }
  }

  int size() {
    return subjects.size();
  }

  /** Replaces the numbers of entities and relations by those that tables give. */
  void renumber(int[] entityNumbers, int[] relationNumbers) {
    subjects.replaceAll(entityNumbers);
    objects.replaceAll(entityNumbers);
    relations.replaceAll(relationNumbers);
  }
}
