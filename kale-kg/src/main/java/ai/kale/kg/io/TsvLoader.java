package ai.kale.kg.io;

import ai.kale.kg.graph.CompactGraph;
import ai.kale.kg.graph.CompactGraphBuilder;
import ai.kale.kg.graph.LoadReport;
import ai.kale.kg.graph.LoadedGraph;
import java.nio.file.Path;

/**
 * Loads tab-separated text: head, relation, tail on each line, and a weight where asked for. Ids
 * are taken as they stand; there is no header, no quoting and no comment. Blank lines are passed
 * over. Streaming: beyond the graph it needs one line.
 */
public final class TsvLoader {
  private static final int REPORT_EVERY = 1 << 14;
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
   * Loads a file, plain or gzip.
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
    try (StrictLines lines = new StrictLines(PackedFiles.open(file), file.toString(), bad)) {
      for (String line = lines.next(); line != null; line = lines.next()) {
        if (!line.isBlank()) {
          add(builder, line, lines.number(), bad);
        }
        if (lines.number() % REPORT_EVERY == 0) {
          options.context().step("load", lines.number(), -1);
        }
      }
      options.context().step("load", lines.number(), lines.number());
    }
    CompactGraph graph = builder.build();
    return TripleFiles.checked(
        file.toString(),
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

  private void add(CompactGraphBuilder builder, String line, long number, BadLines bad) {
    String[] fields = line.split("\t", -1);
    int columns = options.weights() ? 4 : 3;
    if (fields.length != columns) {
      bad.add(
          number,
          "expected "
              + columns
              + " columns separated by tabs, found "
              + fields.length
              + ": '"
              + shorten(line)
              + "'");
      return;
    }
    for (int i = 0; i < 3; i++) {
      if (fields[i].isBlank()) {
        bad.add(number, "column " + (i + 1) + " is empty: '" + shorten(line) + "'");
        return;
      }
    }
    if (!options.weights()) {
      builder.addTriple(fields[0], fields[1], fields[2]);
      return;
    }
    float weight = weight(fields[3]);
    if (weight >= 0) {
      builder.addTriple(fields[0], fields[1], fields[2], weight);
    } else {
      bad.add(number, "the weight must be a number of 0 or more, got '" + shorten(fields[3]) + "'");
    }
  }

  private static float weight(String text) {
    try {
      float weight = Float.parseFloat(text);
      return Float.isFinite(weight) ? weight : -1;
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  private static String shorten(String text) {
    return text.length() <= 80 ? text : text.substring(0, 80) + "…";
  }
}
