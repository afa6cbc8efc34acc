package ai.kale.examples.bench.store;

import ai.kale.ArcVisitor;
import ai.kale.Direction;
import ai.kale.kg.graph.AdjacencyArrays;
import ai.kale.kg.graph.CompactGraph;
import java.util.ArrayList;
import java.util.List;

/** KALE's graph, on the heap or mapped, read through its arrays or through {@code expand}. */
final class CompactStore implements Store {
  private static final int BATCH = 1 << 16;

  private final CompactGraph graph;
  private final String prefix;
  private final boolean expanding;

  /** A store whose entity ids are a prefix and a number. */
  CompactStore(CompactGraph graph, String prefix) {
    this(graph, prefix, false);
  }

  private CompactStore(CompactGraph graph, String prefix, boolean expanding) {
    this.graph = graph;
    this.prefix = prefix;
    this.expanding = expanding;
  }

  CompactGraph graph() {
    return graph;
  }

  /** The same graph, scanned through {@code KnowledgeGraph.expand}. */
  CompactStore expanding() {
    return new CompactStore(graph, prefix, true);
  }

  @Override
  public long triples() {
    return graph.tripleCount().orElseThrow();
  }

  @Override
  public boolean hasRelations() {
    return true;
  }

  @Override
  public Scan scan(int[] numbers) {
    int[] handles = handles(numbers);
    return expanding ? new ByExpand(handles) : new ByArrays(handles);
  }

  private int[] handles(int[] numbers) {
    int[] handles = new int[numbers.length];
    for (int from = 0; from < numbers.length; from += BATCH) {
      List<String> ids = new ArrayList<>();
      for (int i = from; i < Math.min(numbers.length, from + BATCH); i++) {
        ids.add(prefix + numbers[i]);
      }
      int[] found = graph.entities(ids);
      System.arraycopy(found, 0, handles, from, found.length);
    }
    return handles;
  }

  private int number(int entity) {
    return Ids.number(graph.entityId(entity));
  }

  private final class ByArrays implements Scan {
    private final int[] handles;

    ByArrays(int[] handles) {
      this.handles = handles;
    }

    @Override
    public long sum() {
      AdjacencyArrays arcs = graph.adjacency();
      long sum = 0;
      for (int entity : handles) {
        int end = arcs.arcEnd(entity);
        for (int arc = arcs.arcStart(entity); arc < end; arc++) {
          sum += arcs.neighbour(arc);
        }
      }
      return sum;
    }

    @Override
    public void visit(Arcs visitor) {
      AdjacencyArrays arcs = graph.adjacency();
      for (int entity : handles) {
        int own = number(entity);
        for (int arc = arcs.arcStart(entity); arc < arcs.arcEnd(entity); arc++) {
          int relation = Ids.number(graph.relationId(arcs.relationAt(arc)));
          visitor.arc(own, relation, arcs.inverseAt(arc), number(arcs.neighbour(arc)));
        }
      }
    }
  }

  private final class ByExpand implements Scan, ArcVisitor {
    private final int[] handles;
    private long sum;

    ByExpand(int[] handles) {
      this.handles = handles;
    }

    @Override
    public boolean arc(int index, int relation, boolean inverse, int neighbour, float weight) {
      sum += neighbour;
      return true;
    }

    @Override
    public long sum() {
      sum = 0;
      graph.expand(handles, Direction.BOTH, this);
      return sum;
    }

    @Override
    public void visit(Arcs visitor) {
      graph.expand(
          handles,
          Direction.BOTH,
          (index, relation, inverse, neighbour, weight) -> {
            int ofRelation = Ids.number(graph.relationId(relation));
            visitor.arc(number(handles[index]), ofRelation, inverse, number(neighbour));
            return true;
          });
    }
  }
}
