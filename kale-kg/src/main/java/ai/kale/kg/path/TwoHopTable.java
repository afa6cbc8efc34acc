package ai.kale.kg.path;

import java.util.Arrays;

/**
 * The walks of two hops into the targets, grouped by the entity they leave; within a group sorted
 * by the entity they pass, then by the label of the first hop.
 *
 * <p>Filled by reading the adjacency lists of the entities passed, in rising order, and then by
 * counting; O(arcs read). Memory: 20 bytes a walk, and {@link Marks}.
 */
final class TwoHopTable {
  /** The entities that walks leave; the number of each is its group. */
  final Marks groups = new Marks();

  private int[] start = new int[1 << 8];
  private int[] via = new int[0];
  private int[] labels = new int[0];
  private int[] groupOf = new int[1 << 8];
  private int[] readVia = new int[1 << 8];
  private int[] readLabels = new int[1 << 8];
  private int size;

  /** First walk of a group. */
  int start(int group) {
    return start[group];
  }

  /** Position after the last walk of a group. */
  int end(int group) {
    return start[group + 1];
  }

  /** Where in {@link TargetArcs} the hops begin that leave the entity a walk passes. */
  int via(int walk) {
    return via[walk];
  }

  /** The label of a walk's first hop. */
  int label(int walk) {
    return labels[walk];
  }

  int size() {
    return size;
  }

  /** Adds a walk: from an entity by a label, and on by the hops at a place. */
  void add(int entity, int label, int place) {
    int group;
    if (groups.has(entity)) {
      group = groups.number(entity);
    } else {
      group = groups.size();
      groups.add(entity, group);
      if (group + 2 >= start.length) {
        start = Arrays.copyOf(start, 2 * start.length);
      }
      start[group + 1] = 0;
    }
    start[group + 1]++;
    if (size == groupOf.length) {
      groupOf = Arrays.copyOf(groupOf, 2 * size);
      readVia = Arrays.copyOf(readVia, 2 * size);
      readLabels = Arrays.copyOf(readLabels, 2 * size);
    }
    groupOf[size] = group;
    readVia[size] = place;
    readLabels[size++] = label;
  }

  /** Groups what was added. */
  void finish() {
    int count = groups.size();
    start[0] = 0;
    if (via.length < size) {
      via = new int[groupOf.length];
      labels = new int[groupOf.length];
    }
    for (int group = 1; group <= count; group++) {
      start[group] += start[group - 1];
    }
    for (int walk = size - 1; walk >= 0; walk--) {
      int place = --start[groupOf[walk] + 1];
      via[place] = readVia[walk];
      labels[place] = readLabels[walk];
    }
    System.arraycopy(start, 1, start, 0, count);
    start[count] = size;
  }

  void clear() {
    groups.clear();
    size = 0;
    if (groupOf.length > 1 << 20) {
      start = new int[1 << 8];
      via = new int[0];
      labels = new int[0];
      groupOf = new int[1 << 8];
      readVia = new int[1 << 8];
      readLabels = new int[1 << 8];
    }
  }
}
