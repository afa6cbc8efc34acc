package ai.kale.kg.graph;

/**
 * What must hold in a graph file beyond its checksums, which a faulty writer gets right too. Every
 * breach is an {@link IllegalArgumentException} that names it.
 */
final class GraphChecks {
  private GraphChecks() {}

  /** Whether the sizes of the columns fit together. O(1); reads nothing. */
  static void sizes(GraphContent graph) {
    int entities = graph.entities.size();
    int relations = graph.relations.size();
    dictionary("entity", graph.entities);
    dictionary("relation", graph.relations);
    require(graph.entityNames.offsets.size() == entities + 1, "offsets of entity names");
    require(graph.relationNames.offsets.size() == relations + 1, "offsets of relation names");
    AdjacencyArrays arcs = graph.arcs;
    int count = arcs.neighbours().size();
    require(arcs.offsets().size() == entities + 1, "offsets of arcs");
    require(count % 2 == 0 && arcs.labels().size() == count, "labels of arcs");
    IntColumn weights = arcs.weights();
    require(weights == null || weights.size() == count, "weights of arcs");
    TripleSources sources = graph.sources;
    if (sources != null) {
      int high = sources.linesHigh.size();
      require(sources.offsets.size() == entities + 1, "offsets of sources");
      require(sources.linesLow.size() == count / 2, "lines of sources");
      require(high == 0 || high == count / 2, "high halves of lines of sources");
      require(sources.graphs.size() == count / 2, "graphs of sources");
    }
  }

  private static void dictionary(String what, IdDictionary ids) {
    int slots = ids.slots.size();
    require(slots > ids.size() && Integer.bitCount(slots) == 1, what + " slots");
  }

  /** Whether every number points to something, and every id is in its place and found. O(size). */
  static void contents(GraphContent graph) {
    int entities = graph.entities.size();
    int relations = graph.relations.size();
    ids("entity", graph.entities);
    ids("relation", graph.relations);
    names("entity", graph.entityNames);
    names("relation", graph.relationNames);
    AdjacencyArrays arcs = graph.arcs;
    rising("arcs", arcs.offsets(), arcs.arcCount());
    for (int a = 0; a < arcs.arcCount(); a++) {
      require(arcs.neighbour(a) >= 0 && arcs.neighbour(a) < entities, "neighbour of arc " + a);
      require(arcs.relationAt(a) < relations && arcs.labelAt(a) >= 0, "relation of arc " + a);
      require(arcs.weightAt(a) >= 0 && arcs.weightAt(a) <= Float.MAX_VALUE, "weight of arc " + a);
    }
    TripleSources sources = graph.sources;
    if (sources != null) {
      rising("sources", sources.offsets, sources.graphs.size());
      for (int i = 0; i < sources.graphs.size(); i++) {
        int name = sources.graphs.get(i);
        require(name >= 0 && name < sources.graphNames.size(), "graph of source " + i);
      }
    }
  }

  private static void ids(String what, IdDictionary ids) {
    String last = "";
    for (int number = 0; number < ids.size(); number++) {
      text(what + " " + number, ids.text, ids.positions.get(number), ids.namespaces.size());
      String id = ids.get(number);
      require(ids.find(id) == number, what + " " + number + " is not found by its id");
      require(number == 0 || last.compareTo(id) < 0, "order of the id of " + what + " " + number);
      last = id;
    }
  }

  private static void names(String what, NameTable names) {
    rising(what + " names", names.offsets, names.positions.size());
    for (int i = 0; i < names.positions.size(); i++) {
      text(what + " name " + i, names.text, names.positions.get(i), names.languages.size());
    }
  }

  private static void text(String what, TextStore text, int position, int tags) {
    long length = text.byteLength();
    require((position & 0xffffffffL) < length, "position of " + what);
    int tag = text.tag(position);
    require(tag >= 0 && tag < tags, "tag of " + what);
    int size = text.length(position);
    require(size >= 0 && size <= length - text.start(position), "length of " + what);
  }

  private static void rising(String what, IntColumn offsets, int end) {
    int last = 0;
    for (int i = 0; i < offsets.size(); i++) {
      require(offsets.get(i) >= last, "offsets of " + what);
      last = offsets.get(i);
    }
    require(last == end && offsets.get(0) == 0, "end of " + what);
  }

  private static void require(boolean holds, String what) {
    if (!holds) {
      throw new IllegalArgumentException(what);
    }
  }
}
