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
  private static final int[] NONE = new int[0];

  /** More walks than this are not kept room for. */
  private static final int MOST_KEPT = 1 << 20;

  /** The entities that walks leave, in the order of their groups until they are sorted. */
  final Marks groups = new Marks();

  private int[] numbers = NONE;
  private int[] start = NONE;
  private int[] via = NONE;
  private int[] labels = NONE;
  private int[] readGroups = NONE;
  private int[] readVia = NONE;
  private int[] readLabels = NONE;
  private int size;

  /** Makes room for the entities of a graph. */
  void reserve(int entities) {
    groups.reserve(entities);
    if (numbers.length < entities) {
      numbers = new int[entities];
    }
  }

  /** The group of an entity that walks leave. */
  int groupOf(int entity) {
    return numbers[entity];
  }

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

  /** Adds a walk: from an entity by a label, and on by the hops at a place. */
  void add(int entity, int label, int place) {
    int group;
    if (groups.has(entity)) {
      group = numbers[entity];
    } else {
      group = groups.size();
      groups.add(entity);
      numbers[entity] = group;
      if (group + 2 >= start.length) {
        start = Arrays.copyOf(start, Math.max(1 << 6, 2 * start.length));
      }
      start[group + 1] = 0;
    }
    start[group + 1]++;
    if (size == readGroups.length) {
      int more = Math.max(1 << 6, 2 * size);
      readGroups = Arrays.copyOf(readGroups, more);
      readVia = Arrays.copyOf(readVia, more);
      readLabels = Arrays.copyOf(readLabels, more);
    }
    readGroups[size] = group;
    readVia[size] = place;
    readLabels[size++] = label;
  }

  /** Groups what was added. */
  void finish() {
    int count = groups.size();
    if (start.length == 0) {
      start = new int[1 << 6];
    }
    start[0] = 0;
    if (via.length < size) {
      via = new int[readGroups.length];
      labels = new int[readGroups.length];
    }
    for (int group = 1; group <= count; group++) {
      start[group] += start[group - 1];
    }
    for (int walk = size - 1; walk >= 0; walk--) {
      int place = --start[readGroups[walk] + 1];
      via[place] = readVia[walk];
      labels[place] = readLabels[walk];
    }
    System.arraycopy(start, 1, start, 0, count);
    start[count] = size;
  }

  void clear() {
    groups.clear();
    size = 0;
    if (readGroups.length > MOST_KEPT) {
      start = NONE;
      via = NONE;
      labels = NONE;
      readGroups = NONE;
      readVia = NONE;
      readLabels = NONE;
    }
  }
}
