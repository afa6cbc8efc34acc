package ai.kale.kg.path;

import org.jspecify.annotations.Nullable;

/** A path from a source that is not at its end yet, as a chain of hops back to the source. */
final class PartialPath {
  final @Nullable PartialPath before;
  final int entity;
  final int label;
  final float weight;
  final int hops;
  final double cost;

  private PartialPath(
      @Nullable PartialPath before, int entity, int label, float weight, int hops, double cost) {
    this.before = before;
    this.entity = entity;
    this.label = label;
    this.weight = weight;
    this.hops = hops;
    this.cost = cost;
  }

  static PartialPath at(int source) {
    return new PartialPath(null, source, -1, 1, 0, 0);
  }

  /** This path and one hop more. */
  PartialPath then(int nextEntity, int nextLabel, float nextWeight, double hopCost) {
    return new PartialPath(this, nextEntity, nextLabel, nextWeight, hops + 1, cost + hopCost);
  }

  /** Whether it passes an entity, its ends included. */
  boolean has(int other) {
    for (PartialPath at = this; at != null; at = at.before) {
      if (at.entity == other) {
        return true;
      }
    }
    return false;
  }

  /** Whether it uses the triple of a hop from its last entity, in either direction. */
  boolean uses(int nextEntity, int nextLabel) {
    boolean inverse = (nextLabel & 1) != 0;
    int subject = inverse ? nextEntity : entity;
    int object = inverse ? entity : nextEntity;
    PartialPath at = this;
    for (PartialPath from = at.before; from != null; from = at.before) {
      boolean against = (at.label & 1) != 0;
      if (at.label >>> 1 == nextLabel >>> 1
          && (against ? at.entity : from.entity) == subject
          && (against ? from.entity : at.entity) == object) {
        return true;
      }
      at = from;
    }
    return false;
  }

  /** Writes it into buffers that are long enough. */
  void write(int[] entities, int[] labels, float[] weights) {
    PartialPath at = this;
    for (PartialPath from = at.before; from != null; from = at.before) {
      entities[at.hops] = at.entity;
      labels[from.hops] = at.label;
      weights[from.hops] = at.weight;
      at = from;
    }
    entities[0] = at.entity;
  }
}
