package ai.kale.kg.path;

import ai.kale.Direction;
import ai.kale.KnowledgeGraph;
import ai.kale.PathMode;
import ai.kale.PathQuery;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.stream.IntStream;

/** One run of {@link AStarPathExtractor}. */
final class AStarSearch extends PathSearch {
  /** A partial path, and the least that a path that begins with it can cost. */
  private record Open(PartialPath path, double estimate) {}

  private final AStarPathExtractor.Settings settings;
  private final ArcTable towards;
  private final IntIndex sources;
  private final PriorityQueue<Open> queue =
      new PriorityQueue<>(
          Comparator.comparingDouble(Open::estimate)
              .thenComparing(Comparator.comparingInt((Open open) -> open.path.hops).reversed()));

  /** Paths that cost as much as what is at the head of the queue, so that there may be more. */
  private final List<PartialPath> found = new ArrayList<>();

  private final boolean endsAtTarget;
  private AnchorDistances distances = AnchorDistances.none();
  private int[] level;
  private int levelsRead;
  private long expansions;

  AStarSearch(KnowledgeGraph graph, PathQuery query, AStarPathExtractor.Settings settings) {
    super(graph, query);
    this.settings = settings;
    sources = IntIndex.of(query.sources());
    towards =
        query.direction() == Direction.BOTH
            ? arcs
            : new ArcTable(
                graph,
                query.direction() == Direction.FORWARD ? Direction.BACKWARD : Direction.FORWARD,
                label -> rules.allows(label ^ 1),
                budget);
    level = query.sources();
    endsAtTarget = query.mode() == PathMode.SIMPLE && query.targets().length == 1;
  }

  @Override
  void search() {
    if (!measure()) {
      return;
    }
    IntStream.of(query.sources()).mapToObj(PartialPath::at).forEach(this::open);
    for (Open open = queue.poll(); open != null; open = queue.poll()) {
      if (!found.isEmpty() && open.estimate > found.get(0).cost) {
        offerFound();
      }
      if (open.estimate > ranking.bound() || !visit(open.path)) {
        break;
      }
    }
    if (!budget.isCut() || !rules.isPlain()) {
      offerFound();
    }
  }

  /** Measures the distances of the anchors; false if the search is cut. */
  private boolean measure() {
    int[] targets = query.targets();
    Ball around = new Ball(targets);
    if (settings.twoSided()) {
      boolean whole = around.grow(settings.steps(), towards, this::passable);
      distances = AnchorDistances.toTargets(around);
      return whole;
    }
    if (settings.anchors() == 0) {
      return budget.check();
    }
    if (!around.grow(settings.neighbourhood(), towards, this::passable)) {
      return false;
    }
    int[] near = passable(around.aroundCentre().toArray());
    int[] anchors = new Anchors(graph, query, settings.seed()).draw(near, settings.anchors());
    List<Ball> balls = IntStream.of(anchors).mapToObj(Ball::new).toList();
    boolean whole = Ball.grow(balls, settings.steps(), arcs, this::passable);
    distances = AnchorDistances.fromAnchors(balls, targets);
    return whole;
  }

  /** Where a path may go on from: what it may pass, and where it begins. */
  private int[] passable(int[] entities) {
    IntIndex passable = IntIndex.of(rules.passable(entities));
    return IntStream.of(entities)
        .filter(at -> passable.find(at) >= 0 || sources.find(at) >= 0)
        .toArray();
  }

  private void open(PartialPath path) {
    int missing = distances.hops(path.entity);
    int most = query.maxHops();
    if (path.hops + missing > most || (path.hops == most && !grower.isTarget(path.entity))) {
      return;
    }
    double estimate = rules.leastAfter(path.cost, missing);
    if (estimate <= ranking.bound()) {
      queue.add(new Open(path, estimate));
    }
  }

  /** Notes a path that is at its end, and makes longer ones of it; false if the search is cut. */
  private boolean visit(PartialPath path) {
    boolean atTarget = grower.isTarget(path.entity);
    if (atTarget && path.hops > 0) {
      found.add(path);
    }
    if (path.hops == query.maxHops() || (atTarget && endsAtTarget)) {
      return budget.step();
    }
    if (!readLevels(path.hops)) {
      return false;
    }
    if (!grower.mayGoOn(path)) {
      return budget.step();
    }
    expansions++;
    return grower.grow(path, this::open);
  }

  private void offerFound() {
    found.forEach(grower::offer);
    found.clear();
  }

  /**
   * Reads the arcs of every entity that can be reached in so many hops and still be near enough to
   * a target: one expansion for each number of hops, when the first path of it comes up.
   */
  private boolean readLevels(int hops) {
    while (levelsRead <= hops) {
      if (levelsRead > 0) {
        level = rules.passable(level);
      }
      ranking.announce(level);
      if (!arcs.read(level)) {
        return false;
      }
      levelsRead++;
      level = nextLevel();
    }
    return true;
  }

  private int[] nextLevel() {
    IntIndex next = new IntIndex(16);
    for (int entity : level) {
      int end = arcs.to(entity);
      for (int arc = arcs.from(entity); arc < end; arc++) {
        next.add(arcs.neighbour(arc));
      }
    }
    return IntStream.of(next.toArray()).filter(this::isNearEnough).toArray();
  }

  private boolean isNearEnough(int entity) {
    int hops = levelsRead + distances.hops(entity);
    return hops <= query.maxHops() && rules.leastAfter(0, hops) <= ranking.bound();
  }

  AnchorDistances distances() {
    return distances;
  }

  long expansions() {
    return expansions;
  }

  int roundTrips() {
    return arcs.expansions() + (towards == arcs ? 0 : towards.expansions());
  }
}
