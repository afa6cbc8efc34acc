package ai.kale.kg.path;

import ai.kale.GraphPath;
import ai.kale.PathResult;
import ai.kale.data.PathReport;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Keeps the first paths, which come in their final order. */
final class FirstPaths implements PathCollector {
  private final int most;
  private final List<GraphPath> kept = new ArrayList<>();
  private boolean more;

  FirstPaths(int most) {
    this.most = most;
  }

  @Override
  public boolean visit(int hops, int[] entities, int[] labels) {
    if (kept.size() == most) {
      more = true;
      return false;
    }
    int[] relations = new int[hops];
    boolean[] inverse = new boolean[hops];
    for (int hop = 0; hop < hops; hop++) {
      relations[hop] = labels[hop] >>> 1;
      inverse[hop] = (labels[hop] & 1) != 0;
    }
    kept.add(new GraphPath(Arrays.copyOf(entities, hops + 1), relations, inverse));
    return true;
  }

  /** What was kept so far. */
  List<GraphPath> kept() {
    return kept;
  }

  @Override
  public long wanted() {
    return (long) most - kept.size() + 1;
  }

  @Override
  public boolean wants(int hops) {
    return !more;
  }

  @Override
  public void announce(LayerGraph layers) {
    // No scorer asks for anything.
  }

  @Override
  public PathResult result(SearchBudget budget, int hubs) {
    String cut = more ? PathReport.MAX_PATHS : budget.cut();
    return new PathResult(kept, PathReport.of(budget.arcs(), cut, hubs));
  }
}
