package ai.kale.examples.bench.store;

/** What can be measured of a contender. Times are cold: the first load of a fresh JVM. */
public enum Metric {
  /** Loading, seconds on the clock. */
  LOAD_WALL,
  /** Loading, seconds of all processors of the process, collector and compiler included. */
  LOAD_CPU,
  /** Heap in use after loading and a full collection, less that before loading; bytes. */
  HEAP_LIVE,
  /** Most heap in use while loading, sampled every 5 ms, garbage included; bytes. */
  HEAP_PEAK,
  /** Triples held. */
  TRIPLES,
  /** Arcs a second over random entities. */
  SCAN_RANDOM,
  /** Arcs a second over consecutive entities. */
  SCAN_SEQUENTIAL,
  /** As {@link #SCAN_RANDOM}, through {@code KnowledgeGraph.expand}. */
  EXPAND_RANDOM,
  /** As {@link #SCAN_SEQUENTIAL}, through {@code KnowledgeGraph.expand}. */
  EXPAND_SEQUENTIAL,
  /** Arcs of the random entities. */
  RANDOM_ARCS,
  /** Checksum over the neighbours of the random entities, 52 bits. */
  CHECK_NEIGHBOURS,
  /** The same with relations; not of stores without. */
  CHECK_ARCS,
  /** Bytes of the adjacency arrays. */
  ARRAYS,
  /** Entities held. */
  ENTITIES,
  /** Bytes of the entity dictionary's table. */
  DICTIONARY_SLOTS,
  /** Bytes of its positions. */
  DICTIONARY_POSITIONS,
  /** Bytes of its text. */
  DICTIONARY_TEXT,
  /** The content hash, seconds. */
  SNAPSHOT,
  /** Writing the graph file after that, seconds. */
  WRITE,
  /** Size of the graph file, bytes. */
  FILE,
  /** The first open of a fresh JVM, milliseconds. */
  OPEN_FIRST,
  /** Median of further opens, milliseconds. */
  OPEN_WARM,
  /** Checking every block of the graph file, seconds. */
  VERIFY
}
