package ai.kale.kg.io;

import ai.kale.kg.graph.LoadedGraph;
import java.nio.file.Path;
import java.util.List;

/**
 * Loads the "truthy" N-Triples dump of Wikidata ({@code latest-truthy.nt.gz} or {@code .bz2}), or
 * any part of it, streaming. Of its statements these are kept:
 *
 * <ul>
 *   <li>direct properties ({@code prop/direct/P…}) from an item to an item;
 *   <li>labels and aliases of items and properties in the languages of the options, and no others;
 *       a property's are those of its entity ({@code entity/P…}).
 * </ul>
 *
 * All else is counted as {@linkplain ai.kale.kg.graph.LoadReport#excluded excluded}: values,
 * descriptions, site links, properties of properties, lexemes, and a label that says again under
 * another property what the line before said.
 *
 * <p>Ids are {@code Q42} and {@code P31}, or whole IRIs. An item with a name but no triple is in
 * the graph without arcs. Which properties give names is {@link RdfOptions#names}.
 */
public final class WikidataDumpLoader {
  private final LoadOptions options;
  private final boolean iris;

  /** Creates a loader with the default options and short ids. */
  public WikidataDumpLoader() {
    this(LoadOptions.defaults());
  }

  /**
   * Creates a loader with short ids.
   *
   * @param options how to load; literals are not kept as entities here
   */
  public WikidataDumpLoader(LoadOptions options) {
    this(options, false);
  }

  private WikidataDumpLoader(LoadOptions options, boolean iris) {
    this.options = options;
    this.iris = iris;
  }

  /**
   * The same with whole IRIs as ids: {@code http://www.wikidata.org/entity/Q42} and {@code
   * http://www.wikidata.org/prop/direct/P31}.
   *
   * @return a new loader
   */
  public WikidataDumpLoader withIris() {
    return new WikidataDumpLoader(options, true);
  }

  /**
   * Loads a dump.
   *
   * @param dump the file, or its parts in order
   * @return the graph and what was left out
   * @throws ai.kale.error.SetupException if a file cannot be opened
   * @throws ai.kale.error.InvalidInputException if a line is malformed and the policy does not
   *     allow it, with file and line; or if there is no triple between items at all
   * @throws ai.kale.error.OperationCancelledException if cancelled
   */
  public LoadedGraph load(Path... dump) {
    if (dump.length == 0) {
      throw new IllegalArgumentException("no files to load");
    }
    LoadSession session = new LoadSession(options, dump.length > 1);
    for (Path file : dump) {
      session.start(file);
      WikidataScreen screen = new WikidataScreen(session, iris);
      new RdfLines(RdfFormat.NTRIPLES, session)
          .read(file, screen, lines -> new WikidataStatements(session, screen, lines));
    }
    return session.finish(List.of(dump).toString());
  }
}
