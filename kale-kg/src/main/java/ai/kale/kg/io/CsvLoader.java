package ai.kale.kg.io;

import ai.kale.kg.graph.LoadedGraph;
import java.nio.file.Path;

/**
 * Loads tables: one triple a row, in columns of your choice, with quoting as in RFC 4180, plain or
 * packed with gzip or bzip2. UTF-8 only. Streaming.
 *
 * <p>A row with another number of fields than the first, an empty id or a bad weight is malformed
 * and goes by the policy for bad input. A quote that is not closed hides where rows end, so it
 * always fails the load.
 */
public final class CsvLoader {
  private final LoadOptions options;

  /**
   * Creates a loader with the default options.
   *
   * @param columns what the columns mean
   */
  public CsvLoader(CsvColumns columns) {
    this(LoadOptions.defaults().withCsv(columns));
  }

  /**
   * Creates a loader.
   *
   * @param options how to load; languages and the options of RDF do not matter here
   */
  public CsvLoader(LoadOptions options) {
    this.options = options;
  }

  /**
   * Loads a file, whatever its name.
   *
   * @param file the file
   * @return the graph and what was left out
   * @throws ai.kale.error.SetupException if the file cannot be opened
   * @throws ai.kale.error.InvalidInputException if a column is missing; if a row is malformed and
   *     the policy does not allow it, with file and line; or if there is no triple at all
   * @throws ai.kale.error.OperationCancelledException if cancelled
   */
  public LoadedGraph load(Path file) {
    return TripleFiles.load(file, CsvRows::read, options);
  }
}
