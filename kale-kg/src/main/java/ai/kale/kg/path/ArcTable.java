package ai.kale.kg.path;

import ai.kale.Direction;
import ai.kale.KnowledgeGraph;
import java.util.Arrays;
import java.util.function.IntPredicate;

/**
 * The arcs at entities, each entity read once, whole frontiers in one expansion. 12 bytes an arc
 * that is kept. For one search, in one thread.
 */
final class ArcTable {
  private final KnowledgeGraph graph;
  private final Direction direction;
  private final IntPredicate keeps;
  private final SearchBudget budget;
  private final IntIndex read = new IntIndex(16);
  private int[] off = new int[17];
  private int[] nbr = new int[64];
  private int[] lab = new int[64];
  private float[] weight = new float[64];
  private int size;
  private int expansions;

  /**
   * An empty table.
   *
   * @param graph where to read
   * @param direction which arcs, as their entity sees them
   * @param keeps which labels, {@code relation * 2 + inverse}, to keep
   * @param budget counts each arc that is read, kept or not
   */
  ArcTable(KnowledgeGraph graph, Direction direction, IntPredicate keeps, SearchBudget budget) {
    this.graph = graph;
    this.direction = direction;
    this.keeps = keeps;
    this.budget = budget;
  }

  /**
   * Reads the arcs of those entities that were not read yet, in one expansion if there are any.
   *
   * @return false if the budget cut it: then some of them have no arcs or not all of theirs
   */
  boolean read(int[] entities) {
    int[] frontier = Arrays.stream(entities).filter(e -> read.find(e) < 0).distinct().toArray();
    if (frontier.length == 0 || !budget.check()) {
      return !budget.isCut();
    }
    int first = read.size();
    for (int entity : frontier) {
      read.add(entity);
    }
    off = Arrays.copyOf(off, Math.max(off.length, 2 * (first + frontier.length) + 1));
    expansions++;
    int[] filled = {first};
    graph.expand(
        frontier,
        direction,
        (index, relation, inverse, neighbour, w) -> {
          if (!budget.takeArc()) {
            return false;
          }
          while (filled[0] < first + index) {
            off[++filled[0]] = size;
          }
          int label = relation * 2 + (inverse ? 1 : 0);
          if (keeps.test(label)) {
            add(neighbour, label, w);
          }
          return true;
        });
    while (filled[0] < read.size()) {
      off[++filled[0]] = size;
    }
    return budget.check();
  }

  private void add(int neighbour, int label, float w) {
    if (size == nbr.length) {
      nbr = Arrays.copyOf(nbr, 2 * size);
      lab = Arrays.copyOf(lab, 2 * size);
      weight = Arrays.copyOf(weight, 2 * size);
    }
    nbr[size] = neighbour;
    lab[size] = label;
    weight[size++] = w;
  }

  /** Place of an entity's first arc; the entity was read. */
  int from(int entity) {
    return off[read.find(entity)];
  }

  /** Place after an entity's last arc. */
  int to(int entity) {
    return off[read.find(entity) + 1];
  }

  /** The entity at the other end. */
  int neighbour(int arc) {
    return nbr[arc];
  }

  /** {@code relation * 2 + inverse}, as the entity read sees it. */
  int label(int arc) {
    return lab[arc];
  }

  /** The weight of the arc's triple. */
  float weight(int arc) {
    return weight[arc];
  }

  /** How often the graph was asked. */
  int expansions() {
    return expansions;
  }
}
