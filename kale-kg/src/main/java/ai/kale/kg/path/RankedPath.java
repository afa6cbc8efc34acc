package ai.kale.kg.path;

import ai.kale.GraphPath;

/**
 * A path that is kept, with what orders it.
 *
 * @param cost sum of what the hops cost, from the source on
 * @param score what the scorer gave it; 0 without one
 * @param entities the entities passed, exactly one more than hops
 * @param labels {@code relation * 2 + inverse} of each hop, in its direction
 */
record RankedPath(double cost, double score, int[] entities, int[] labels) {
  int hops() {
    return labels.length;
  }

  GraphPath toGraphPath() {
    int[] relations = new int[labels.length];
    boolean[] inverse = new boolean[labels.length];
    for (int hop = 0; hop < labels.length; hop++) {
      relations[hop] = labels[hop] >>> 1;
      inverse[hop] = (labels[hop] & 1) != 0;
    }
    return new GraphPath(entities, relations, inverse);
  }
}
