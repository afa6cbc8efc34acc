package ai.kale.kg.path;

import ai.kale.GraphPath;
import ai.kale.KnowledgeGraph;
import ai.kale.PathExtractor;
import ai.kale.PathQuery;
import ai.kale.PathResult;
import ai.kale.data.PathReport;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Breadth-first search over partial paths from the sources, without any pruning: the baseline of
 * the paper's comparison (arXiv 2601.07430) and the oracle of this library's tests.
 *
 * <p>Cost: every partial path up to the hop limit is made, O(degree^hops) in time, memory and calls
 * of {@link KnowledgeGraph#expand}. Use it for checks and measurements only. A search that reaches
 * its arc budget returns what it has found so far, in order, which need not be the first paths.
 */
public final class BruteForcePathExtractor implements PathExtractor {
  /** Creates an extractor; it has no state. */
  public BruteForcePathExtractor() {}

  @Override
  public PathResult extract(KnowledgeGraph graph, PathQuery query) {
    int[] targets = query.targets();
    List<GraphPath> found = new ArrayList<>();
    Deque<GraphPath> queue = new ArrayDeque<>();
    for (int source : query.sources()) {
      queue.add(new GraphPath(new int[] {source}, new int[0], new boolean[0]));
    }
    long[] arcs = new long[1];
    while (!queue.isEmpty() && arcs[0] <= query.maxArcs()) {
      LayerWalker.checkInterrupt();
      GraphPath partial = queue.remove();
      int last = partial.entities()[partial.hops()];
      graph.expand(
          last,
          query.direction(),
          (index, relation, inverse, neighbour, weight) -> {
            if (++arcs[0] > query.maxArcs()) {
              return false;
            }
            if (IntStream.of(partial.entities()).noneMatch(entity -> entity == neighbour)) {
              GraphPath longer = append(partial, relation, inverse, neighbour);
              if (IntStream.of(targets).anyMatch(target -> target == neighbour)) {
                found.add(longer);
              }
              if (longer.hops() < query.maxHops()) {
                queue.add(longer);
              }
            }
            return true;
          });
    }
    found.sort(PathOrder.of(graph));
    List<GraphPath> best = found.subList(0, Math.min(query.maxPaths(), found.size()));
    if (arcs[0] > query.maxArcs()) {
      return new PathResult(best, PathReport.cut(query.maxArcs(), "maxArcs"));
    }
    return new PathResult(
        best,
        found.size() > best.size()
            ? PathReport.cut(arcs[0], "maxPaths")
            : PathReport.complete(arcs[0]));
  }

  private static GraphPath append(GraphPath path, int relation, boolean inverse, int entity) {
    int hops = path.hops();
    int[] entities = Arrays.copyOf(path.entities(), hops + 2);
    int[] relations = Arrays.copyOf(path.relations(), hops + 1);
    boolean[] directions = Arrays.copyOf(path.inverse(), hops + 1);
    entities[hops + 1] = entity;
    relations[hops] = relation;
    directions[hops] = inverse;
    return new GraphPath(entities, relations, directions);
  }

  /** Its name in provenance. */
  @Override
  public String id() {
    return "bruteforce/1";
  }
}
