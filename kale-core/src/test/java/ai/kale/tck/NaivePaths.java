package ai.kale.tck;

import ai.kale.Direction;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/** The definition of the path search, written down without any cleverness: lists of strings. */
final class NaivePaths {
  /** Hops first, then hop by hop: source, then entity, relation, direction of each hop. */
  static final Comparator<List<String>> ORDER =
      Comparator.<List<String>>comparingInt(List::size).thenComparing(NaivePaths::compare);

  private final Set<List<String>> triples;
  private final Collection<String> targets;
  private final Direction direction;
  private final int maxHops;
  private final List<List<String>> found = new ArrayList<>();

  private NaivePaths(
      Set<List<String>> triples, Collection<String> targets, Direction direction, int maxHops) {
    this.triples = triples;
    this.targets = targets;
    this.direction = direction;
    this.maxHops = maxHops;
  }

  static List<List<String>> find(
      Set<List<String>> triples,
      Set<String> sources,
      Set<String> targets,
      Direction direction,
      int maxHops) {
    NaivePaths search = new NaivePaths(triples, targets, direction, maxHops);
    sources.forEach(source -> search.extend(List.of(source), List.of(source)));
    search.found.sort(ORDER);
    return search.found;
  }

  private void extend(List<String> path, List<String> entities) {
    String last = entities.get(entities.size() - 1);
    if (entities.size() > 1 && targets.contains(last)) {
      found.add(path);
    }
    if (entities.size() > maxHops) {
      return;
    }
    for (List<String> triple : triples) {
      if (direction.includesForward() && triple.get(0).equals(last)) {
        hop(path, entities, triple.get(1), "0", triple.get(2));
      }
      if (direction.includesBackward() && triple.get(2).equals(last)) {
        hop(path, entities, triple.get(1), "1", triple.get(0));
      }
    }
  }

  private void hop(
      List<String> path, List<String> entities, String relation, String inverse, String entity) {
    if (!entities.contains(entity)) {
      List<String> longer = new ArrayList<>(path);
      longer.addAll(List.of(relation, inverse, entity));
      List<String> passed = new ArrayList<>(entities);
      passed.add(entity);
      extend(longer, passed);
    }
  }

  private static int compare(List<String> a, List<String> b) {
    int order = a.get(0).compareTo(b.get(0));
    for (int hop = 1; hop < a.size() && order == 0; hop += 3) {
      order = a.get(hop + 2).compareTo(b.get(hop + 2));
      order = order != 0 ? order : a.get(hop).compareTo(b.get(hop));
      order = order != 0 ? order : a.get(hop + 1).compareTo(b.get(hop + 1));
    }
    return order;
  }
}
