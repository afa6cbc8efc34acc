package ai.kale.kg.path;

import ai.kale.KnowledgeGraph;
import ai.kale.PathQuery;
import ai.kale.PathResult;
import ai.kale.PathScorer;
import ai.kale.data.PathReport;
import java.util.Arrays;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Collects the candidate paths of one search and keeps the best K of them, in one thread.
 *
 * <p>A candidate comes in the extractor's own buffers, which are copied only if it is kept: one
 * that costs more than the worst of K is refused after one comparison, one of the same cost is
 * scored, and ids are compared only where cost, score and hops are the same. O(log K) for one that
 * is kept, and memory for K.
 */
final class PathRanking {
  private final int most;
  private final PathScorer scorer;
  private final boolean scored;
  private final DegreeTable degrees;
  private final CandidateView view;
  private final PathOrder order;
  private final PriorityQueue<RankedPath> kept;
  private boolean more;

  /**
   * Starts without paths.
   *
   * @param graph the graph of the handles
   * @param query how many to keep, and the scorer
   * @param ids the order of ids
   * @param degrees the degrees the search knows; asked for others where a scorer wants them
   */
  PathRanking(KnowledgeGraph graph, PathQuery query, IdOrder ids, DegreeTable degrees) {
    most = query.maxPaths();
    scorer = query.scorer();
    scored = query.isRanked();
    this.degrees = degrees;
    view = new CandidateView(graph, degrees);
    order = new PathOrder(ids);
    kept = new PriorityQueue<>(order.reversed());
  }

  /**
   * Names all entities on the candidates to come, of one length for example: if the scorer asks for
   * a degree, those of all of them are fetched in one call. Others are fetched as they are met.
   */
  void announce(int[] entities) {
    if (scored) {
      degrees.announce(entities);
    }
  }

  /**
   * Offers a path that was not offered before.
   *
   * @param cost sum of what its hops cost, added up from the source
   * @param hops its length; how much of the buffers counts
   * @param entities at least {@code hops + 1}
   * @param labels {@code relation * 2 + inverse} of each hop, in the direction of the path
   * @param weights of the triples; may be empty if all are 1
   * @throws IllegalArgumentException if the scorer gives NaN
   */
  void offer(double cost, int hops, int[] entities, int[] labels, float[] weights) {
    boolean full = kept.size() == most;
    if (full && cost > worst().cost()) {
      more = true;
      return;
    }
    double score = scored ? score(hops, entities, labels, weights) : 0;
    if (full) {
      more = true;
      if (order.compare(cost, score, hops, entities, labels, worst()) > 0) {
        return;
      }
      kept.remove();
    }
    kept.add(
        new RankedPath(
            cost, score, Arrays.copyOf(entities, hops + 1), Arrays.copyOf(labels, hops)));
  }

  private RankedPath worst() {
    RankedPath worst = kept.peek();
    if (worst == null) {
      throw new AssertionError("at least one path is kept");
    }
    return worst;
  }

  private double score(int hops, int[] entities, int[] labels, float[] weights) {
    double score = scorer.score(view.show(hops, entities, labels, weights));
    if (Double.isNaN(score)) {
      throw new IllegalArgumentException(
          "the scorer '"
              + scorer.id()
              + "' gave NaN for the path "
              + view.text()
              + "; a score is any number but NaN");
    }
    return score + 0.0; // minus zero becomes zero: the order does not tell them apart
  }

  /** Number of paths kept. */
  int size() {
    return kept.size();
  }

  /** Whether more paths were offered than are kept. */
  boolean hasMore() {
    return more;
  }

  /**
   * The cost above which nothing more can change the result: that of the K-th best path once it is
   * known that there are more than K, else infinity. Paths of this very cost may still be better.
   */
  double bound() {
    return more ? worst().cost() : Double.POSITIVE_INFINITY;
  }

  /**
   * The kept paths in order, with scores if the query has a scorer.
   *
   * @param budget what was read, and why the search was cut if it was
   * @param hubs hubs at which arcs were left out
   * @return the result of the search
   */
  PathResult result(SearchBudget budget, int hubs) {
    List<RankedPath> best = kept.stream().sorted(order).toList();
    String cut = budget.isCut() ? budget.cut() : more ? PathReport.MAX_PATHS : "";
    return new PathResult(
        best.stream().map(RankedPath::toGraphPath).toList(),
        scored ? best.stream().map(RankedPath::score).toList() : List.of(),
        PathReport.of(budget.arcs(), cut, hubs));
  }
}
