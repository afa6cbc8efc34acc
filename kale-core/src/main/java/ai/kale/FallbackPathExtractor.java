package ai.kale;

import ai.kale.data.PathFallback;
import ai.kale.data.PathReport;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * Gives other paths where an extractor finds none.
 *
 * <p>{@link PathFallback#TOWARD_ANSWER}: the targets are widened to the entities at distance 1, 2,
 * … from them (any relation, both directions), up to the query's hops, and the first distance that
 * paths lead to gives the result. {@link PathFallback#FROM_QUESTION}: the targets are all entities
 * within 1, 2, … hops of the sources, until there are as many paths as asked for. Both search with
 * the query's own limits; one more {@code expand} and one more search for each step. A search that
 * was cut has no fallback: whether there is a path is not known.
 */
final class FallbackPathExtractor implements PathExtractor {
  private final PathExtractor base;
  private final PathFallback fallback;

  FallbackPathExtractor(PathExtractor base, PathFallback fallback) {
    this.base = base;
    this.fallback = fallback;
  }

  @Override
  public PathResult extract(KnowledgeGraph graph, PathQuery query) {
    PathResult found = base.extract(graph, query);
    boolean none = found.paths().isEmpty() && found.report().complete();
    if (!none || query.sources().length == 0) {
      return found;
    }
    Attempt attempt = new Attempt(graph, query, found.report().arcsRead());
    return fallback == PathFallback.TOWARD_ANSWER ? attempt.towardAnswer() : attempt.fromQuestion();
  }

  @Override
  public String id() {
    return base.id() + "+" + fallback.text();
  }

  /** The wider searches of one query. */
  private final class Attempt {
    private final KnowledgeGraph graph;
    private final PathQuery query;
    private final BitSet ball = new BitSet();
    private long spent;
    private PathResult best;

    Attempt(KnowledgeGraph graph, PathQuery query, long spent) {
      this.graph = graph;
      this.query = query;
      this.spent = spent;
      best = new PathResult(List.of(), PathReport.complete(spent));
    }

    PathResult towardAnswer() {
      int[] layer = query.targets();
      for (int distance = 1; distance <= query.maxHops() && best.paths().isEmpty(); distance++) {
        layer = next(layer, Direction.BOTH);
        if (layer.length == 0 || !search(layer, query.maxHops())) {
          break;
        }
      }
      return best;
    }

    PathResult fromQuestion() {
      int[] layer = query.sources();
      for (int hops = 1; hops <= query.maxHops(); hops++) {
        layer = next(layer, query.direction());
        if (layer.length == 0
            || !search(ball.stream().toArray(), hops)
            || best.paths().size() == query.maxPaths()) {
          break;
        }
      }
      return best;
    }

    /** The entities one step farther from where the ball began; none if the budget is used up. */
    private int[] next(int[] layer, Direction direction) {
      Arrays.stream(layer).forEach(ball::set);
      BitSet next = new BitSet();
      boolean[] cut = new boolean[1];
      graph.expand(
          layer,
          direction,
          (index, relation, inverse, neighbour, weight) -> {
            if (spent >= query.maxArcs()) {
              cut[0] = true;
              return false;
            }
            spent++;
            if (!ball.get(neighbour)) {
              next.set(neighbour);
            }
            return true;
          });
      ball.or(next);
      keep(best, cut[0] ? PathReport.MAX_ARCS : "");
      return cut[0] ? new int[0] : next.stream().toArray();
    }

    /** Searches for other targets with what is left of the budget; false if that cut it. */
    private boolean search(int[] targets, int hops) {
      if (spent >= query.maxArcs()) {
        keep(best, PathReport.MAX_ARCS);
        return false;
      }
      PathQuery wider = query.withEndpoints(query.sources(), targets).withMaxHops(hops);
      PathResult found =
          base.extract(
              graph,
              query.maxArcs() == Long.MAX_VALUE
                  ? wider
                  : wider.withMaxArcs(query.maxArcs() - spent));
      spent += found.report().arcsRead();
      keep(found, found.report().cut());
      return found.report().complete() || !found.paths().isEmpty();
    }

    private void keep(PathResult found, String cut) {
      PathReport report = PathReport.of(spent, cut, found.report().hubs());
      best =
          new PathResult(
              found.paths(),
              found.scores(),
              found.paths().isEmpty() ? report : report.withFallback(fallback));
    }
  }
}
