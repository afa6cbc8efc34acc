package ai.kale.kg.path;

import ai.kale.PathResult;
import ai.kale.data.PathReport;
import java.util.List;

/** Passes paths on to a visitor of the caller, up to a number. */
final class PassedOn implements PathCollector {
  private final PathVisitor visitor;
  private long left;
  private boolean stopped;

  PassedOn(int most, PathVisitor visitor) {
    this.visitor = visitor;
    left = most;
  }

  @Override
  public boolean visit(int hops, int[] entities, int[] labels) {
    if (left-- > 0 && visitor.visit(hops, entities, labels)) {
      return true;
    }
    stopped = true;
    return false;
  }

  @Override
  public long wanted() {
    return left + 1;
  }

  @Override
  public boolean wants(int hops) {
    return !stopped;
  }

  @Override
  public void announce(LayerGraph layers) {
    // No scorer asks for anything.
  }

  PathReport report(SearchBudget budget, int hubs) {
    return PathReport.of(budget.arcs(), stopped ? PathReport.MAX_PATHS : budget.cut(), hubs);
  }

  @Override
  public PathResult result(SearchBudget budget, int hubs) {
    return new PathResult(List.of(), report(budget, hubs));
  }
}
