package ai.kale.kg.path;

import ai.kale.Direction;
import ai.kale.PathMode;
import ai.kale.PathQuery;
import ai.kale.kg.graph.AdjacencyArrays;
import ai.kale.kg.graph.CompactGraph;
import java.util.Arrays;
import java.util.Objects;

/** Reads arcs straight from the arrays of a {@link CompactGraph}, whose handles rise with ids. */
final class CompactArcReader implements ArcReader {
  private final AdjacencyArrays arcs;
  private final PathRules rules;
  private final SearchBudget budget;
  private final boolean loops;

  CompactArcReader(CompactGraph graph, PathQuery query, PathRules rules, SearchBudget budget) {
    this.arcs = graph.adjacency();
    this.rules = rules;
    this.budget = budget;
    loops = query.mode() == PathMode.TRAIL;
  }

  @Override
  public ArcBlock read(int[] frontier, boolean fromTargets, Direction direction) {
    boolean forward = direction.includesForward();
    boolean backward = direction.includesBackward();
    int flip = fromTargets ? 1 : 0;
    ArcBlock block = new ArcBlock(frontier, (int) Math.min(1 << 20, cost(frontier)));
    for (int i = 0; i < frontier.length && !block.cut; i++) {
      int entity = Objects.checkIndex(frontier[i], arcs.entityCount());
      int end = arcs.arcEnd(entity);
      for (int a = arcs.arcStart(entity); a < end && !block.cut; a++) {
        int label = arcs.labelAt(a) ^ flip;
        int neighbour = arcs.neighbour(a);
        boolean directed = (label & 1) == 0 ? forward : backward;
        if (directed && (loops || neighbour != entity) && rules.allows(label)) {
          if (budget.takeArc()) {
            block.add(neighbour, label);
          } else {
            block.cut = true;
          }
        }
      }
      block.off[i + 1] = block.size();
    }
    return block;
  }

  @Override
  public long cost(int[] frontier) {
    long sum = 0;
    for (int entity : frontier) {
      sum += arcs.degree(entity);
    }
    return sum;
  }

  @Override
  public int[] sorted(int[] entities) {
    int[] sorted = entities.clone();
    Arrays.sort(sorted);
    return sorted;
  }

  @Override
  public int rank(int relation) {
    return relation;
  }

  @Override
  public int relation(int rank) {
    return rank;
  }

  @Override
  public float weight(int from, int label, int to) {
    return weight(arcs, from, label, to);
  }

  static float weight(AdjacencyArrays arcs, int from, int label, int to) {
    int end = arcs.arcEnd(from);
    int arc = SortedJoin.firstNotBelow(arcs, arcs.arcStart(from), end, to);
    while (arc < end && arcs.labelAt(arc) != label) {
      arc++;
    }
    return arcs.weightAt(arc);
  }
}
