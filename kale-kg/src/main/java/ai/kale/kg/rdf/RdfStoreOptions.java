package ai.kale.kg.rdf;

import ai.kale.kg.remote.RemoteOptions;
import java.util.List;

/**
 * What of an RDF store is seen as a knowledge graph, and how.
 *
 * @param graphs names of the graphs that are read together, {@code ""} for the default graph; none
 *     for all graphs, the default graph included
 * @param languages preferred label languages, best first; {@code ""} for no language
 * @param names which properties give names
 * @param literals which literals are entities, with ids as {@link RdfLiteral#id}; paths never run
 *     through others
 * @param snapshot the name of the store's state in provenance, such as the date of a dump; empty to
 *     hash all statements at the first {@code snapshot()}, one pass over the store
 * @param closing whether closing the knowledge graph closes the store
 * @param remote batch size and bounds of the caches
 */
public record RdfStoreOptions(
    List<String> graphs,
    List<String> languages,
    NameProperties names,
    LiteralPolicy literals,
    String snapshot,
    boolean closing,
    RemoteOptions remote) {
  /** Copies the lists. */
  public RdfStoreOptions {
    graphs = List.copyOf(graphs);
    languages = List.copyOf(languages);
  }

  /**
   * All graphs; labels in English, else without language, else any; no literals; a content hash as
   * snapshot; the store stays open.
   */
  public static RdfStoreOptions defaults() {
    return new RdfStoreOptions(
        List.of(),
        List.of("en", ""),
        NameProperties.defaults(),
        LiteralPolicy.dropped(),
        "",
        false,
        RemoteOptions.defaults());
  }

  /**
   * The same for some graphs.
   *
   * @param chosen their IRIs, {@code ""} for the default graph
   * @return new options
   */
  public RdfStoreOptions withGraphs(String... chosen) {
    return new RdfStoreOptions(
        List.of(chosen), languages, names, literals, snapshot, closing, remote);
  }

  /**
   * The same with other languages.
   *
   * @param tags preferred label languages, best first; {@code ""} for no language. A tag also
   *     covers its variants: {@code "en"} covers {@code "en-GB"}
   * @return new options
   */
  public RdfStoreOptions withLanguages(String... tags) {
    return new RdfStoreOptions(graphs, List.of(tags), names, literals, snapshot, closing, remote);
  }

  /**
   * The same with names from other properties.
   *
   * @param properties which ones, such as {@code NameProperties.defaults().andLabel(IRI)}
   * @return new options
   */
  public RdfStoreOptions withNames(NameProperties properties) {
    return new RdfStoreOptions(graphs, languages, properties, literals, snapshot, closing, remote);
  }

  /**
   * The same with other literals as entities.
   *
   * @param policy through which literals paths may run
   * @return new options
   */
  public RdfStoreOptions withLiterals(LiteralPolicy policy) {
    return new RdfStoreOptions(graphs, languages, names, policy, snapshot, closing, remote);
  }

  /**
   * The same with a name for the state of the store, so that it need not be hashed.
   *
   * @param name for provenance, such as the date of a dump
   * @return new options
   */
  public RdfStoreOptions withSnapshot(String name) {
    return new RdfStoreOptions(graphs, languages, names, literals, name, closing, remote);
  }

  /**
   * The same, with the store closed together with the knowledge graph or not.
   *
   * @param store whether to close it
   * @return new options
   */
  public RdfStoreOptions withClosing(boolean store) {
    return new RdfStoreOptions(graphs, languages, names, literals, snapshot, store, remote);
  }

  /**
   * The same with other batches and caches.
   *
   * @param options batch size and bounds of the caches
   * @return new options
   */
  public RdfStoreOptions withRemote(RemoteOptions options) {
    return new RdfStoreOptions(graphs, languages, names, literals, snapshot, closing, options);
  }
}
