package ai.kale.kg.path;

import ai.kale.Direction;
import ai.kale.KnowledgeGraph;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;

/** Reads arcs through the batched primitive: one call of {@code expand} for each frontier. */
final class BatchedArcReader implements ArcReader {
  private final KnowledgeGraph graph;
  private final Map<Integer, String> entityIds = new HashMap<>();
  private final Map<Integer, String> relationIds = new HashMap<>();
  private int[] ranks = new int[0];

  BatchedArcReader(KnowledgeGraph graph) {
    this.graph = graph;
  }

  @Override
  public ArcBlock read(int[] frontier, boolean fromTargets, Direction direction, long budget) {
    ArcBlock block = new ArcBlock(frontier, 4 * frontier.length);
    int[] counts = new int[frontier.length];
    int flip = fromTargets ? 1 : 0;
    graph.expand(
        frontier,
        ArcReader.atFrontier(direction, fromTargets),
        (index, relation, inverse, neighbour, weight) -> {
          if (neighbour == frontier[index]) {
            return true;
          }
          if (block.size() >= budget) {
            block.cut = true;
            return false;
          }
          block.add(neighbour, (relation * 2 + (inverse ? 1 : 0)) ^ flip);
          counts[index]++;
          return true;
        });
    for (int i = 0; i < counts.length; i++) {
      block.off[i + 1] = block.off[i] + counts[i];
    }
    return block;
  }

  @Override
  public long cost(int[] frontier) {
    return frontier.length;
  }

  @Override
  public int[] sorted(int[] entities) {
    return IntStream.of(entities)
        .boxed()
        .sorted(Comparator.comparing(e -> entityIds.computeIfAbsent(e, graph::entityId)))
        .mapToInt(Integer::intValue)
        .toArray();
  }

  @Override
  public int[] relationRanks() {
    int count = graph.relationCount();
    if (ranks.length < count) {
      int[] sorted =
          IntStream.range(0, count)
              .boxed()
              .sorted(Comparator.comparing(r -> relationIds.computeIfAbsent(r, graph::relationId)))
              .mapToInt(Integer::intValue)
              .toArray();
      int[] now = new int[count];
      for (int i = 0; i < count; i++) {
        now[sorted[i]] = i;
      }
      ranks = now;
    }
    return ranks;
  }
}
