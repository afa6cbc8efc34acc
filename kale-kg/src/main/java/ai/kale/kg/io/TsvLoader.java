package ai.kale.kg.io;

import ai.kale.kg.graph.LoadedGraph;
import java.nio.file.Path;

/**
 * Loads tab-separated text: head, relation, tail on each line, and a weight where asked for. Ids
 * are taken as they stand; there is no header, no quoting and no comment. Blank lines are passed
 * over. Streaming: beyond the graph it needs one line and a few batches of triples. One thread
 * reads, the caller's builds.
 */
public final class TsvLoader {
  private final LoadOptions options;

  /** Creates a loader with the default options. */
  public TsvLoader() {
    this(LoadOptions.defaults());
  }

  /**
   * Creates a loader.
   *
   * @param options how to load; languages do not matter here
   */
  public TsvLoader(LoadOptions options) {
    this.options = options;
  }

  /**
   * Loads a file, plain or packed.
   *
   * @param file the file
   * @return the graph and what was left out
   * @throws ai.kale.error.SetupException if the file cannot be opened
   * @throws ai.kale.error.InvalidInputException if a line is malformed and the policy does not
   *     allow it, with file and line; or if there is no triple at all
   * @throws ai.kale.error.OperationCancelledException if cancelled
   */
  public LoadedGraph load(Path file) {
    return TripleFiles.load(file, TsvRows::read, options);
  }
}
