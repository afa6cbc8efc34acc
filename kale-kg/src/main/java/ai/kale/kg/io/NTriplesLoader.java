package ai.kale.kg.io;

import ai.kale.error.InvalidInputException;
import ai.kale.kg.graph.LoadedGraph;
import ai.kale.kg.rdf.RdfGraphBuilder;
import java.io.IOException;
import java.nio.file.Path;
import org.eclipse.rdf4j.rio.ParseErrorListener;
import org.eclipse.rdf4j.rio.RDFParseException;
import org.eclipse.rdf4j.rio.RDFParser;
import org.eclipse.rdf4j.rio.helpers.BasicParserSettings;
import org.eclipse.rdf4j.rio.ntriples.NTriplesParser;
import org.eclipse.rdf4j.rio.ntriples.NTriplesParserSettings;
import org.jspecify.annotations.Nullable;

/**
 * Loads N-Triples through RDF4J Rio, streaming. Triples between IRIs or blank nodes are kept;
 * literals become names or are counted, see {@link RdfGraphBuilder}. Blank nodes keep the ids they
 * have in the file, as {@code _:id}.
 */
public final class NTriplesLoader {
  private final LoadOptions options;

  /** Creates a loader with the default options. */
  public NTriplesLoader() {
    this(LoadOptions.defaults());
  }

  /**
   * Creates a loader.
   *
   * @param options how to load; weights do not matter here
   */
  public NTriplesLoader(LoadOptions options) {
    this.options = options;
  }

  /**
   * Loads a file, plain or gzip.
   *
   * @param file the file
   * @return the graph and what was left out
   * @throws ai.kale.error.SetupException if the file cannot be opened
   * @throws InvalidInputException if a line is malformed and the policy does not allow it, with
   *     file and line; or if there is no triple between entities at all
   * @throws ai.kale.error.OperationCancelledException if cancelled
   */
  public LoadedGraph load(Path file) {
    BadLines bad = new BadLines(file.toString(), options.badInput());
    RdfGraphBuilder builder = new RdfGraphBuilder(options.languages());
    try (StrictLines lines = new StrictLines(TripleFiles.open(file), file.toString(), bad)) {
      parse(lines, builder, bad);
      options.context().step("load", lines.number(), lines.number());
    }
    return TripleFiles.checked(file, builder.build(bad.count(), bad.reasons()));
  }

  private void parse(StrictLines lines, RdfGraphBuilder builder, BadLines bad) {
    try {
      parser(builder, lines, bad).parse(new LinesReader(lines, options), "");
    } catch (RDFParseException e) {
      long line = e.getLineNumber() > 0 ? e.getLineNumber() : lines.number();
      if (lines.next() != null || options.badInput().maxSkipped() == 0) {
        throw new InvalidInputException(bad.source(), line, reason(e.getMessage()), e);
      }
      // The parser gives up at a cut last line even where it may skip; nothing follows it.
      bad.add(line, reason(e.getMessage()));
    } catch (IOException e) {
      throw new InvalidInputException(
          bad.source(), lines.number(), "cannot be read: " + e.getMessage(), e);
    }
  }

  private RDFParser parser(RdfGraphBuilder builder, StrictLines lines, BadLines bad) {
    NTriplesParser parser = new NTriplesParser();
    parser.set(BasicParserSettings.PRESERVE_BNODE_IDS, true);
    parser.set(BasicParserSettings.VERIFY_DATATYPE_VALUES, false);
    parser.set(BasicParserSettings.FAIL_ON_UNKNOWN_DATATYPES, false);
    parser.set(BasicParserSettings.FAIL_ON_UNKNOWN_LANGUAGES, false);
    if (options.badInput().maxSkipped() > 0) {
      parser.getParserConfig().addNonFatalError(NTriplesParserSettings.FAIL_ON_INVALID_LINES);
    }
    parser.setRDFHandler(new StatementHandler(builder, lines, bad));
    parser.setParseErrorListener(new Errors(bad, options.badInput().maxSkipped() > 0));
    return parser;
  }

  private static String reason(@Nullable String message) {
    return "malformed N-Triples: " + message;
  }

  /** Counts what the parser skips; where nothing may be skipped the parser throws by itself. */
  private record Errors(BadLines bad, boolean skipping) implements ParseErrorListener {
    @Override
    public void warning(String message, long line, long column) {
      // Warnings lose nothing.
    }

    @Override
    public void error(String message, long line, long column) {
      if (skipping) {
        bad.add(line, reason(message));
      }
    }

    @Override
    public void fatalError(String message, long line, long column) {
      error(message, line, column);
    }
  }
}
