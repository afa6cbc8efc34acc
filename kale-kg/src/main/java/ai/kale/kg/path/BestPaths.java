package ai.kale.kg.path;

import ai.kale.PathResult;

/** Keeps the best paths by cost and score. */
final class BestPaths implements PathCollector {
  private static final float[] NO_WEIGHTS = new float[0];

  private final PathRanking ranking;
  private final PathRules rules;
  private final WeightLookUp weights;
  private final boolean weighted;

  /** The weight of the triple of a hop. */
  @FunctionalInterface
  interface WeightLookUp {
    /** The weight of the triple that leads with this label from one entity to another. */
    float weight(int from, int label, int to);
  }

  /**
   * Starts without paths.
   *
   * @param weighted whether weights are to be looked up at all
   */
  BestPaths(PathRanking ranking, PathRules rules, WeightLookUp weights, boolean weighted) {
    this.ranking = ranking;
    this.rules = rules;
    this.weights = weights;
    this.weighted = weighted;
  }

  @Override
  public boolean visit(int hops, int[] entities, int[] labels) {
    double cost = 0;
    for (int hop = 0; hop < hops; hop++) {
      cost += rules.cost(labels[hop]);
    }
    if (cost > ranking.bound()) {
      return true;
    }
    float[] ofHops = weighted ? new float[hops] : NO_WEIGHTS;
    for (int hop = 0; hop < ofHops.length; hop++) {
      ofHops[hop] = weights.weight(entities[hop], labels[hop], entities[hop + 1]);
    }
    ranking.offer(cost, hops, entities, labels, ofHops);
    return true;
  }

  @Override
  public long wanted() {
    return Long.MAX_VALUE;
  }

  @Override
  public boolean wants(int hops) {
    return rules.leastAfter(0, hops) <= ranking.bound();
  }

  @Override
  public void announce(LayerGraph layers) {
    for (int[] entities : layers.entities) {
      ranking.announce(entities);
    }
  }

  @Override
  public PathResult result(SearchBudget budget, int hubs) {
    return ranking.result(budget, hubs);
  }
}
