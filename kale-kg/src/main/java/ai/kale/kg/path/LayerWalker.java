package ai.kale.kg.path;

import ai.kale.PathMode;
import ai.kale.PathQuery;

/** Gives the paths of a {@link LayerGraph} in the order of their ids. */
final class LayerWalker {
  private final boolean trails;
  private final Hubs hubs;
  private final SearchBudget budget;
  private final PathVisitor visitor;

  LayerWalker(PathQuery query, PathRules rules, SearchBudget budget, PathVisitor visitor) {
    trails = query.mode() == PathMode.TRAIL;
    hubs = rules.hubs();
    this.budget = budget;
    this.visitor = visitor;
  }

  /** Gives all paths; false if the visitor or the budget stopped it. */
  boolean walk(LayerGraph layers) {
    int length = layers.length();
    if (hubs.samples()) {
      for (int layer = 1; layer < length; layer++) {
        hubs.learn(layers.entities[layer]);
      }
    }
    Walk walk = new Walk(layers);
    int[] sources = layers.entities[0];
    for (int place = 0; place < sources.length; place++) {
      walk.entities[0] = sources[place];
      if (!walk.from(0, place)) {
        return false;
      }
    }
    return true;
  }

  /** The path being walked. */
  private final class Walk {
    private final LayerGraph layers;
    private final int[] entities;
    private final int[] labels;

    Walk(LayerGraph layers) {
      this.layers = layers;
      entities = new int[layers.length() + 1];
      labels = new int[layers.length()];
    }

    boolean from(int layer, int place) {
      if (layer == labels.length) {
        return visitor.visit(layer, entities, labels);
      }
      layers.sort(layer, place);
      int end = layers.to[layer][place];
      for (int h = layers.from[layer][place]; h < end; h++) {
        if (!budget.step()) {
          return false;
        }
        long hop = layers.hops[layer][h];
        int next = LayerGraph.place(hop);
        entities[layer + 1] = layers.entities[layer + 1][next];
        labels[layer] = layers.label(hop);
        if (isNew(layer) && isSampled(layer) && !from(layer + 1, next)) {
          return false;
        }
      }
      return true;
    }

    /** Whether the hop of a layer brings nothing that was there before. */
    private boolean isNew(int layer) {
      if (trails) {
        for (int i = 0; i < layer; i++) {
          if (isSameTriple(i, layer)) {
            return false;
          }
        }
        return true;
      }
      int entity = entities[layer + 1];
      for (int i = 0; i <= layer; i++) {
        if (entities[i] == entity) {
          return false;
        }
      }
      return true;
    }

    private boolean isSameTriple(int i, int j) {
      return labels[i] >>> 1 == labels[j] >>> 1
          && subject(i) == subject(j)
          && object(i) == object(j);
    }

    private int subject(int hop) {
      return entities[hop + (labels[hop] & 1)];
    }

    private int object(int hop) {
      return entities[hop + 1 - (labels[hop] & 1)];
    }

    /** Whether hubs at the ends of a hop, other than the ends of the path, keep its arc. */
    private boolean isSampled(int layer) {
      if (!hubs.samples()) {
        return true;
      }
      int relation = labels[layer] >>> 1;
      boolean inverse = (labels[layer] & 1) != 0;
      int from = entities[layer];
      int to = entities[layer + 1];
      boolean leaves = layer > 0 && hubs.leavesOut(from, relation, inverse, to);
      boolean enters = layer + 1 < labels.length && hubs.leavesOut(to, relation, !inverse, from);
      return !leaves && !enters;
    }
  }
}
