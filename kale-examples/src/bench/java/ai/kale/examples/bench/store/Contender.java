package ai.kale.examples.bench.store;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Who takes part. Each runs alone in a JVM of its own, in this order, round after round. */
public enum Contender {
  /** From tab-separated text into memory; writes the graph file for {@link #KALE_MAPPED}. */
  KALE_TSV("kale-tsv", "KALE, TSV", Heap.KALE),
  /** The graph file. */
  KALE_MAPPED("kale-mapped", "KALE, mapped file", Heap.MAPPED),
  /** From N-Triples into memory. */
  KALE_NTRIPLES("kale-nt", "KALE, N-Triples", Heap.KALE),
  /**
   * RDF4J's N-Triples parser alone, its results thrown away: what {@link #KALE_NTRIPLES} is held
   * against.
   */
  RIO_PARSE("rio-parse", "RDF4J Rio, parse only", Heap.KALE),
  /** Jena's default graph, with hash sets. */
  JENA_FAST("jena-fast", "Jena GraphMem2Fast, N-Triples", Heap.PEER),
  /** Jena's graph for very many triples, with bitmaps. */
  JENA_ROARING("jena-roaring", "Jena GraphMem2Roaring, N-Triples", Heap.PEER),
  /** RDF4J's store in memory. */
  RDF4J("rdf4j", "RDF4J MemoryStore, N-Triples", Heap.PEER),
  /** JGraphT's sparse graph: numbers for nodes, no ids and no relations. */
  JGRAPHT("jgrapht", "JGraphT SparseIntDirectedGraph, TSV", Heap.PEER);

  /** Which heap size a contender gets. */
  public enum Heap {
    /** That of KALE. */
    KALE,
    /** That of KALE with its graph in a file. */
    MAPPED,
    /** That of the others. */
    PEER
  }

  private final String key;
  private final String title;
  private final Heap heap;

  Contender(String key, String title, Heap heap) {
    this.key = key;
    this.title = title;
    this.heap = heap;
  }

  /** Its name on the command line and in files. */
  public String key() {
    return key;
  }

  /** Its name in the table. */
  public String title() {
    return title;
  }

  /** The heap it gets. */
  public Heap heap() {
    return heap;
  }

  /**
   * Does the job in this JVM.
   *
   * @param job what to do
   * @return what was measured
   * @throws Exception whatever stops it
   */
  public Measures run(Job job) throws Exception {
    Measures out = new Measures();
    switch (this) {
      case KALE_TSV -> KaleRuns.fromTsv(job, out);
      case KALE_MAPPED -> KaleRuns.mapped(job, out);
      case KALE_NTRIPLES -> KaleRuns.fromNTriples(job, out);
      case RIO_PARSE -> RioParseRun.run(job, out);
      case JENA_FAST -> JenaStore.fast(job, out);
      case JENA_ROARING -> JenaStore.roaring(job, out);
      case RDF4J -> Rdf4jStore.run(job, out);
      case JGRAPHT -> JGraphTStore.run(job, out);
    }
    return out;
  }

  /**
   * The contender of a name.
   *
   * @param key a name
   * @return it, or empty
   */
  public static Optional<Contender> of(String key) {
    return Arrays.stream(values()).filter(c -> c.key.equals(key)).findFirst();
  }

  /** All names, in order. */
  public static List<String> keys() {
    return Arrays.stream(values()).map(Contender::key).toList();
  }
}
