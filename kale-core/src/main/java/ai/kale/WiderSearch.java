package ai.kale;

import ai.kale.data.PathFallback;
import ai.kale.data.PathReport;
import java.time.Duration;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/**
 * The searches that follow one search without a path, within what is left of its limits. Entities
 * that the query's filter lets no path pass, and hubs where it skips them, are no ends either,
 * since the query does not name them, and nothing is looked for behind them.
 */
final class WiderSearch {
  private static final int LOOK_EVERY = 1 << 12;

  private final PathExtractor searcher;
  private final KnowledgeGraph graph;
  private final PathQuery query;
  private final long begun;
  private final BitSet sources;
  private final BitSet refused = new BitSet();
  private final BitSet seen = new BitSet();
  private long spent;
  private int hubs;
  private String cut = "";
  private PathResult best = new PathResult(List.of(), PathReport.complete(0));

  /**
   * Takes over from a complete search.
   *
   * @param begun when it began, by {@link System#nanoTime}
   * @param before what it read
   */
  WiderSearch(
      PathExtractor searcher,
      KnowledgeGraph graph,
      PathQuery query,
      long begun,
      PathReport before) {
    this.searcher = searcher;
    this.graph = graph;
    this.query = query;
    this.begun = begun;
    this.spent = before.arcsRead();
    this.hubs = before.hubs();
    this.sources = bits(query.sources());
    Arrays.stream(graph.entities(query.filter().excludedEntities()))
        .filter(entity -> entity >= 0)
        .forEach(refused::set);
  }

  /** An end that is no nearer to the answer than some source would not lead toward it. */
  PathResult towardAnswer() {
    BitSet layer = bits(query.targets());
    for (int distance = 1; distance <= query.maxHops() && !layer.intersects(sources); distance++) {
      layer = next(layer, Direction.BOTH);
      if (layer.isEmpty() || layer.intersects(sources)) {
        break;
      }
      layer = passable(layer);
      search(layer, query.maxHops());
      if (!cut.isEmpty() || !best.paths().isEmpty()) {
        break;
      }
    }
    return labelled(PathFallback.TOWARD_ANSWER);
  }

  /**
   * Goes on after as many paths as asked for, so that the report knows whether there are more. Once
   * no new entity comes, longer paths may still lead to the known ones. A trail may return to where
   * it began, which says nothing: there the sources are no ends.
   */
  PathResult fromQuestion() {
    BitSet layer = sources;
    BitSet ends = query.mode() == PathMode.SIMPLE ? (BitSet) sources.clone() : new BitSet();
    for (int hops = 1; hops <= query.maxHops() && cut.isEmpty(); hops++) {
      layer = passable(next(layer, query.direction()));
      ends.or(layer);
      boolean last = layer.isEmpty();
      if (cut.isEmpty()) {
        search(ends, last ? query.maxHops() : hops);
      }
      if (last) {
        break;
      }
    }
    return labelled(PathFallback.FROM_QUESTION);
  }

  private static BitSet bits(int[] handles) {
    BitSet bits = new BitSet();
    Arrays.stream(handles).forEach(bits::set);
    return bits;
  }

  /** Those that may be ends and that a path may pass. */
  private BitSet passable(BitSet layer) {
    BitSet kept = (BitSet) layer.clone();
    kept.andNot(refused);
    HubPolicy policy = query.filter().hubs();
    if (policy.action() == HubPolicy.Action.SKIP && !kept.isEmpty()) {
      int[] entities = kept.stream().toArray();
      int[] degrees = graph.degrees(entities);
      for (int i = 0; i < entities.length; i++) {
        if (degrees[i] > policy.degree()) {
          kept.clear(entities[i]);
        }
      }
    }
    return kept;
  }

  private PathResult labelled(PathFallback fallback) {
    PathReport report = PathReport.of(spent, cut, hubs).withFallback(fallback);
    return new PathResult(best.paths(), best.scores(), report);
  }

  /** The entities one step farther than all seen before; none if that was cut. */
  private BitSet next(BitSet layer, Direction direction) {
    seen.or(layer);
    BitSet next = new BitSet();
    if (!layer.isEmpty()) {
      graph.expand(
          layer.stream().toArray(),
          direction,
          (index, relation, inverse, neighbour, weight) -> {
            stopIfNeeded();
            if (!cut.isEmpty()) {
              return false;
            }
            spent++;
            if (!seen.get(neighbour)) {
              next.set(neighbour);
            }
            return true;
          });
    }
    seen.or(next);
    return cut.isEmpty() ? next : new BitSet();
  }

  /** The budget is looked at for every arc, the clock and the interrupt now and then. */
  private void stopIfNeeded() {
    if (spent >= query.maxArcs()) {
      cut = PathReport.MAX_ARCS;
    } else if (spent % LOOK_EVERY == 0) {
      if (Thread.currentThread().isInterrupted()) {
        cut = PathReport.INTERRUPTED;
      } else if (timeLeft().filter(WiderSearch::isOver).isPresent()) {
        cut = PathReport.MAX_TIME;
      }
    }
  }

  /** What is left of the time limit, not above 0 once it is over; empty without a limit. */
  private Optional<Duration> timeLeft() {
    return query.maxTime().map(most -> most.minusNanos(System.nanoTime() - begun));
  }

  private static boolean isOver(Duration left) {
    return left.isZero() || left.isNegative();
  }

  /** Searches for other targets with what is left of the limits, and keeps what is more. */
  private void search(BitSet targets, int hops) {
    if (spent >= query.maxArcs()) {
      cut = PathReport.MAX_ARCS;
      return;
    }
    Optional<Duration> time = timeLeft();
    if (time.filter(WiderSearch::isOver).isPresent()) {
      cut = PathReport.MAX_TIME;
      return;
    }
    PathQuery wider =
        query.withEndpoints(query.sources(), targets.stream().toArray()).withMaxHops(hops);
    if (query.maxArcs() != Long.MAX_VALUE) {
      wider = wider.withMaxArcs(query.maxArcs() - spent);
    }
    if (time.isPresent()) {
      wider = wider.withMaxTime(time.get());
    }
    PathResult found = searcher.extract(graph, wider);
    spent += found.report().arcsRead();
    hubs = Math.max(hubs, found.report().hubs());
    cut = found.report().cut();
    boolean enough = best.paths().size() == query.maxPaths();
    if (!enough && found.paths().size() >= best.paths().size()) {
      best = found;
    }
  }
}
