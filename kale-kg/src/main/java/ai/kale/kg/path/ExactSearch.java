package ai.kale.kg.path;

import ai.kale.GraphCapability;
import ai.kale.KnowledgeGraph;
import ai.kale.PathMode;
import ai.kale.PathQuery;
import ai.kale.PathResult;
import ai.kale.data.PathReport;
import ai.kale.error.OperationCancelledException;
import ai.kale.kg.graph.CompactGraph;
import org.jspecify.annotations.Nullable;

/** One run of {@link ExactPathExtractor}: one length after the other, by joins or in layers. */
final class ExactSearch {
  private final KnowledgeGraph graph;
  private final PathQuery query;
  private final JoinMemory memory;
  private final PathRules rules;
  private final SearchBudget budget;
  private final @Nullable JoinPlan forced;
  private @Nullable ArcReader reader;

  ExactSearch(KnowledgeGraph graph, PathQuery query, JoinMemory memory, @Nullable JoinPlan forced) {
    this.forced = forced;
    this.graph = graph;
    this.query = query;
    this.memory = memory;
    rules = new PathRules(graph, query);
    budget = new SearchBudget(query);
  }

  PathResult extract() {
    PathCollector collector = rules.isPlain() ? new FirstPaths(query.maxPaths()) : best();
    run(collector);
    return collector.result(budget, rules.hubs().met());
  }

  PathReport forEach(PathVisitor visitor) {
    if (!rules.isPlain()) {
      throw new IllegalArgumentException(
          "paths are passed on as they are found, not ranked; use extract for a query with a scorer"
              + " or relation costs");
    }
    PassedOn collector = new PassedOn(query.maxPaths(), visitor);
    run(collector);
    return collector.report(budget, rules.hubs().met());
  }

  private ArcReader reader() {
    if (reader == null) {
      reader = ArcReader.of(graph, query, rules, budget);
    }
    return reader;
  }

  private PathCollector best() {
    IdOrder ids = IdOrder.of(graph);
    PathRanking ranking = new PathRanking(graph, query, ids, rules.hubs().degrees());
    boolean weighted = query.isRanked() && graph.capabilities().contains(GraphCapability.WEIGHTS);
    return new BestPaths(ranking, rules, reader()::weight, weighted);
  }

  /** A store that gave up because of an interrupt cuts the search as the interrupt does. */
  private void run(PathCollector collector) {
    try {
      search(collector);
    } catch (OperationCancelledException e) {
      if (budget.check()) {
        throw e;
      }
    }
  }

  private void search(PathCollector collector) {
    int[] sources = query.sources();
    int[] targets = query.targets();
    int entities = graph.entityCount();
    check(sources, entities);
    check(targets, entities);
    boolean simple = query.mode() == PathMode.SIMPLE;
    boolean same = sources.length == 1 && targets.length == 1 && sources[0] == targets[0];
    if (sources.length == 0 || targets.length == 0 || (simple && same) || budget.isCut()) {
      return;
    }
    // A simple path has fewer hops than there are entities.
    int longest =
        simple && graph instanceof CompactGraph
            ? Math.min(query.maxHops(), Math.max(1, entities - 1))
            : query.maxHops();
    int joined = 0;
    if (graph instanceof CompactGraph compact
        && simple
        && !rules.hubs().samples()
        && JoinSearch.isFor(sources.length, targets.length)) {
      joined = Math.min(longest, JoinSearch.LONGEST);
      JoinSearch joins =
          new JoinSearch(
              compact, sources, targets, query, rules, memory, budget, collector, forced);
      for (int hops = 1; hops <= joined; hops++) {
        if (!collector.wants(hops) || !joins.search(hops, collector.wanted())) {
          return;
        }
      }
    }
    if (joined < longest) {
      LayeredSearch layers = new LayeredSearch(reader(), query, rules, budget, collector);
      for (int hops = joined + 1; hops <= longest; hops++) {
        if (!collector.wants(hops) || !layers.search(hops)) {
          return;
        }
      }
    }
  }

  /** Refuses handles that the graph never issued. */
  private static void check(int[] entities, int count) {
    for (int entity : entities) {
      if (entity < 0 || entity >= count) {
        throw new IndexOutOfBoundsException(
            "the graph has no entity " + entity + "; it has " + count);
      }
    }
  }
}
