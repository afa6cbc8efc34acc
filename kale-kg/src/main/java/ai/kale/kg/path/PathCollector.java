package ai.kale.kg.path;

import ai.kale.PathResult;

/** Takes the paths of the exact search, length by length, and makes a result of them. */
interface PathCollector extends PathVisitor {
  /** How many more paths are wanted, at least 1: enough to know whether there are too many. */
  long wanted();

  /** Whether paths of this length and longer could change the result. */
  boolean wants(int hops);

  /** Is told the entities of the paths to come. */
  void announce(LayerGraph layers);

  /** The result. */
  PathResult result(SearchBudget budget, int hubs);
}
