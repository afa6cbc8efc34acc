package ai.kale.kg.graph;

import ai.kale.Direction;
import ai.kale.KnowledgeGraph;
import ai.kale.kg.graph.GraphStatistics.Hub;
import ai.kale.kg.graph.GraphStatistics.RelationCount;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** Counts what {@link GraphStatistics} holds, entity by entity. Good for one graph. */
final class StatisticsCollector {
  private static final int BATCH = 4096;

  /** Degrees below this are counted in an array. */
  private static final int SMALL = 1 << 16;

  private record Candidate(int degree, int entity) {}

  private final KnowledgeGraph graph;
  private final int mostHubs;

  /** The least of the hubs first. */
  private final PriorityQueue<Candidate> hubs;

  private final long[] byRelation;
  private final long[] smallDegrees = new long[SMALL];
  private final SortedMap<Integer, Long> degrees = new TreeMap<>();
  private long triples;
  private long parallel;
  private long selfLoops;
  private int named;

  StatisticsCollector(KnowledgeGraph graph, int mostHubs) {
    this.graph = graph;
    this.mostHubs = mostHubs;
    this.byRelation = new long[graph.relationCount()];
    this.hubs =
        new PriorityQueue<>(
            Comparator.comparingInt(Candidate::degree)
                .thenComparing(hub -> graph.entityId(hub.entity()), Comparator.reverseOrder()));
  }

  GraphStatistics collect() {
    int count = graph.entityCount();
    for (int start = 0; start < count; start = Math.min(count, start + BATCH)) {
      int[] batch = IntStream.range(start, Math.min(count, start + BATCH)).toArray();
      graph.names(batch).forEach(names -> named += names.isEmpty() ? 0 : 1);
      if (graph instanceof CompactGraph compact) {
        readArrays(compact.adjacency(), batch);
      } else {
        expand(batch);
      }
    }
    int isolated = (int) smallDegrees[0];
    for (int degree = 0; degree < SMALL; degree++) {
      if (smallDegrees[degree] > 0) {
        degrees.put(degree, smallDegrees[degree]);
      }
    }
    return new GraphStatistics(
        count,
        triples,
        relations(),
        DegreeDistribution.of(degrees),
        topHubs(),
        isolated,
        named,
        graph instanceof CompactGraph compact ? compact.namedEntitiesByLanguage() : new TreeMap<>(),
        parallel,
        selfLoops);
  }

  /** Arcs are sorted by neighbour, so parallel ones stand side by side. */
  private void readArrays(AdjacencyArrays arcs, int[] batch) {
    for (int entity : batch) {
      int neighbour = -1;
      int run = 0;
      for (int arc = arcs.arcStart(entity); arc < arcs.arcEnd(entity); arc++) {
        int label = arcs.labelAt(arc);
        if ((label & 1) == 0) {
          int next = arcs.neighbour(arc);
          count(entity, label >>> 1, next);
          run = next == neighbour ? run + 1 : 1;
          parallel += run == 2 ? 2 : run > 2 ? 1 : 0;
          neighbour = next;
        }
      }
      countDegree(entity, arcs.degree(entity));
    }
  }

  private void expand(int[] batch) {
    int[] degree = new int[batch.length];
    Neighbours neighbours = new Neighbours();
    graph.expand(
        batch,
        Direction.BOTH,
        (index, relation, inverse, neighbour, weight) -> {
          degree[index]++;
          if (!inverse) {
            parallel += neighbours.at(index) ? neighbours.parallel() : 0;
            neighbours.add(index, neighbour);
            count(batch[index], relation, neighbour);
          }
          return true;
        });
    parallel += neighbours.parallel();
    for (int i = 0; i < batch.length; i++) {
      countDegree(batch[i], degree[i]);
    }
  }

  private void count(int subject, int relation, int object) {
    triples++;
    byRelation[relation]++;
    selfLoops += subject == object ? 1 : 0;
  }

  private void countDegree(int entity, int degree) {
    if (degree < SMALL) {
      smallDegrees[degree]++;
    } else {
      degrees.merge(degree, 1L, Long::sum);
    }
    Candidate least = hubs.peek();
    boolean full = hubs.size() >= mostHubs;
    if (degree > 0 && mostHubs > 0 && !(full && least != null && least.degree() > degree)) {
      hubs.add(new Candidate(degree, entity));
      if (full) {
        hubs.poll();
      }
    }
  }

  private List<Hub> topHubs() {
    List<Hub> top = new ArrayList<>();
    while (!hubs.isEmpty()) {
      Candidate hub = hubs.remove();
      int entity = hub.entity();
      top.add(0, new Hub(graph.entityId(entity), graph.label(entity), hub.degree()));
    }
    return top;
  }

  private List<RelationCount> relations() {
    return IntStream.range(0, byRelation.length)
        .mapToObj(
            r -> new RelationCount(graph.relationId(r), graph.relationLabel(r), byRelation[r]))
        .sorted(
            Comparator.comparingLong((RelationCount r) -> -r.triples())
                .thenComparing(RelationCount::id))
        .toList();
  }

  /** The objects of one subject. */
  private static final class Neighbours {
    private int[] all = new int[16];
    private int size;
    private int owner = -1;

    /** Whether the subject before this one is complete. */
    boolean at(int index) {
      return index != owner;
    }

    void add(int index, int neighbour) {
      owner = index;
      if (size == all.length) {
        all = Arrays.copyOf(all, 2 * size);
      }
      all[size++] = neighbour;
    }

    /** Counts those that occur more than once, and forgets all. */
    long parallel() {
      Arrays.sort(all, 0, size);
      long count = 0;
      for (int i = 0; i < size; i++) {
        boolean before = i > 0 && all[i] == all[i - 1];
        boolean after = i + 1 < size && all[i] == all[i + 1];
        count += before || after ? 1 : 0;
      }
      size = 0;
      return count;
    }
  }
}
