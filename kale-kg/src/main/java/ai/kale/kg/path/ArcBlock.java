package ai.kale.kg.path;

import java.util.Arrays;

/**
 * The arcs of a frontier, grouped by its entities: neighbour and label (relation * 2 + inverse).
 * Labels are those of the hop in the direction of the path, whichever side the block was read from.
 */
final class ArcBlock {
  final int[] frontier;
  final int[] off;
  int[] nbr;
  int[] lab;

  /** Whether arcs of the frontier are missing here, as the budget did not allow them. */
  boolean cut;

  private int size;

  ArcBlock(int[] frontier, int expected) {
    this.frontier = frontier;
    off = new int[frontier.length + 1];
    nbr = new int[Math.max(8, expected)];
    lab = new int[Math.max(8, expected)];
  }

  void add(int neighbour, int label) {
    if (size == nbr.length) {
      nbr = Arrays.copyOf(nbr, 2 * size);
      lab = Arrays.copyOf(lab, 2 * size);
    }
    nbr[size] = neighbour;
    lab[size++] = label;
  }

  int size() {
    return size;
  }
}
