package ai.kale;

import java.util.Arrays;

/**
 * A simple path in one graph, in handles.
 *
 * @param entities the entities passed, {@code hops + 1} of them, all different
 * @param relations the relation of each hop
 * @param inverse for each hop, whether it goes against the arrow
 */
public record GraphPath(int[] entities, int[] relations, boolean[] inverse) {
  /** Checks the lengths. */
  public GraphPath {
    if (entities.length != relations.length + 1 || inverse.length != relations.length) {
      throw new IllegalArgumentException(
          "a path of "
              + relations.length
              + " relations needs "
              + (relations.length + 1)
              + " entities and as many directions; got "
              + entities.length
              + " and "
              + inverse.length);
    }
  }

  /** Number of hops. */
  public int hops() {
    return relations.length;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof GraphPath path
        && Arrays.equals(entities, path.entities)
        && Arrays.equals(relations, path.relations)
        && Arrays.equals(inverse, path.inverse);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * Arrays.hashCode(entities) + Arrays.hashCode(relations))
        + Arrays.hashCode(inverse);
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder().append(entities[0]);
    for (int i = 0; i < relations.length; i++) {
      text.append(inverse[i] ? " <-" : " -").append(relations[i]).append(inverse[i] ? "- " : "-> ");
      text.append(entities[i + 1]);
    }
    return text.toString();
  }
}
