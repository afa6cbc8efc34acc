package ai.kale.kg.io;

import ai.kale.error.SetupException;
import ai.kale.kg.graph.LoadedGraph;
import java.nio.file.Path;

/**
 * Loads N-Triples, N-Quads, Turtle, TriG and RDF/XML, streaming, plain or packed with gzip or
 * bzip2, through the parsers of RDF4J Rio. Only lines of N-Triples and N-Quads in the plainest form
 * (usual {@code http} IRIs, no escapes, single spaces), which mean the same to any parser, are
 * taken without one: that takes about half the time of the parser alone.
 *
 * <ul>
 *   <li>Statements between IRIs or blank nodes are triples; literals give names, become entities or
 *       are counted, as {@link LoadOptions#rdf} says.
 *   <li>Blank nodes keep the labels they have in the file, as {@code _:label}; those without a
 *       label are {@code _:-1}, {@code _:-2} and so on in the order of the file.
 *   <li>Named graphs are merged; {@link LoadOptions#graphs} chooses among them, and with {@link
 *       LoadOptions#sources} each triple knows its line and graph. In Turtle, TriG and RDF/XML the
 *       line is where the parser stood at the end of the statement.
 *   <li>Text must be UTF-8, except in RDF/XML, which declares its encoding.
 *   <li>After a syntax error N-Triples and N-Quads go on with the next line, as far as the policy
 *       for bad input allows. The others cannot: a syntax error there always fails the load. A
 *       statement with a malformed IRI, or with a quoted triple (RDF-star), is skipped by the
 *       policy in every format.
 *   <li>Nothing is fetched: there are no remote contexts, and RDF/XML with a document type
 *       declaration (DOCTYPE), which could name other files or grow without bounds, is refused.
 * </ul>
 */
public final class RdfLoader {
  private final LoadOptions options;

  /** Creates a loader with the default options. */
  public RdfLoader() {
    this(LoadOptions.defaults());
  }

  /**
   * Creates a loader.
   *
   * @param options how to load
   */
  public RdfLoader(LoadOptions options) {
    this.options = options;
  }

  /**
   * Loads a file whose suffix tells its format.
   *
   * @param file the file
   * @return the graph and what was left out
   * @throws SetupException if the file cannot be opened or its suffix is not one of RDF
   * @throws ai.kale.error.InvalidInputException if it is malformed beyond what the policy allows,
   *     with file and line; or if there is no triple between entities at all
   * @throws ai.kale.error.OperationCancelledException if cancelled
   */
  public LoadedGraph load(Path file) {
    String name = TripleFiles.plain(file.toString());
    RdfFormat format =
        RdfFormat.ofName(name)
            .orElseThrow(
                () ->
                    new SetupException(
                        "the name of "
                            + file
                            + " does not tell an RDF format; call load(file, format)"));
    return load(file, format);
  }

  /**
   * Loads a file, whatever its name.
   *
   * @param file the file
   * @param format its format
   * @return the graph and what was left out
   * @throws SetupException if the file cannot be opened
   * @throws ai.kale.error.InvalidInputException if it is malformed beyond what the policy allows,
   *     with file and line; or if there is no triple between entities at all
   * @throws ai.kale.error.OperationCancelledException if cancelled
   */
  public LoadedGraph load(Path file, RdfFormat format) {
    return TripleFiles.load(file, RdfFiles.reader(format), options);
  }
}
