package ai.kale.examples.bench.path;

import ai.kale.examples.bench.path.find.PathContender;
import ai.kale.examples.bench.path.run.Cell;
import ai.kale.examples.bench.path.run.QueryTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Whether contenders that count the same paths found as many, query by query. */
final class CrossCheck {
  private record Key(String graph, Cell cell, PathContender.Counts counts, int query) {}

  private record First(String who, long paths) {}

  private final Map<Key, First> first = new HashMap<>();
  private final List<String> mismatches = new ArrayList<>();
  private int compared;

  CrossCheck(List<PathOutcome> outcomes) {
    outcomes.forEach(this::add);
  }

  private void add(PathOutcome outcome) {
    List<QueryTime> queries = outcome.result().queries();
    for (int i = 0; i < queries.size(); i++) {
      if (!queries.get(i).stopped()) {
        Cell cell = outcome.result().cell();
        Key key = new Key(outcome.graph(), cell, outcome.contender().counts(), i);
        compare(key, new First(outcome.contender().key(), queries.get(i).paths()));
      }
    }
  }

  private void compare(Key key, First now) {
    First before = first.putIfAbsent(key, now);
    if (before == null) {
      return;
    }
    compared++;
    if (before.paths() != now.paths()) {
      mismatches.add(
          "%s, L=%d, K=%d, query %d: %s %d paths, %s %d"
              .formatted(
                  key.graph(),
                  key.cell().hops(),
                  key.cell().maxPaths(),
                  key.query() + 1,
                  before.who(),
                  before.paths(),
                  now.who(),
                  now.paths()));
    }
  }

  /** Answers that were held against an earlier one of the same query. */
  int compared() {
    return compared;
  }

  /** One line for each answer that differs. */
  List<String> mismatches() {
    return List.copyOf(mismatches);
  }
}
