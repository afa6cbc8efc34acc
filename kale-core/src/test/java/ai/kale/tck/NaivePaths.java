package ai.kale.tck;

import ai.kale.HubPolicy;
import ai.kale.PathMode;
import ai.kale.PathQuery;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/** The definition of the path search, written down without any cleverness: lists of strings. */
final class NaivePaths {
  /**
   * A path.
   *
   * @param text source, then relation, direction ("0" or "1") and entity of each hop
   * @param cost sum of the hops' costs, from the source on
   * @param score what the scorer says
   */
  record Path(List<String> text, double cost, double score) {
    int hops() {
      return text.size() / 3;
    }

    String entity(int place) {
      return text.get(3 * place);
    }

    String relation(int hop) {
      return text.get(3 * hop + 1);
    }

    boolean inverse(int hop) {
      return text.get(3 * hop + 2).equals("1");
    }

    /** The triple of a hop. */
    List<String> triple(int hop) {
      return inverse(hop)
          ? List.of(entity(hop + 1), relation(hop), entity(hop))
          : List.of(entity(hop), relation(hop), entity(hop + 1));
    }

    /**
     * Entity, relation, whether inverse, and neighbour of a hop as the entity behind it sees it.
     */
    List<String> arcBehind(int hop) {
      return List.of(entity(hop), relation(hop), text.get(3 * hop + 2), entity(hop + 1));
    }

    /** The same as the entity ahead of it sees it. */
    List<String> arcAhead(int hop) {
      return List.of(entity(hop + 1), relation(hop), inverse(hop) ? "0" : "1", entity(hop));
    }
  }

  /** Cost, score, hops; then source, and entity, relation, direction of each hop. */
  static final Comparator<Path> ORDER =
      Comparator.comparingDouble(Path::cost)
          .thenComparing(Comparator.comparingDouble(Path::score).reversed())
          .thenComparingInt(Path::hops)
          .thenComparing(NaivePaths::compareIds);

  private final Set<List<String>> triples;
  private final Collection<String> targets;
  private final PathQuery query;
  private final ToDoubleFunction<Path> scorer;
  private final List<Path> found = new ArrayList<>();

  private NaivePaths(
      Set<List<String>> triples,
      Collection<String> targets,
      PathQuery query,
      ToDoubleFunction<Path> scorer) {
    this.triples = triples;
    this.targets = targets;
    this.query = query;
    this.scorer = scorer;
  }

  /** All paths in order; hubs are skipped if the query says so, and never sampled. */
  static List<Path> find(
      Set<List<String>> triples,
      Set<String> sources,
      Set<String> targets,
      PathQuery query,
      ToDoubleFunction<Path> scorer) {
    NaivePaths search = new NaivePaths(triples, targets, query, scorer);
    sources.forEach(source -> search.extend(new Path(List.of(source), 0, 0)));
    search.found.sort(ORDER);
    return search.found;
  }

  private void extend(Path path) {
    String last = path.entity(path.hops());
    if (path.hops() > 0 && targets.contains(last)) {
      found.add(new Path(path.text, path.cost, scorer.applyAsDouble(path)));
    }
    boolean passes =
        path.hops() == 0
            || !(query.filter().excludedEntities().contains(last)
                || (query.filter().hubs().action() == HubPolicy.Action.SKIP
                    && degree(triples, last) > query.filter().hubs().degree()));
    if (path.hops() == query.maxHops() || !passes) {
      return;
    }
    for (List<String> triple : triples) {
      if (query.direction().includesForward() && triple.get(0).equals(last)) {
        hop(path, triple.get(1), "0", triple.get(2));
      }
      if (query.direction().includesBackward() && triple.get(2).equals(last)) {
        hop(path, triple.get(1), "1", triple.get(0));
      }
    }
  }

  private void hop(Path path, String relation, String inverse, String entity) {
    List<String> text = new ArrayList<>(path.text);
    text.addAll(List.of(relation, inverse, entity));
    double cost = path.cost + query.relationCosts().getOrDefault(relation, 1.0);
    Path longer = new Path(text, cost, 0);
    if (query.filter().allowsRelation(relation) && isAllowed(longer)) {
      extend(longer);
    }
  }

  private boolean isAllowed(Path path) {
    Set<Object> seen = new HashSet<>();
    if (query.mode() == PathMode.TRAIL) {
      for (int hop = 0; hop < path.hops(); hop++) {
        seen.add(path.triple(hop));
      }
      return seen.size() == path.hops();
    }
    for (int place = 0; place <= path.hops(); place++) {
      seen.add(path.entity(place));
    }
    return seen.size() == path.hops() + 1;
  }

  /** Arcs in both directions; a self loop counts twice. */
  static int degree(Set<List<String>> triples, String entity) {
    int degree = 0;
    for (List<String> triple : triples) {
      degree += triple.get(0).equals(entity) ? 1 : 0;
      degree += triple.get(2).equals(entity) ? 1 : 0;
    }
    return degree;
  }

  private static int compareIds(Path a, Path b) {
    int order = a.entity(0).compareTo(b.entity(0));
    for (int hop = 0; hop < a.hops() && order == 0; hop++) {
      order = a.entity(hop + 1).compareTo(b.entity(hop + 1));
      order = order != 0 ? order : a.relation(hop).compareTo(b.relation(hop));
      order = order != 0 ? order : Boolean.compare(a.inverse(hop), b.inverse(hop));
    }
    return order;
  }
}
