package ai.kale.kg.path;

import ai.kale.Direction;
import ai.kale.KnowledgeGraph;
import ai.kale.PathQuery;
import ai.kale.PathResult;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * Follows a given sequence of relations from one entity. The paths do not depend on any answer, so
 * they are the question's own where a data set names its relation path, even if its label is wrong.
 *
 * <p>One {@link KnowledgeGraph#expand} for each hop; O(arcs read) time and memory, then O(hops) a
 * path. Paths are simple and come in the order of {@link ai.kale.PathExtractor}. Safe for use by
 * several threads.
 */
public final class RelationPathFollower {
  private final int maxPaths;

  /**
   * Creates a follower.
   *
   * @param maxPaths most paths to return, at least 1
   */
  public RelationPathFollower(int maxPaths) {
    if (maxPaths < 1) {
      throw new IllegalArgumentException("maxPaths must be at least 1; got " + maxPaths);
    }
    this.maxPaths = maxPaths;
  }

  /**
   * One hop to take.
   *
   * @param relationId a relation
   * @param inverse whether to go against its arrow
   */
  public record Hop(String relationId, boolean inverse) {}

  /**
   * Follows a relation path.
   *
   * @param graph where to go
   * @param source where to start
   * @param hops the relations, at least one; one that the graph does not have leads nowhere
   * @return every simple path that takes these hops, up to the limit, and a report
   */
  public PathResult follow(KnowledgeGraph graph, int source, List<Hop> hops) {
    if (hops.isEmpty()) {
      throw new IllegalArgumentException("a relation path needs at least one hop");
    }
    PathQuery query =
        PathQuery.between(new int[] {source}, new int[0])
            .withMaxHops(hops.size())
            .withMaxPaths(maxPaths);
    PathRules rules = new PathRules(graph, query);
    SearchBudget budget = new SearchBudget(query);
    ArcReader reader = ArcReader.of(graph, query, rules, budget);
    FirstPaths found = new FirstPaths(maxPaths);
    List<ArcBlock> blocks = new ArrayList<>();
    IntIndex reached = IntIndex.of(new int[] {source});
    for (Hop hop : hops) {
      OptionalInt relation = graph.relation(hop.relationId());
      if (relation.isEmpty() || reached.size() == 0 || budget.isCut()) {
        return found.result(budget, 0);
      }
      Direction direction = hop.inverse() ? Direction.BACKWARD : Direction.FORWARD;
      ArcBlock kept = only(reader.read(reached.toArray(), false, direction), relation.getAsInt());
      blocks.add(kept);
      reached = new IntIndex(16);
      for (int a = 0; a < kept.size(); a++) {
        reached.add(kept.nbr[a]);
      }
    }
    LayerGraph layers = new LayerBuilder(reader, rules).build(blocks, List.of(), reached, reached);
    if (layers != null) {
      new LayerWalker(query, rules, budget, found).walk(layers);
    }
    return found.result(budget, 0);
  }

  private static ArcBlock only(ArcBlock block, int relation) {
    ArcBlock kept = new ArcBlock(block.frontier, 16);
    for (int f = 0; f < block.frontier.length; f++) {
      for (int a = block.off[f]; a < block.off[f + 1]; a++) {
        if (block.lab[a] >>> 1 == relation) {
          kept.add(block.nbr[a], block.lab[a]);
        }
      }
      kept.off[f + 1] = kept.size();
    }
    return kept;
  }
}
