package ai.kale.kg.graph;

/**
 * Where triples came from, in the order of their arcs along the arrow: 12 bytes a triple, or 16
 * with line numbers above 2^32, and 4 an entity.
 */
final class TripleSources {
  final IntColumn offsets;
  final IntColumn linesLow;
  final IntColumn linesHigh;
  final IntColumn graphs;
  final ShortTexts graphNames;

  TripleSources(
      IntColumn offsets,
      IntColumn linesLow,
      IntColumn linesHigh,
      IntColumn graphs,
      ShortTexts graphNames) {
    this.offsets = offsets;
    this.linesLow = linesLow;
    this.linesHigh = linesHigh;
    this.graphs = graphs;
    this.graphNames = graphNames;
  }

  /**
   * Gathers sources.
   *
   * @param off where each entity's arcs start
   * @param forward for each arc along the arrow the number of its triple, else -1
   */
  static TripleSources of(int[] off, int[] forward, TripleColumns triples, ShortTexts names) {
    int count = forward.length / 2;
    int[] offsets = new int[off.length];
    int[] low = new int[count];
    int[] high = new int[count];
    int[] graphs = new int[count];
    int next = 0;
    int anyHigh = 0;
    for (int v = 0; v + 1 < off.length; v++) {
      offsets[v] = next;
      for (int a = off[v]; a < off[v + 1]; a++) {
        if (forward[a] >= 0) {
          low[next] = triples.linesLow.get(forward[a]);
          high[next] = triples.linesHigh.get(forward[a]);
          anyHigh |= high[next];
          graphs[next++] = triples.graphs.get(forward[a]);
        }
      }
    }
    offsets[off.length - 1] = next;
    return new TripleSources(
        IntColumn.of(offsets),
        IntColumn.of(low),
        IntColumn.of(anyHigh == 0 ? new int[0] : high),
        IntColumn.of(graphs),
        names);
  }

  TripleSources onHeap() {
    return new TripleSources(
        offsets.onHeap(), linesLow.onHeap(), linesHigh.onHeap(), graphs.onHeap(), graphNames);
  }

  /** Bytes held. */
  long byteLength() {
    return offsets.byteLength()
        + linesLow.byteLength()
        + linesHigh.byteLength()
        + graphs.byteLength();
  }

  /** The source of the {@code rank}th arc along the arrow of an entity. */
  TripleSource get(int entity, int rank) {
    int at = offsets.get(entity) + rank;
    long high = linesHigh.size() == 0 ? 0 : linesHigh.get(at);
    return new TripleSource(
        high << 32 | (linesLow.get(at) & 0xffffffffL), graphNames.get(graphs.get(at)));
  }
}
