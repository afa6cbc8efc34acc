package ai.kale.kg.path;

import ai.kale.Direction;
import ai.kale.kg.graph.AdjacencyArrays;
import ai.kale.kg.graph.CompactGraph;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.IntStream;

/** Reads arcs straight from the arrays of a {@link CompactGraph}. */
final class CompactArcReader implements ArcReader {
  private final AdjacencyArrays arcs;
  private final int[] relationRanks;

  CompactArcReader(CompactGraph graph) {
    this.arcs = graph.adjacency();
    this.relationRanks = IntStream.range(0, graph.relationCount()).toArray();
  }

  @Override
  public ArcBlock read(int[] frontier, boolean fromTargets, Direction direction, long budget) {
    Direction stored = ArcReader.atFrontier(direction, fromTargets);
    boolean both = stored == Direction.BOTH;
    int unwanted = stored == Direction.FORWARD ? 1 : 0;
    int flip = fromTargets ? 1 : 0;
    ArcBlock block =
        new ArcBlock(frontier, (int) Math.min(1 << 28, Math.min(budget, cost(frontier))));
    for (int i = 0; i < frontier.length && !block.cut; i++) {
      int entity = Objects.checkIndex(frontier[i], arcs.entityCount());
      int end = arcs.arcEnd(entity);
      for (int a = arcs.arcStart(entity); a < end && !block.cut; a++) {
        int label = arcs.labelAt(a);
        int neighbour = arcs.neighbour(a);
        if (neighbour != entity && (both || (label & 1) != unwanted)) {
          if (block.size() < budget) {
            block.add(neighbour, label ^ flip);
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
    int[] sorted = entities.clone(); // handles rise with ids
    Arrays.sort(sorted);
    return sorted;
  }

  @Override
  public int[] relationRanks() {
    return relationRanks;
  }
}
