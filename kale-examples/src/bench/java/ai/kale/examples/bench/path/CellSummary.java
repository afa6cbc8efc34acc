package ai.kale.examples.bench.path;

import ai.kale.examples.bench.path.run.CellResult;
import ai.kale.examples.bench.path.run.QueryTime;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** All rounds of one contender in one cell: for each query the median time of its rounds. */
final class CellSummary {
  private static final double NANOS = 1e9;

  private final List<QueryTime> queries;
  private final List<String> failures;

  private CellSummary(List<QueryTime> queries, List<String> failures) {
    this.queries = queries;
    this.failures = failures;
  }

  /**
   * Sums up.
   *
   * @param rounds the result of each round
   * @param queryLimit seconds; what a query that was stopped counts as
   */
  static CellSummary of(List<CellResult> rounds, double queryLimit) {
    int asked = rounds.stream().mapToInt(r -> r.queries().size()).max().orElse(0);
    List<QueryTime> queries = new ArrayList<>();
    for (int i = 0; i < asked; i++) {
      int query = i;
      List<QueryTime> times =
          rounds.stream()
              .map(CellResult::queries)
              .filter(list -> list.size() > query)
              .map(list -> list.get(query))
              .toList();
      queries.add(merge(times, (long) (queryLimit * NANOS)));
    }
    return new CellSummary(
        queries,
        rounds.stream().map(CellResult::failure).filter(f -> !f.isEmpty()).distinct().toList());
  }

  private static QueryTime merge(List<QueryTime> times, long limit) {
    double[] nanos = times.stream().mapToDouble(t -> t.stopped() ? limit : t.nanos()).toArray();
    boolean stopped = times.stream().anyMatch(QueryTime::stopped);
    QueryTime first = times.get(0);
    long median = (long) new Percentiles(nanos).median();
    return new QueryTime(
        median, stopped ? 0 : first.paths(), stopped ? QueryTime.UNKNOWN : first.arcs(), stopped);
  }

  int asked() {
    return queries.size();
  }

  long stopped() {
    return queries.stream().filter(QueryTime::stopped).count();
  }

  List<String> failures() {
    return failures;
  }

  /** Seconds of each query asked. */
  double[] seconds() {
    return queries.stream().mapToDouble(q -> q.nanos() / NANOS).toArray();
  }

  /** Whether the query of this rank was stopped, so that its time is a lower bound. */
  boolean bounded(double share) {
    return stopped() > queries.size() - Math.ceil(share * queries.size());
  }

  /** Paths of the queries that were not stopped. */
  long paths() {
    return queries.stream().mapToLong(QueryTime::paths).sum();
  }

  /** Paths a second, over the queries that were not stopped; 0 where there are none. */
  double pathsPerSecond() {
    double seconds = finishedSeconds();
    return seconds > 0 ? paths() / seconds : 0;
  }

  /** Arcs read a second, likewise; negative where the contender does not count them. */
  double arcsPerSecond() {
    List<QueryTime> finished = queries.stream().filter(q -> !q.stopped()).toList();
    double seconds = finishedSeconds();
    boolean known = !finished.isEmpty() && finished.stream().allMatch(q -> q.arcs() >= 0);
    return known && seconds > 0
        ? finished.stream().mapToLong(QueryTime::arcs).sum() / seconds
        : QueryTime.UNKNOWN;
  }

  private double finishedSeconds() {
    return queries.stream().filter(q -> !q.stopped()).mapToLong(QueryTime::nanos).sum() / NANOS;
  }

  /** The first queries only, as many as another contender was asked. */
  CellSummary first(int count) {
    return new CellSummary(queries.subList(0, Math.min(count, queries.size())), failures);
  }

  /** Numbers of queries that were not stopped, and their paths. */
  int[] finished() {
    return IntStream.range(0, queries.size()).filter(i -> !queries.get(i).stopped()).toArray();
  }

  long pathsOf(int query) {
    return queries.get(query).paths();
  }
}
