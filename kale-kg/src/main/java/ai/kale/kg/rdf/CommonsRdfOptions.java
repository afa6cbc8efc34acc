package ai.kale.kg.rdf;

import ai.kale.error.InvalidInputException;
import ai.kale.kg.graph.CompactGraphBuilder;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What is read of a Commons RDF graph or dataset.
 *
 * @param languages preferred label languages, best first; {@code ""} for no language
 * @param names which properties give names
 * @param literals which literals become entities
 * @param graphs names of the graphs of a dataset to read: IRIs, blank nodes as {@code _:reference},
 *     {@code ""} for the default graph; empty for all
 * @param sources whether to keep the name of each triple's graph, see {@link
 *     ai.kale.kg.graph.CompactGraph#source}
 */
public record CommonsRdfOptions(
    List<String> languages,
    NameProperties names,
    LiteralPolicy literals,
    Set<String> graphs,
    boolean sources) {
  /** Copies the collections. */
  public CommonsRdfOptions {
    languages = List.copyOf(languages);
    graphs = Set.copyOf(graphs);
  }

  /**
   * All graphs; labels in English, else without language, else any; no literals as entities, no
   * sources.
   */
  public static CommonsRdfOptions defaults() {
    return new CommonsRdfOptions(
        List.of("en", ""), NameProperties.defaults(), LiteralPolicy.dropped(), Set.of(), false);
  }

  /**
   * The same with other label languages.
   *
   * @param tags best first; {@code ""} for no language
   * @return new options
   */
  public CommonsRdfOptions withLanguages(String... tags) {
    return new CommonsRdfOptions(List.of(tags), names, literals, graphs, sources);
  }

  /**
   * The same for some graphs only.
   *
   * @param graphNames IRIs, blank nodes as {@code _:reference}, {@code ""} for the default graph
   * @return new options
   */
  public CommonsRdfOptions withGraphs(String... graphNames) {
    return new CommonsRdfOptions(languages, names, literals, Set.of(graphNames), sources);
  }

  /**
   * The same with other properties that give names.
   *
   * @param properties which
   * @return new options
   */
  public CommonsRdfOptions withNames(NameProperties properties) {
    return new CommonsRdfOptions(languages, properties, literals, graphs, sources);
  }

  /**
   * The same with other literals as entities.
   *
   * @param policy which
   * @return new options
   */
  public CommonsRdfOptions withLiterals(LiteralPolicy policy) {
    return new CommonsRdfOptions(languages, names, policy, graphs, sources);
  }

  /** The same, keeping the name of each triple's graph. */
  public CommonsRdfOptions withSources() {
    return new CommonsRdfOptions(languages, names, literals, graphs, true);
  }

  /** Collects into another builder as these options say. */
  RdfGraphBuilder collectInto(CompactGraphBuilder builder) {
    if (sources) {
      builder.keepSources();
    }
    return new RdfGraphBuilder(builder, languages, names, literals);
  }

  /** Those of the graphs that there are that are asked for. */
  <T> SortedMap<String, T> choose(SortedMap<String, T> all) {
    if (graphs.isEmpty()) {
      return all;
    }
    Set<String> missing = new TreeSet<>(graphs);
    missing.removeAll(all.keySet());
    if (!missing.isEmpty()) {
      throw new InvalidInputException(
          "the dataset has no graph "
              + missing
              + "; it has the default graph and "
              + new TreeSet<>(all.tailMap("\0").keySet()));
    }
    SortedMap<String, T> chosen = new TreeMap<>();
    for (Map.Entry<String, T> entry : all.entrySet()) {
      if (graphs.contains(entry.getKey())) {
        chosen.put(entry.getKey(), entry.getValue());
      }
    }
    return chosen;
  }
}
