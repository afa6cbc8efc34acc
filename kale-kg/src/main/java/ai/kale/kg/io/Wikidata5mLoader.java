package ai.kale.kg.io;

import ai.kale.kg.graph.LoadedGraph;
import java.nio.file.Path;
import java.util.List;

/**
 * Loads the files of Wikidata5M: triples as {@code Q… P… Q…}, and files of names with an id, its
 * name and any number of aliases on each line; all separated by tabs, plain or packed with gzip or
 * bzip2. Blank and repeated names are dropped and counted. An entity that has a name but no triple
 * is in the graph without arcs.
 *
 * <p>Also fits any graph that is kept as three columns and such files of names.
 */
public final class Wikidata5mLoader {
  private final LoadOptions options;

  /** Creates a loader with the default options. */
  public Wikidata5mLoader() {
    this(LoadOptions.defaults());
  }

  /**
   * Creates a loader.
   *
   * @param options how to load; languages and the options of RDF and CSV do not matter here
   */
  public Wikidata5mLoader(LoadOptions options) {
    this.options = options;
  }

  /**
   * Loads triples and names.
   *
   * @param triples the triples, such as {@code wikidata5m_all_triplet.txt.gz}
   * @param names files of names of entities and relations, such as {@code wikidata5m_entity.txt}
   *     and {@code wikidata5m_relation.txt}; may be none
   * @return the graph and what was left out
   * @throws ai.kale.error.SetupException if a file cannot be opened
   * @throws ai.kale.error.InvalidInputException if a line is malformed and the policy does not
   *     allow it, with file and line; or if there is no triple at all
   * @throws ai.kale.error.OperationCancelledException if cancelled
   */
  public LoadedGraph load(Path triples, Path... names) {
    return load(List.of(triples), List.of(names));
  }

  /**
   * Loads triples and names, such as of several splits.
   *
   * @param triples files of triples
   * @param names files of names
   * @return the graph and what was left out
   * @throws ai.kale.error.SetupException if a file cannot be opened
   * @throws ai.kale.error.InvalidInputException if a line is malformed and the policy does not
   *     allow it, with file and line; or if there is no triple at all
   * @throws ai.kale.error.OperationCancelledException if cancelled
   */
  public LoadedGraph load(List<Path> triples, List<Path> names) {
    LoadSession session = new LoadSession(options, triples.size() + names.size() > 1);
    for (Path file : triples) {
      session.start(file);
      TsvRows.read(file, session);
    }
    for (Path file : names) {
      session.start(file);
      TsvRows.readNames(file, session);
    }
    return session.finish(triples.toString());
  }
}
