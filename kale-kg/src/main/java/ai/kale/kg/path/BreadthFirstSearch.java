package ai.kale.kg.path;

import ai.kale.KnowledgeGraph;
import ai.kale.PathQuery;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** One run of {@link BruteForcePathExtractor}: all partial paths of 0, 1, … hops. */
final class BreadthFirstSearch extends PathSearch {
  BreadthFirstSearch(KnowledgeGraph graph, PathQuery query) {
    super(graph, query);
  }

  @Override
  void search() {
    List<PartialPath> level = IntStream.of(query.sources()).mapToObj(PartialPath::at).toList();
    for (int hops = 1; hops <= query.maxHops() && !level.isEmpty(); hops++) {
      if (rules.leastAfter(0, hops) > ranking.bound()) {
        return;
      }
      level = next(level);
      if (budget.isCut() && rules.isPlain()) {
        return; // not all paths of this length: what there is need not be the first of them
      }
      for (PartialPath path : level) {
        if (grower.isTarget(path.entity)) {
          grower.offer(path);
        }
      }
      if (budget.isCut()) {
        return;
      }
    }
  }

  private List<PartialPath> next(List<PartialPath> level) {
    if (level.get(0).hops > 0) {
      rules.hubs().learn(ends(level));
    }
    List<PartialPath> open = level.stream().filter(grower::mayGoOn).toList();
    int[] frontier = ends(open);
    ranking.announce(frontier);
    List<PartialPath> next = new ArrayList<>();
    arcs.read(frontier);
    for (PartialPath path : open) {
      if (!grower.grow(path, longer -> keep(longer, next))) {
        break;
      }
    }
    return next;
  }

  private void keep(PartialPath path, List<PartialPath> next) {
    if (path.hops < query.maxHops() || grower.isTarget(path.entity)) {
      next.add(path);
    }
  }
}
