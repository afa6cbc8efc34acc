package ai.kale.kg.graph;

import ai.kale.GraphCapability;
import ai.kale.KnowledgeGraph;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What there is to know of a graph before a run: how large, how uneven, how well named. A degree is
 * the number of arcs at an entity in both directions, so that a self loop counts twice.
 *
 * @param entities number of entities
 * @param triples number of distinct triples
 * @param relations triples of each relation, the most frequent first, then by id; relations without
 *     a triple too
 * @param degrees the distribution of degrees
 * @param hubs the entities with most arcs, then by id
 * @param isolated entities without any triple
 * @param named entities with at least one name
 * @param namedByLanguage for each language the entities with a name in it, {@code ""} for no
 *     language; empty where the graph does not tell, which is any but a {@link CompactGraph}
 * @param parallel triples that have another one with the same subject and object
 * @param selfLoops triples whose subject is their object
 */
public record GraphStatistics(
    int entities,
    long triples,
    List<RelationCount> relations,
    DegreeDistribution degrees,
    List<Hub> hubs,
    int isolated,
    int named,
    SortedMap<String, Integer> namedByLanguage,
    long parallel,
    long selfLoops) {
  private static final int HUBS = 10;
  private static final int SHOWN = 10;

  /**
   * A relation.
   *
   * @param id its id
   * @param label its label
   * @param triples how many triples have it
   */
  public record RelationCount(String id, String label, long triples) {}

  /**
   * An entity with many arcs.
   *
   * @param id its id
   * @param label its label
   * @param degree its arcs
   */
  public record Hub(String id, String label, int degree) {}

  /** Copies the collections. */
  public GraphStatistics {
    relations = List.copyOf(relations);
    hubs = List.copyOf(hubs);
    namedByLanguage = Collections.unmodifiableSortedMap(new TreeMap<>(namedByLanguage));
  }

  /**
   * Triples by relation id, without relations that have none: what {@link
   * ai.kale.PathScorer#rareRelations} takes.
   */
  public SortedMap<String, Long> triplesByRelation() {
    SortedMap<String, Long> counts = new TreeMap<>();
    for (RelationCount relation : relations) {
      if (relation.triples > 0) {
        counts.put(relation.id, relation.triples);
      }
    }
    return counts;
  }

  /**
   * Counts, with the ten largest hubs.
   *
   * @param graph a graph that can enumerate its entities
   * @return the counts
   * @throws ai.kale.error.UnsupportedCapabilityException if it cannot
   */
  public static GraphStatistics of(KnowledgeGraph graph) {
    return of(graph, HUBS);
  }

  /**
   * Counts: O(entities + arcs) for a {@link CompactGraph}, which is read as arrays; for others some
   * thousand entities a call, and sorting the neighbours of each. Holds the counts of relations, of
   * different degrees, and the neighbours of one entity.
   *
   * @param graph a graph that can enumerate its entities
   * @param hubs how many hubs to name, 0 or more
   * @return the counts
   * @throws ai.kale.error.UnsupportedCapabilityException if it cannot
   */
  public static GraphStatistics of(KnowledgeGraph graph, int hubs) {
    GraphCapability.ENUMERATION.require(graph, "counting what is in a graph");
    if (hubs < 0) {
      throw new IllegalArgumentException("0 or more hubs; got " + hubs);
    }
    return new StatisticsCollector(graph, hubs).collect();
  }

  /** Share of entities with a name, in [0, 1]; 0 where there is no entity. */
  public double nameCoverage() {
    return share(named, entities);
  }

  /** Share of triples that have a parallel one, in [0, 1]; 0 where there is no triple. */
  public double parallelShare() {
    return share(parallel, triples);
  }

  private static double share(long part, long all) {
    return all == 0 ? 0 : (double) part / all;
  }

  /** Some lines for people, the ten most frequent relations among them. */
  public String describe() {
    return String.format(
        Locale.ROOT,
        "%d entities (%d without triples), %d triples, %d relations%n"
            + "names: %.1f %% of the entities%s%n"
            + "degrees: %s%n"
            + "parallel: %.1f %% of the triples; self loops: %d%n"
            + "relations: %s%n"
            + "hubs: %s",
        entities,
        isolated,
        triples,
        relations.size(),
        100 * nameCoverage(),
        languages(),
        degrees.describe(),
        100 * parallelShare(),
        selfLoops,
        first(relations, r -> r.label() + " " + r.triples()),
        first(hubs, h -> h.label() + " (" + h.id() + ") " + h.degree()));
  }

  private String languages() {
    String each =
        namedByLanguage.entrySet().stream()
            .map(
                e ->
                    String.format(
                        Locale.ROOT,
                        "%s %.1f %%",
                        e.getKey().isEmpty() ? "no language" : e.getKey(),
                        100 * share(e.getValue(), entities)))
            .collect(Collectors.joining(", "));
    return each.isEmpty() ? "" : ": " + each;
  }

  private static <T> String first(List<T> all, Function<T, String> text) {
    String shown = all.stream().limit(SHOWN).map(text).collect(Collectors.joining(", "));
    int more = all.size() - SHOWN;
    return all.isEmpty() ? "none" : more > 0 ? shown + " and " + more + " more" : shown;
  }
}
