package ai.kale.kg.io;

import ai.kale.kg.graph.CompactGraph;
import ai.kale.kg.graph.CompactGraphBuilder;
import ai.kale.kg.graph.LoadReport;
import ai.kale.kg.graph.LoadedGraph;
import ai.kale.kg.graph.TripleBatch;
import java.nio.file.Path;

/**
 * Loads tab-separated text: head, relation, tail on each line, and a weight where asked for. Ids
 * are taken as they stand; there is no header, no quoting and no comment. Blank lines are passed
 * over. Streaming: beyond the graph it needs one line and a few batches of triples. One thread
 * reads, the caller's builds.
 */
public final class TsvLoader {
  private static final int REPORT_EVERY = 16;
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
    BadLines bad = new BadLines(file.toString(), options.badInput());
    CompactGraphBuilder builder =
        options.weights() ? CompactGraphBuilder.weighted() : new CompactGraphBuilder();
    long lines = read(file, builder, bad);
    options.context().step("load", lines, lines);
    CompactGraph graph = builder.build();
    return TripleFiles.checked(
        file,
        new LoadedGraph(
            graph,
            new LoadReport(
                graph.tripleCount().orElseThrow(),
                graph.duplicateTriples(),
                0,
                0,
                bad.count(),
                bad.reasons())));
  }

  /** Reads all lines; their number. */
  private long read(Path file, CompactGraphBuilder builder, BadLines bad) {
    TsvReader reader = new TsvReader(options.weights(), bad);
    try (ByteLines lines = new ByteLines(TripleFiles.open(file), file.toString());
        BatchPipe pipe = new BatchPipe("kale-load-tsv", to -> reader.read(lines, to))) {
      int[] batches = new int[1];
      pipe.drain(
          batch -> {
            builder.addAll(batch);
            if (++batches[0] % REPORT_EVERY == 0) {
              options.context().step("load", lastLine(batch), -1);
            }
          });
      return lines.number();
    }
  }

  private static long lastLine(TripleBatch batch) {
    return batch.size() == 0 ? 0 : batch.line(batch.size() - 1);
  }
}
