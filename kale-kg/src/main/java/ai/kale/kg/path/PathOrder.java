package ai.kale.kg.path;

import java.util.Comparator;

/**
 * The order of paths that {@link ai.kale.PathExtractor} defines: cost, score, hops, then ids: the
 * source, and for each hop its entity, relation and direction.
 */
final class PathOrder implements Comparator<RankedPath> {
  private final IdOrder ids;

  PathOrder(IdOrder ids) {
    this.ids = ids;
  }

  @Override
  public int compare(RankedPath a, RankedPath b) {
    return compare(a.cost(), a.score(), a.hops(), a.entities(), a.labels(), b);
  }

  /** Compares a path in buffers, of which the first {@code hops} hops count, with one kept. */
  int compare(double cost, double score, int hops, int[] entities, int[] labels, RankedPath b) {
    int order = Double.compare(cost, b.cost());
    order = order != 0 ? order : Double.compare(b.score(), score);
    order = order != 0 ? order : Integer.compare(hops, b.hops());
    return order != 0 ? order : compareIds(hops, entities, labels, b);
  }

  private int compareIds(int hops, int[] entities, int[] labels, RankedPath b) {
    int order = ids.compareEntities(entities[0], b.entities()[0]);
    for (int i = 0; i < hops && order == 0; i++) {
      int other = b.labels()[i];
      order = ids.compareEntities(entities[i + 1], b.entities()[i + 1]);
      order = order != 0 ? order : ids.compareRelations(labels[i] >>> 1, other >>> 1);
      order = order != 0 ? order : Integer.compare(labels[i] & 1, other & 1);
    }
    return order;
  }
}
