package ai.kale.kg.remote;

import ai.kale.Direction;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes the rows of one batch and makes sorted lists of them. Used by one thread. */
final class ArcCollector implements ArcSink {
  private static final Logger LOG = LoggerFactory.getLogger(RemoteKnowledgeGraph.class);

  /** A row to be sorted, its ids at hand. */
  private record Row(int number, int relation, String neighbour) {}

  private final int batch;
  private final Direction direction;
  private final HandleTable entities;
  private final HandleTable relations;
  private final Counters counters;
  private int[] groups = new int[64];
  private int[] rowRelations = new int[64];
  private int[] rowNeighbours = new int[64];
  private float @Nullable [] rowWeights;
  private int rows;
  private boolean over;

  ArcCollector(
      int batch,
      Direction direction,
      HandleTable entities,
      HandleTable relations,
      Counters counters) {
    this.batch = batch;
    this.direction = direction;
    this.entities = entities;
    this.relations = relations;
    this.counters = counters;
  }

  @Override
  public void arc(
      int position, String relationId, boolean inverse, String neighbourId, float weight) {
    check(position);
    if (inverse ? !direction.includesBackward() : !direction.includesForward()) {
      throw new IllegalArgumentException(
          "an arc with inverse=" + inverse + " was reported where " + direction + " was asked for");
    }
    if (relationId.isEmpty() || neighbourId.isEmpty()) {
      throw new IllegalArgumentException("an arc with an empty relation or neighbour id");
    }
    if (!(weight >= 0) || Float.isInfinite(weight)) {
      throw new IllegalArgumentException("a weight is finite and 0 or more; got " + weight);
    }
    if (rows == groups.length) {
      int size = Math.addExact(rows, rows);
      groups = Arrays.copyOf(groups, size);
      rowRelations = Arrays.copyOf(rowRelations, size);
      rowNeighbours = Arrays.copyOf(rowNeighbours, size);
      rowWeights = rowWeights == null ? null : Arrays.copyOf(rowWeights, size);
    }
    if (weight != 1 && rowWeights == null) {
      rowWeights = new float[groups.length];
      Arrays.fill(rowWeights, 0, rows, 1);
    }
    groups[rows] = 2 * position + (inverse ? 1 : 0);
    rowRelations[rows] = relations.intern(relationId);
    rowNeighbours[rows] = entities.intern(neighbourId);
    if (rowWeights != null) {
      rowWeights[rows] = weight == 0 ? 0 : weight; // no negative zero
    }
    rows++;
  }

  @Override
  public void skipped(int position, String reason) {
    check(position);
    synchronized (counters) {
      if (counters.skippedArcs.sum() == 0) {
        LOG.warn(
            "An arc is left out: {}. Further ones are counted in RemoteStatistics.skippedArcs",
            reason);
      }
      counters.skippedArcs.increment();
    }
  }

  private void check(int position) {
    if (over) {
      throw new IllegalStateException("the request that this sink was made for is over");
    }
    if (position < 0 || position >= batch) {
      throw new IllegalArgumentException(
          "position " + position + " is outside of the batch of " + batch);
    }
  }

  int rows() {
    return rows;
  }

  /** Refuses further rows. */
  void end() {
    over = true;
  }

  /** Lists by {@code 2 * position + (inverse ? 1 : 0)}; O(rows · log rows) id comparisons. */
  ArcList[] lists() {
    int[] start = new int[2 * batch + 1];
    for (int row = 0; row < rows; row++) {
      start[groups[row] + 1]++;
    }
    for (int g = 0; g < 2 * batch; g++) {
      start[g + 1] += start[g];
    }
    int[] grouped = new int[rows];
    int[] next = start.clone();
    for (int row = 0; row < rows; row++) {
      grouped[next[groups[row]]++] = row;
    }
    ArcList[] lists = new ArcList[2 * batch];
    for (int g = 0; g < lists.length; g++) {
      lists[g] = list(grouped, start[g], start[g + 1]);
    }
    return lists;
  }

  /** Rows of one relation, which hubs have many of, cost one comparison of ids. */
  private int compare(Row a, Row b) {
    return a.relation == b.relation
        ? a.neighbour.compareTo(b.neighbour)
        : relations.id(a.relation).compareTo(relations.id(b.relation));
  }

  private ArcList list(int[] grouped, int from, int to) {
    if (from == to) {
      return ArcList.EMPTY;
    }
    Row[] sorted = new Row[to - from];
    for (int i = from; i < to; i++) {
      int row = grouped[i];
      sorted[i - from] = new Row(row, rowRelations[row], entities.id(rowNeighbours[row]));
    }
    Arrays.sort(sorted, this::compare);
    int[] rel = new int[sorted.length];
    int[] nbr = new int[sorted.length];
    float[] weights = rowWeights == null ? null : new float[sorted.length];
    int count = 0;
    for (Row next : sorted) {
      int row = next.number;
      boolean same =
          count > 0 && rel[count - 1] == rowRelations[row] && nbr[count - 1] == rowNeighbours[row];
      int at = same ? count - 1 : count++;
      rel[at] = rowRelations[row];
      nbr[at] = rowNeighbours[row];
      if (weights != null && rowWeights != null) {
        weights[at] = same ? Math.max(weights[at], rowWeights[row]) : rowWeights[row];
      }
    }
    return new ArcList(
        Arrays.copyOf(rel, count),
        Arrays.copyOf(nbr, count),
        weights == null ? null : Arrays.copyOf(weights, count));
  }
}
