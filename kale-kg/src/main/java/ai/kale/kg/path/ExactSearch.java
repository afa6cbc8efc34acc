package ai.kale.kg.path;

import ai.kale.GraphPath;
import ai.kale.PathQuery;
import ai.kale.PathResult;
import ai.kale.data.PathReport;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * One run of {@link ExactPathExtractor}: grows the two balls and lists the paths length by length.
 */
final class ExactSearch {
  private final ArcReader reader;
  private final PathQuery query;
  private final int onlySource;
  private final int onlyTarget;
  private final List<ArcBlock> forward = new ArrayList<>();
  private final List<ArcBlock> backward = new ArrayList<>();
  private IntIndex left;
  private IntIndex right;
  private long arcsRead;

  ExactSearch(ArcReader reader, PathQuery query) {
    this.reader = reader;
    this.query = query;
    int[] sources = query.sources();
    int[] targets = query.targets();
    onlySource = sources.length == 1 ? sources[0] : -1;
    onlyTarget = targets.length == 1 ? targets[0] : -1;
    left = IntIndex.of(sources);
    right = IntIndex.of(targets);
  }

  PathResult run() {
    List<GraphPath> found = new ArrayList<>();
    if (left.size() == 0 || right.size() == 0 || (onlySource >= 0 && onlySource == onlyTarget)) {
      return new PathResult(found, PathReport.complete(0));
    }
    LayerBuilder builder = new LayerBuilder(reader);
    LayerWalker walker = new LayerWalker(found, query.maxPaths());
    for (int length = 1; length <= query.maxHops(); length++) {
      LayerWalker.checkInterrupt();
      if (!grow()) {
        return new PathResult(found, PathReport.cut(arcsRead, "maxArcs"));
      }
      if (left.size() == 0 || right.size() == 0) {
        break;
      }
      LayerGraph layers = builder.build(forward, backward, left, right);
      if (layers != null && !walker.walk(layers)) {
        return new PathResult(found, PathReport.cut(arcsRead, "maxPaths"));
      }
    }
    return new PathResult(found, PathReport.complete(arcsRead));
  }

  /** Reads one more frontier on the cheaper side; false if the budget does not allow it. */
  private boolean grow() {
    int[] leftFrontier = without(left, forward.isEmpty() ? -1 : onlyTarget);
    int[] rightFrontier = without(right, backward.isEmpty() ? -1 : onlySource);
    boolean fromTargets = reader.cost(rightFrontier) < reader.cost(leftFrontier);
    ArcBlock block =
        reader.read(
            fromTargets ? rightFrontier : leftFrontier,
            fromTargets,
            query.direction(),
            query.maxArcs() - arcsRead);
    arcsRead += block.size();
    if (block.cut) {
      return false;
    }
    if (fromTargets) {
      backward.add(block);
      right = neighbours(block, onlyTarget);
    } else {
      forward.add(block);
      left = neighbours(block, onlySource);
    }
    return true;
  }

  /** An only source can be nowhere but first, an only target nowhere but last. */
  private static int[] without(IntIndex entities, int excluded) {
    int[] all = entities.toArray();
    return excluded < 0 || entities.find(excluded) < 0
        ? all
        : IntStream.of(all).filter(entity -> entity != excluded).toArray();
  }

  private static IntIndex neighbours(ArcBlock block, int excluded) {
    IntIndex next = new IntIndex(Math.min(block.size(), 1 << 10));
    for (int a = 0; a < block.size(); a++) {
      if (block.nbr[a] != excluded) {
        next.add(block.nbr[a]);
      }
    }
    return next;
  }
}
