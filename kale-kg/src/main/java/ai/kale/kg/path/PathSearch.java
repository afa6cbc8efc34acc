package ai.kale.kg.path;

import ai.kale.KnowledgeGraph;
import ai.kale.PathQuery;
import ai.kale.PathResult;
import ai.kale.error.OperationCancelledException;
import java.util.Collection;
import java.util.stream.IntStream;

/** What the searches over partial paths have in common. */
abstract class PathSearch {
  final KnowledgeGraph graph;
  final PathQuery query;
  final SearchBudget budget;
  final PathRules rules;
  final ArcTable arcs;
  final PathRanking ranking;
  final PathGrower grower;

  PathSearch(KnowledgeGraph graph, PathQuery query) {
    this.graph = graph;
    this.query = query;
    budget = new SearchBudget(query);
    rules = new PathRules(graph, query);
    arcs = new ArcTable(graph, query.direction(), rules::allows, budget);
    DegreeTable degrees = rules.hubs().degrees();
    ranking = new PathRanking(graph, query, IdOrder.lookingUp(graph), degrees);
    grower = new PathGrower(query, rules, arcs, budget, ranking);
  }

  /**
   * Searches; a store that gave up because of an interrupt cuts the search as the interrupt does.
   */
  final PathResult run() {
    int[] sources = query.sources();
    int[] targets = query.targets();
    IntStream.concat(IntStream.of(sources), IntStream.of(targets)).forEach(graph::entityId);
    if (sources.length > 0 && targets.length > 0) {
      ranking.announce(targets);
      try {
        search();
      } catch (OperationCancelledException e) {
        if (budget.check()) {
          throw e;
        }
      }
    }
    return ranking.result(budget, rules.hubs().met());
  }

  /** Offers the paths that there are to the ranking. */
  abstract void search();

  /** The distinct entities where paths end. */
  static int[] ends(Collection<PartialPath> paths) {
    return paths.stream().mapToInt(path -> path.entity).distinct().toArray();
  }
}
