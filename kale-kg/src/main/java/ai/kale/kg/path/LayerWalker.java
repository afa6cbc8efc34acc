package ai.kale.kg.path;

import ai.kale.GraphPath;
import ai.kale.error.OperationCancelledException;
import java.util.List;

/** Lists the simple paths of a {@link LayerGraph} in the order of their ids. */
final class LayerWalker {
  private static final int CHECK_EVERY = 1 << 12;
  private final List<GraphPath> found;
  private final int most;
  private int steps;
  private boolean more;

  LayerWalker(List<GraphPath> found, int most) {
    this.found = found;
    this.most = most;
  }

  /** Adds paths up to the limit; false if there is at least one more than that. */
  boolean walk(LayerGraph layers) {
    int length = layers.length();
    int[] entities = new int[length + 1];
    long[] hops = new long[length];
    for (int place = 0; place < layers.entities[0].length && !more; place++) {
      entities[0] = layers.entities[0][place];
      step(layers, 0, place, entities, hops);
    }
    return !more;
  }

  private void step(LayerGraph layers, int layer, int place, int[] entities, long[] hops) {
    if (layer == layers.length()) {
      emit(layers, entities, hops);
      return;
    }
    layers.sort(layer, place);
    int end = layers.to[layer][place];
    for (int h = layers.from[layer][place]; h < end && !more; h++) {
      if (++steps % CHECK_EVERY == 0) {
        checkInterrupt();
      }
      long hop = layers.hops[layer][h];
      int next = LayerGraph.place(hop);
      int entity = layers.entities[layer + 1][next];
      if (isNew(entity, entities, layer)) {
        entities[layer + 1] = entity;
        hops[layer] = hop;
        step(layers, layer + 1, next, entities, hops);
      }
    }
  }

  private static boolean isNew(int entity, int[] entities, int last) {
    for (int i = 0; i <= last; i++) {
      if (entities[i] == entity) {
        return false;
      }
    }
    return true;
  }

  private void emit(LayerGraph layers, int[] entities, long[] hops) {
    if (found.size() == most) {
      more = true;
      return;
    }
    int[] relations = new int[hops.length];
    boolean[] inverse = new boolean[hops.length];
    for (int i = 0; i < hops.length; i++) {
      relations[i] = layers.relation(hops[i]);
      inverse[i] = LayerGraph.inverse(hops[i]);
    }
    found.add(new GraphPath(entities.clone(), relations, inverse));
  }

  static void checkInterrupt() {
    if (Thread.currentThread().isInterrupted()) {
      throw new OperationCancelledException(
          "the path search was interrupted; call again for this question");
    }
  }
}
