package ai.kale.kg.path;

import ai.kale.Direction;
import ai.kale.PathMode;
import ai.kale.PathQuery;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The search in layers, for any graph, length and setting: balls around the sources and around the
 * targets are grown until their radii add up to the length, each time on the side that is cheaper
 * to read. Joined at the layer where they meet and pruned towards both ends they give the walks of
 * that length as a layered graph in which no hop is in vain.
 */
final class LayeredSearch {
  private final ArcReader reader;
  private final PathRules rules;
  private final LayerBuilder builder;
  private final LayerWalker walker;
  private final PathCollector collector;
  private final Direction direction;
  private final int onlySource;
  private final int onlyTarget;
  private final List<ArcBlock> forward = new ArrayList<>();
  private final List<ArcBlock> backward = new ArrayList<>();
  private IntIndex left;
  private IntIndex right;

  LayeredSearch(
      ArcReader reader,
      PathQuery query,
      PathRules rules,
      SearchBudget budget,
      PathCollector collector) {
    this.reader = reader;
    this.rules = rules;
    this.collector = collector;
    direction = query.direction();
    builder = new LayerBuilder(reader, rules);
    walker = new LayerWalker(query, rules, budget, collector);
    int[] sources = query.sources();
    int[] targets = query.targets();
    boolean simple = query.mode() == PathMode.SIMPLE;
    onlySource = simple && sources.length == 1 ? sources[0] : -1;
    onlyTarget = simple && targets.length == 1 ? targets[0] : -1;
    left = IntIndex.of(sources);
    right = IntIndex.of(targets);
  }

  /** Gives the paths of a length, not below one asked for before. False to stop. */
  boolean search(int length) {
    while (forward.size() + backward.size() < length) {
      if (isEmpty() || !grow()) {
        return false;
      }
    }
    if (isEmpty()) {
      return false;
    }
    LayerGraph layers = builder.build(forward, backward, left, right);
    if (layers == null) {
      return true;
    }
    collector.announce(layers);
    return walker.walk(layers);
  }

  /** Whether a side has come to its end: there is no path of this length or longer. */
  private boolean isEmpty() {
    return left.size() == 0 || right.size() == 0;
  }

  /** Reads one more frontier on the cheaper side; false if the budget does not allow it. */
  private boolean grow() {
    int[] leftFrontier = frontier(left, forward, onlyTarget);
    int[] rightFrontier = frontier(right, backward, onlySource);
    boolean fromTargets = reader.cost(rightFrontier) < reader.cost(leftFrontier);
    int[] frontier = fromTargets ? rightFrontier : leftFrontier;
    boolean atEnd = (fromTargets ? backward : forward).isEmpty();
    ArcBlock block =
        reader.read(atEnd ? frontier : rules.passable(frontier), fromTargets, direction);
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
  private static int[] frontier(IntIndex reached, List<ArcBlock> blocks, int excluded) {
    int[] all = reached.toArray();
    return blocks.isEmpty() || excluded < 0 || reached.find(excluded) < 0
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
