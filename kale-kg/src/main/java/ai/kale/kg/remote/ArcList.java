package ai.kale.kg.remote;

import ai.kale.ArcVisitor;
import org.jspecify.annotations.Nullable;

/**
 * The arcs at one entity in one direction, sorted by relation id, then neighbour id; no two are
 * equal.
 *
 * @param relations relation handles
 * @param neighbours entity handles, as many
 * @param weights as many, or null if all are 1
 */
record ArcList(int[] relations, int[] neighbours, float @Nullable [] weights) {
  static final ArcList EMPTY = new ArcList(new int[0], new int[0], null);

  int size() {
    return relations.length;
  }

  float weight(int i) {
    return weights == null ? 1 : weights[i];
  }

  /**
   * Reports the arcs of an entity in the order relation id, forward before inverse, neighbour id.
   *
   * @return false if the visitor stopped
   */
  static boolean report(
      int index, ArcList forward, ArcList inverse, HandleTable relations, ArcVisitor visitor) {
    int f = 0;
    int i = 0;
    while (f < forward.size() || i < inverse.size()) {
      boolean takeInverse =
          f == forward.size()
              || (i < inverse.size()
                  && comesFirst(inverse.relations[i], forward.relations[f], relations));
      ArcList from = takeInverse ? inverse : forward;
      int at = takeInverse ? i++ : f++;
      if (!visitor.arc(
          index, from.relations[at], takeInverse, from.neighbours[at], from.weight(at))) {
        return false;
      }
    }
    return true;
  }

  private static boolean comesFirst(int relation, int other, HandleTable relations) {
    return relation != other && relations.id(relation).compareTo(relations.id(other)) < 0;
  }
}
