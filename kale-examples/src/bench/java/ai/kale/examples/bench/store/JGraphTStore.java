package ai.kale.examples.bench.store;

import ai.kale.examples.bench.data.DataSet;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.jgrapht.alg.util.Pair;
import org.jgrapht.opt.graph.sparse.IncomingEdgesSupport;
import org.jgrapht.opt.graph.sparse.SparseIntDirectedGraph;

/**
 * JGraphT's sparse graph. It knows nodes and edges by number only, so ids are numbered with a hash
 * map while loading, and relations are dropped.
 */
final class JGraphTStore implements Store {
  private final SparseIntDirectedGraph graph;
  private final Map<Integer, Integer> vertices;

  /** For each vertex the number in its id. */
  private final int[] numbers;

  private JGraphTStore(SparseIntDirectedGraph graph, int[] numbers) {
    this.graph = graph;
    this.numbers = numbers;
    this.vertices = new HashMap<>();
  }

  static void run(Job job, Measures out) throws Exception {
    LoadRun.loadAndScan(job, out, JGraphTStore::load);
  }

  private static JGraphTStore load(DataSet data) throws IOException {
    EdgeList edges = new EdgeList();
    try (BufferedReader in = Files.newBufferedReader(data.tsv(), StandardCharsets.UTF_8)) {
      in.lines().forEach(edges::add);
    }
    int[] heads = edges.heads;
    int[] tails = edges.tails;
    SparseIntDirectedGraph graph =
        new SparseIntDirectedGraph(
            edges.vertices.size(),
            edges.size,
            () -> IntStream.range(0, edges.size).mapToObj(i -> Pair.of(heads[i], tails[i])),
            IncomingEdgesSupport.FULL_INCOMING_EDGES);
    int[] numbers = new int[edges.vertices.size()];
    edges.vertices.forEach((id, vertex) -> numbers[vertex] = Ids.number(id));
    return new JGraphTStore(graph, numbers);
  }

  @Override
  public long triples() {
    return graph.iterables().edgeCount();
  }

  @Override
  public boolean hasRelations() {
    return false;
  }

  @Override
  public Scan scan(int[] entities) {
    if (vertices.isEmpty()) {
      for (int vertex = 0; vertex < numbers.length; vertex++) {
        vertices.put(numbers[vertex], vertex);
      }
    }
    Integer[] nodes = new Integer[entities.length];
    Arrays.setAll(nodes, i -> vertices.getOrDefault(entities[i], -1));
    return new VertexScan(graph, numbers, nodes);
  }

  private static final class VertexScan implements Scan {
    private final SparseIntDirectedGraph graph;
    private final int[] numbers;
    private final Integer[] nodes;

    VertexScan(SparseIntDirectedGraph graph, int[] numbers, Integer[] nodes) {
      this.graph = graph;
      this.numbers = numbers;
      this.nodes = nodes;
    }

    @Override
    public long sum() {
      long sum = 0;
      for (Integer node : nodes) {
        for (Integer edge : graph.outgoingEdgesOf(node)) {
          sum += graph.getEdgeTarget(edge);
        }
        for (Integer edge : graph.incomingEdgesOf(node)) {
          sum += graph.getEdgeSource(edge);
        }
      }
      return sum;
    }

    @Override
    public void visit(Arcs arcs) {
      for (Integer node : nodes) {
        int own = numbers[node];
        for (Integer edge : graph.outgoingEdgesOf(node)) {
          arcs.arc(own, 0, false, numbers[graph.getEdgeTarget(edge)]);
        }
        for (Integer edge : graph.incomingEdgesOf(node)) {
          arcs.arc(own, 0, true, numbers[graph.getEdgeSource(edge)]);
        }
      }
    }
  }

  /** Edges as numbers, while they are read. */
  private static final class EdgeList {
    private final Map<String, Integer> vertices = new HashMap<>();
    private int[] heads = new int[1 << 10];
    private int[] tails = new int[1 << 10];
    private int size;

    void add(String line) {
      if (size == heads.length) {
        heads = Arrays.copyOf(heads, size * 2);
        tails = Arrays.copyOf(tails, size * 2);
      }
      heads[size] = vertex(line.substring(0, line.indexOf('\t')));
      tails[size++] = vertex(line.substring(line.lastIndexOf('\t') + 1));
    }

    private int vertex(String id) {
      Integer next = vertices.size();
      Integer known = vertices.putIfAbsent(id, next);
      return known == null ? next : known;
    }
  }
}
