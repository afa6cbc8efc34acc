package ai.kale.kg.io;

import ai.kale.kg.graph.CompactGraphBuilder;
import ai.kale.kg.graph.LoadedGraph;
import ai.kale.kg.rdf.RdfGraphBuilder;
import java.nio.file.Path;

/** What the readers of one load share: one graph in the making and one account of what was left. */
final class LoadSession {
  private static final int REPORT_EVERY = 1 << 14;
  private final LoadOptions options;
  private final CompactGraphBuilder triples = new CompactGraphBuilder();
  private final RdfGraphBuilder rdf;
  private final BadLines bad;
  private final boolean several;
  private final boolean sources;
  private int files;
  private String blankPrefix = "_:";
  private long excluded;

  /**
   * Starts a load.
   *
   * @param options how to load
   * @param several whether more than one file goes into the graph
   */
  LoadSession(LoadOptions options, boolean several) {
    this.options = options;
    this.several = several;
    this.sources = options.sources();
    if (options.weights() || options.csv().weight().isPresent()) {
      triples.keepWeights();
    }
    if (sources) {
      triples.keepSources();
    }
    this.rdf =
        new RdfGraphBuilder(
            triples, options.languages(), options.rdf().names(), options.rdf().literals());
    this.bad = new BadLines("", options.badInput());
  }

  /** Goes on to a file; its blank nodes are not those of another file. */
  void start(Path file) {
    files++;
    bad.source(file.toString());
    blankPrefix = several ? "_:f" + files + "-" : "_:";
  }

  LoadOptions options() {
    return options;
  }

  CompactGraphBuilder triples() {
    return triples;
  }

  RdfGraphBuilder rdf() {
    return rdf;
  }

  BadLines bad() {
    return bad;
  }

  /** The id of a blank node of this file. */
  String blank(String label) {
    return blankPrefix + label;
  }

  /** Whether statements of a named graph are asked for; those that are not are counted. */
  boolean takes(String graphName) {
    if (options.graphs().isEmpty() || options.graphs().contains(graphName)) {
      return true;
    }
    excluded++;
    return false;
  }

  /** Whether the name of a triple's graph matters. */
  boolean mindsGraphs() {
    return sources || !options.graphs().isEmpty();
  }

  /** Whether triples outside of named graphs are asked for. */
  boolean takesDefaultGraph() {
    return options.graphs().isEmpty() || options.graphs().contains("");
  }

  /** Counts statements that the options leave out. */
  void exclude(long statements) {
    excluded += statements;
  }

  /** The triples added next come from here. */
  void at(long line, String graphName) {
    if (sources) {
      triples.at(line, graphName);
    }
  }

  /** Reports progress every few thousand lines and stops if asked to. */
  void step(long line) {
    if (line % REPORT_EVERY == 0) {
      report(line);
    }
  }

  /** Reports progress now and stops if asked to. */
  void report(long line) {
    options.context().step("load", line, -1);
  }

  /** Reports the end of a file. */
  void end(long lines) {
    options.context().step("load", lines, lines);
  }

  /** Makes the graph; refuses one without a triple. */
  LoadedGraph finish(String what) {
    return TripleFiles.checked(what, rdf.build(bad.count(), excluded, bad.reasons()));
  }
}
