package ai.kale.examples.dataset;

import ai.kale.Direction;
import ai.kale.KnowledgeGraph;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The facts of a graph, or of a part of it, by entity and hop: what a small model is taught and
 * asked. Everything is in a fixed order (handles rising).
 */
public final class GraphFacts {
  private final KnowledgeGraph graph;
  private final TreeMap<Integer, TreeMap<Hop, TreeSet<Integer>>> ends = new TreeMap<>();
  private int tripleCount;

  private GraphFacts(KnowledgeGraph graph) {
    this.graph = graph;
  }

  /**
   * A relation with the direction it is followed in.
   *
   * @param relation handle
   * @param inverse whether it is followed against its arrow
   */
  public record Hop(int relation, boolean inverse) implements Comparable<Hop> {
    @Override
    public int compareTo(Hop other) {
      int byRelation = Integer.compare(relation, other.relation);
      return byRelation != 0 ? byRelation : Boolean.compare(inverse, other.inverse);
    }
  }

  /**
   * One triple.
   *
   * @param subject handle
   * @param relation handle
   * @param object handle
   */
  public record Triple(int subject, int relation, int object) {}

  /**
   * One subject and relation with all its objects.
   *
   * @param subject handle
   * @param relation handle
   * @param objects handles, rising, at least one
   */
  public record Fact(int subject, int relation, List<Integer> objects) {}

  /**
   * Chosen facts.
   *
   * @param graph where the handles are from
   * @param triples the facts; repeats count once
   * @return the facts
   */
  public static GraphFacts of(KnowledgeGraph graph, Collection<Triple> triples) {
    GraphFacts facts = new GraphFacts(graph);
    triples.forEach(t -> facts.add(t.subject(), t.relation(), t.object()));
    return facts;
  }

  /**
   * All facts of a graph.
   *
   * @param graph a graph that can be enumerated
   * @return its facts
   */
  public static GraphFacts all(KnowledgeGraph graph) {
    int[] everyone = new int[graph.entityCount()];
    for (int entity = 0; entity < everyone.length; entity++) {
      everyone[entity] = entity;
    }
    GraphFacts facts = new GraphFacts(graph);
    graph.expand(
        everyone,
        Direction.FORWARD,
        (index, relation, inverse, neighbour, weight) -> {
          facts.add(everyone[index], relation, neighbour);
          return true;
        });
    return facts;
  }

  private void add(int subject, int relation, int object) {
    if (put(subject, new Hop(relation, false), object)) {
      put(object, new Hop(relation, true), subject);
      tripleCount++;
    }
  }

  private boolean put(int from, Hop hop, int to) {
    return ends.computeIfAbsent(from, key -> new TreeMap<>())
        .computeIfAbsent(hop, key -> new TreeSet<>())
        .add(to);
  }

  /** The graph the facts are from. */
  public KnowledgeGraph graph() {
    return graph;
  }

  /** Number of triples. */
  public int tripleCount() {
    return tripleCount;
  }

  /** Every entity that occurs, rising. */
  public List<Integer> entities() {
    return List.copyOf(ends.keySet());
  }

  /** Every subject and relation with its objects. */
  public List<Fact> list() {
    List<Fact> facts = new ArrayList<>();
    ends.forEach(
        (entity, hops) ->
            hops.forEach(
                (hop, others) -> {
                  if (!hop.inverse()) {
                    facts.add(new Fact(entity, hop.relation(), List.copyOf(others)));
                  }
                }));
    return facts;
  }

  /**
   * Where a hop leads.
   *
   * @param entity handle
   * @param hop relation and direction
   * @return handles, rising; none if there is no such fact
   */
  public List<Integer> follow(int entity, Hop hop) {
    TreeMap<Hop, TreeSet<Integer>> hops = ends.get(entity);
    TreeSet<Integer> others = hops == null ? null : hops.get(hop);
    return others == null ? List.of() : List.copyOf(others);
  }

  /**
   * Where a chain of hops leads.
   *
   * @param entity handle
   * @param path the hops
   * @return handles of all ends, rising; none if the chain breaks
   */
  public List<Integer> followAll(int entity, List<Hop> path) {
    Set<Integer> here = new TreeSet<>(Set.of(entity));
    for (Hop hop : path) {
      Set<Integer> next = new TreeSet<>();
      here.forEach(e -> next.addAll(follow(e, hop)));
      here = next;
    }
    return List.copyOf(here);
  }

  /**
   * The relations an entity is the subject of.
   *
   * @param entity handle
   * @return forward hops, in order
   */
  public List<Hop> forwardHops(int entity) {
    TreeMap<Hop, TreeSet<Integer>> hops = ends.get(entity);
    return hops == null ? List.of() : hops.keySet().stream().filter(hop -> !hop.inverse()).toList();
  }
}
