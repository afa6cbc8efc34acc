package ai.kale.kg.rdf;

import ai.kale.error.InvalidInputException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What is read of a dataset.
 *
 * @param languages preferred label languages, best first; {@code ""} for no language
 * @param graphs names of the graphs to read: IRIs, blank nodes as {@code _:reference}, {@code ""}
 *     for the default graph; empty for all
 * @param sources whether to keep the name of each triple's graph, see {@link
 *     ai.kale.kg.graph.CompactGraph#source}
 */
public record DatasetOptions(List<String> languages, Set<String> graphs, boolean sources) {
  /** Copies the collections. */
  public DatasetOptions {
    languages = List.copyOf(languages);
    graphs = Set.copyOf(graphs);
  }

  /** All graphs; labels in English, else without language, else any; no sources. */
  public static DatasetOptions defaults() {
    return new DatasetOptions(List.of("en", ""), Set.of(), false);
  }

  /**
   * The same with other label languages.
   *
   * @param tags best first; {@code ""} for no language
   * @return new options
   */
  public DatasetOptions withLanguages(String... tags) {
    return new DatasetOptions(List.of(tags), graphs, sources);
  }

  /**
   * The same for some graphs only.
   *
   * @param names IRIs, blank nodes as {@code _:reference}, {@code ""} for the default graph
   * @return new options
   */
  public DatasetOptions withGraphs(String... names) {
    return new DatasetOptions(languages, Set.of(names), sources);
  }

  /** The same, keeping the name of each triple's graph. */
  public DatasetOptions withSources() {
    return new DatasetOptions(languages, graphs, true);
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
