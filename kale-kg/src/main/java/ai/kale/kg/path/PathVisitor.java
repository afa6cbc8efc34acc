package ai.kale.kg.path;

/** Is given paths one by one, without anything being allocated for them. */
@FunctionalInterface
public interface PathVisitor {
  /**
   * Takes a path. The arrays are used again for the next path: copy what is to be kept.
   *
   * @param hops number of hops, at least 1
   * @param entities handles of the entities passed, at 0 to {@code hops}; more is not part of it
   * @param labels for each hop, at 0 to {@code hops - 1}, the relation's handle * 2, plus 1 if the
   *     hop goes against the arrow
   * @return whether to go on
   */
  boolean visit(int hops, int[] entities, int[] labels);
}
