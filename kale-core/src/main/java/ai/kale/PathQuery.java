package ai.kale;

import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * A search for paths from any source to any target, and its limits. Make one with {@link #between};
 * immutable, each {@code with…} returns a new query.
 *
 * <p>Defaults: 3 hops, 16 paths, both directions, simple paths, no filter, every hop costs 1, no
 * scorer, no budget.
 */
public final class PathQuery {
  /** The longest path that can be asked for. */
  public static final int MOST_HOPS = 1_000;

  private static final Settings DEFAULTS = new Settings();

  private final int[] sources;
  private final int[] targets;
  private final Settings settings;

  private PathQuery(int[] sources, int[] targets, Settings settings) {
    this.sources = sources;
    this.targets = targets;
    this.settings = settings;
  }

  /** All but the end points. Never changed once a query holds it. */
  private static final class Settings implements Cloneable {
    private int maxHops = 3;
    private int maxPaths = 16;
    private Direction direction = Direction.BOTH;
    private PathMode mode = PathMode.SIMPLE;
    private PathFilter filter = PathFilter.NONE;
    private SortedMap<String, Double> relationCosts = Collections.emptySortedMap();
    private PathScorer scorer = PathScorer.none();
    private long maxArcs = Long.MAX_VALUE;
    private Optional<Duration> maxTime = Optional.empty();

    Settings copy() {
      try {
        return (Settings) clone();
      } catch (CloneNotSupportedException e) {
        throw new AssertionError(e);
      }
    }
  }

  /**
   * A query with the default limits.
   *
   * @param sources handles of the question's entities; repeats count once
   * @param targets handles of the answer's entities; repeats count once
   * @return a query
   */
  public static PathQuery between(int[] sources, int[] targets) {
    return new PathQuery(distinct(sources), distinct(targets), DEFAULTS);
  }

  /**
   * The same query for new end points.
   *
   * @param newSources handles of the question's entities
   * @param newTargets handles of the answer's entities
   * @return a new query
   */
  public PathQuery withEndpoints(int[] newSources, int[] newTargets) {
    return new PathQuery(distinct(newSources), distinct(newTargets), settings);
  }

  private static int[] distinct(int[] handles) {
    int[] sorted = handles.clone();
    if (sorted.length > 1) {
      Arrays.sort(sorted);
    }
    int kept = 0;
    for (int i = 0; i < sorted.length; i++) {
      if (i == 0 || sorted[i] != sorted[i - 1]) {
        sorted[kept++] = sorted[i];
      }
    }
    return kept == sorted.length ? sorted : Arrays.copyOf(sorted, kept);
  }

  private PathQuery with(Consumer<Settings> change) {
    Settings changed = settings.copy();
    change.accept(changed);
    return new PathQuery(sources, targets, changed);
  }

  /**
   * Limits the length.
   *
   * @param hops longest path, from 1 to {@value #MOST_HOPS}
   * @return a new query
   */
  public PathQuery withMaxHops(int hops) {
    check(
        hops >= 1 && hops <= MOST_HOPS, "maxHops must be from 1 to " + MOST_HOPS + "; got " + hops);
    return with(s -> s.maxHops = hops);
  }

  /**
   * Limits the number of paths: the best by the order of {@link PathExtractor} are kept.
   *
   * @param paths most paths to return, at least 1
   * @return a new query
   */
  public PathQuery withMaxPaths(int paths) {
    check(paths >= 1, "maxPaths must be at least 1; got " + paths);
    return with(s -> s.maxPaths = paths);
  }

  /**
   * Chooses which arcs a path may use.
   *
   * @param direction forward, backward, or both
   * @return a new query
   */
  public PathQuery withDirection(Direction direction) {
    return with(s -> s.direction = direction);
  }

  /**
   * Chooses what may not come twice on a path.
   *
   * @param mode simple paths or trails
   * @return a new query
   */
  public PathQuery withMode(PathMode mode) {
    return with(s -> s.mode = mode);
  }

  /**
   * Chooses which relations and entities a path may use.
   *
   * @param filter replaces the earlier one
   * @return a new query
   */
  public PathQuery withFilter(PathFilter filter) {
    return with(s -> s.filter = filter);
  }

  /**
   * Sets what a hop by each relation costs. Paths come in the order of their total cost, which is
   * added up hop by hop from the source; without this every hop costs 1 and the cost is the length.
   *
   * @param costs by relation id, in either direction: finite and above 0; other relations cost 1
   * @return a new query
   */
  public PathQuery withRelationCosts(Map<String, Double> costs) {
    costs.forEach(
        (id, cost) ->
            check(
                cost > 0 && Double.isFinite(cost),
                "the cost of relation '" + id + "' must be finite and above 0; got " + cost));
    SortedMap<String, Double> copy = Collections.unmodifiableSortedMap(new TreeMap<>(costs));
    return with(s -> s.relationCosts = copy);
  }

  /**
   * Ranks paths of equal cost.
   *
   * @param scorer gives the higher score to the better path
   * @return a new query
   */
  public PathQuery withScorer(PathScorer scorer) {
    return with(s -> s.scorer = scorer);
  }

  /**
   * Sets a budget. A search that reaches it returns what it has and says so in its report.
   *
   * @param arcs most arcs to read, at least 1
   * @return a new query
   */
  public PathQuery withMaxArcs(long arcs) {
    check(arcs >= 1, "maxArcs must be at least 1; got " + arcs);
    return with(s -> s.maxArcs = arcs);
  }

  /**
   * Sets a time limit, looked at every few thousand arcs and after every answer of a store. A
   * search that reaches it returns what it has and says so in its report; how much that is depends
   * on the machine.
   *
   * @param time most time to search, above 0
   * @return a new query
   */
  public PathQuery withMaxTime(Duration time) {
    check(!time.isZero() && !time.isNegative(), "maxTime must be above 0; got " + time);
    return with(s -> s.maxTime = Optional.of(time));
  }

  private static void check(boolean condition, String message) {
    if (!condition) {
      throw new IllegalArgumentException(message);
    }
  }

  /** Distinct source handles, rising; a copy. */
  public int[] sources() {
    return sources.clone();
  }

  /** Distinct target handles, rising; a copy. */
  public int[] targets() {
    return targets.clone();
  }

  /** Longest path, in hops. */
  public int maxHops() {
    return settings.maxHops;
  }

  /** Most paths to return. */
  public int maxPaths() {
    return settings.maxPaths;
  }

  /** Which arcs a path may use. */
  public Direction direction() {
    return settings.direction;
  }

  /** What may not come twice on a path. */
  public PathMode mode() {
    return settings.mode;
  }

  /** Which relations and entities a path may use. */
  public PathFilter filter() {
    return settings.filter;
  }

  /** What a hop costs, by relation id; relations that are not in it cost 1. */
  public SortedMap<String, Double> relationCosts() {
    return settings.relationCosts;
  }

  /** What ranks paths of equal cost. */
  public PathScorer scorer() {
    return settings.scorer;
  }

  /** Whether paths of equal cost are ranked by a scorer. */
  public boolean isRanked() {
    return !settings.scorer.equals(PathScorer.none());
  }

  /** Budget of arcs to read; {@link Long#MAX_VALUE} for none. */
  public long maxArcs() {
    return settings.maxArcs;
  }

  /** Time limit, if there is one. */
  public Optional<Duration> maxTime() {
    return settings.maxTime;
  }

  /**
   * The settings as provenance says them: hops and paths always, the others where they are not the
   * default.
   */
  public SortedMap<String, String> describe() {
    SortedMap<String, String> facts = new TreeMap<>();
    facts.put("maxHops", Integer.toString(settings.maxHops));
    facts.put("maxPaths", Integer.toString(settings.maxPaths));
    if (settings.direction != Direction.BOTH) {
      facts.put("direction", settings.direction.name().toLowerCase(Locale.ROOT));
    }
    if (settings.mode != PathMode.SIMPLE) {
      facts.put("mode", settings.mode.name().toLowerCase(Locale.ROOT));
    }
    if (!settings.filter.equals(PathFilter.NONE)) {
      facts.put("filter", settings.filter.toString());
    }
    if (!settings.relationCosts.isEmpty()) {
      facts.put("relationCosts", settings.relationCosts.toString());
    }
    if (isRanked()) {
      facts.put("scorer", settings.scorer.id());
    }
    if (settings.maxArcs != Long.MAX_VALUE) {
      facts.put("maxArcs", Long.toString(settings.maxArcs));
    }
    settings.maxTime.ifPresent(time -> facts.put("maxTime", time.toString()));
    return facts;
  }

  @Override
  public String toString() {
    return "PathQuery[sources="
        + Arrays.toString(sources)
        + ", targets="
        + Arrays.toString(targets)
        + ", "
        + describe()
        + "]";
  }
}
