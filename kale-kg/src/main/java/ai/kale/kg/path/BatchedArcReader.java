package ai.kale.kg.path;

import ai.kale.Direction;
import ai.kale.GraphCapability;
import ai.kale.KnowledgeGraph;
import ai.kale.PathMode;
import ai.kale.PathQuery;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;

/** Reads arcs through the batched primitive: one call of {@code expand} for each frontier. */
final class BatchedArcReader implements ArcReader {
  private final KnowledgeGraph graph;
  private final PathRules rules;
  private final SearchBudget budget;
  private final boolean loops;
  private final boolean weighted;
  private final Map<Integer, String> entityIds = new HashMap<>();
  private final Map<Hop, Float> weights = new HashMap<>();
  private final IntIndex relations = new IntIndex(16);
  private int[] byRank = new int[0];
  private int[] ranks = new int[0];

  /** A hop as a path takes it. */
  private record Hop(int from, int label, int to) {}

  BatchedArcReader(
      KnowledgeGraph graph, PathQuery query, PathRules rules, SearchBudget budget) {
    this.graph = graph;
    this.rules = rules;
    this.budget = budget;
    loops = query.mode() == PathMode.TRAIL;
    weighted = query.isRanked() && graph.capabilities().contains(GraphCapability.WEIGHTS);
  }

  @Override
  public ArcBlock read(int[] frontier, boolean fromTargets, Direction direction) {
    ArcBlock block = new ArcBlock(frontier, 4 * frontier.length);
    int[] counts = new int[frontier.length];
    int flip = fromTargets ? 1 : 0;
    graph.expand(
        frontier,
        ArcReader.atFrontier(direction, fromTargets),
        (index, relation, inverse, neighbour, weight) -> {
          int label = (relation * 2 + (inverse ? 1 : 0)) ^ flip;
          int entity = frontier[index];
          if ((!loops && neighbour == entity) || !rules.allows(label)) {
            return true;
          }
          if (!budget.takeArc()) {
            block.cut = true;
            return false;
          }
          block.add(neighbour, label);
          relations.add(relation);
          counts[index]++;
          if (weighted) {
            weights.put(
                fromTargets ? new Hop(neighbour, label, entity) : new Hop(entity, label, neighbour),
                weight);
          }
          return true;
        });
    for (int i = 0; i < counts.length; i++) {
      block.off[i + 1] = block.off[i] + counts[i];
    }
    block.cut |= !budget.check();
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
  public int rank(int relation) {
    rankAll();
    return ranks[relations.find(relation)];
  }

  @Override
  public int relation(int rank) {
    rankAll();
    return byRank[rank];
  }

  /** Ranks the relations read so far; a block is read whole before any of its hops is ranked. */
  private void rankAll() {
    if (byRank.length == relations.size()) {
      return;
    }
    byRank =
        Arrays.stream(relations.toArray())
            .boxed()
            .sorted(Comparator.comparing(graph::relationId))
            .mapToInt(Integer::intValue)
            .toArray();
    ranks = new int[byRank.length];
    for (int rank = 0; rank < byRank.length; rank++) {
      ranks[relations.find(byRank[rank])] = rank;
    }
  }

  @Override
  public float weight(int from, int label, int to) {
    return weights.getOrDefault(new Hop(from, label, to), 1f);
  }
}
