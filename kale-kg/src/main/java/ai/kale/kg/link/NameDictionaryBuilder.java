package ai.kale.kg.link;

import ai.kale.KnowledgeGraph;

/**
 * Makes the {@link NameDictionary} of a graph. Names are sorted in memory up to a limit; a graph
 * with more is read several times, each time for the names that begin with some range of two bytes.
 * So memory beyond the result does not grow with the graph, unless most names begin alike.
 */
final class NameDictionaryBuilder {
  private static final int DEFAULT_LIMIT = 64 << 20;
  private static final int PREFIXES = 1 << 16;

  private final KnowledgeGraph graph;
  private final Folding folding;
  private final int limit;
  private final FirstTokens firstTokens;
  private final NameAutomaton.Builder automaton = new NameAutomaton.Builder();
  private final EntitiesOfNames entities;

  NameDictionaryBuilder(KnowledgeGraph graph, Folding folding) {
    this(graph, folding, DEFAULT_LIMIT);
  }

  /** With another limit, in bytes of names. */
  NameDictionaryBuilder(KnowledgeGraph graph, Folding folding, int limit) {
    this.graph = graph;
    this.folding = folding;
    this.limit = limit;
    this.firstTokens = new FirstTokens(graph.entityCount());
    this.entities = new EntitiesOfNames(graph);
  }

  NameDictionary build() {
    NameKeys keys = new NameKeys();
    long[] sizes = new long[PREFIXES];
    boolean[] tooMany = new boolean[1];
    GraphNames.forEach(
        graph,
        (name, entity) -> {
          FoldedText folded = FoldedText.whole(name, folding);
          if (folded.tokens() > 0) {
            firstTokens.add(folded.hash(0));
            sizes[prefix(folded)] += folded.length();
            tooMany[0] |= keys.byteLength() + (long) folded.length() > limit;
            if (!tooMany[0]) {
              keys.add(folded.bytes(), folded.length(), entity);
            }
          }
        });
    if (!tooMany[0]) {
      addAll(keys);
    } else {
      for (int from = 0; from < PREFIXES; ) {
        int to = from + 1;
        long size = sizes[from];
        while (to < PREFIXES && size + sizes[to] <= limit) {
          size += sizes[to++];
        }
        addRange(keys, size, from, to);
        from = to;
      }
    }
    return new NameDictionary(
        automaton.build(), firstTokens, entities.entityOfName(), entities.shared());
  }

  /** Reads the graph again, unless no name is in the range. */
  private void addRange(NameKeys keys, long size, int from, int to) {
    keys.clear();
    if (size > 0) {
      GraphNames.forEach(
          graph,
          (name, entity) -> {
            FoldedText folded = FoldedText.whole(name, folding);
            if (folded.tokens() > 0 && prefix(folded) >= from && prefix(folded) < to) {
              keys.add(folded.bytes(), folded.length(), entity);
            }
          });
    }
    addAll(keys);
  }

  private void addAll(NameKeys keys) {
    keys.forEachSorted(
        (bytes, start, length, own) -> {
          automaton.add(bytes, start, length);
          entities.add(own);
        });
    entities.rank();
  }

  private static int prefix(FoldedText text) {
    byte[] bytes = text.bytes();
    int first = (bytes[0] & 0xFF) << 8;
    return text.length() > 1 ? first | (bytes[1] & 0xFF) : first;
  }
}
