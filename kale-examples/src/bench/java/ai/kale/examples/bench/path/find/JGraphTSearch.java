package ai.kale.examples.bench.path.find;

import ai.kale.examples.bench.path.data.IntRows;
import ai.kale.examples.bench.path.data.PathFiles;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jgrapht.GraphPath;
import org.jgrapht.alg.shortestpath.AllDirectedPaths;
import org.jgrapht.alg.shortestpath.YenShortestPathIterator;
import org.jgrapht.alg.util.Pair;
import org.jgrapht.opt.graph.sparse.IncomingEdgesSupport;
import org.jgrapht.opt.graph.sparse.SparseIntDirectedGraph;

/**
 * JGraphT's path algorithms on a directed multigraph in which each triple is an edge there and an
 * edge back, so that paths are the same as KALE's: parallel triples make different ones.
 */
final class JGraphTSearch implements PathSearch {
  private final Stoppable graph;
  private final boolean yen;

  private JGraphTSearch(Stoppable graph, boolean yen) {
    this.graph = graph;
    this.yen = yen;
  }

  static JGraphTSearch allDirectedPaths(PathFiles files) {
    return new JGraphTSearch(load(files), false);
  }

  static JGraphTSearch yen(PathFiles files) {
    return new JGraphTSearch(load(files), true);
  }

  private static Stoppable load(PathFiles files) {
    IntRows triples = files.triples();
    int edges = 2 * triples.size();
    return new Stoppable(
        new SparseIntDirectedGraph(
            files.manifest().entities(),
            edges,
            () ->
                IntStream.range(0, edges)
                    .mapToObj(
                        e ->
                            Pair.of(
                                triples.at(e / 2, e % 2 == 0 ? 0 : 2),
                                triples.at(e / 2, e % 2 == 0 ? 2 : 0))),
            IncomingEdgesSupport.FULL_INCOMING_EDGES));
  }

  @Override
  public Question ask(int source, int target, int hops, int maxPaths) {
    return () ->
        Found.of(yen ? yen(source, target, hops, maxPaths) : all(source, target, hops, maxPaths));
  }

  /** It knows a limit of length but none of number: it makes all paths. */
  private long all(int source, int target, int hops, int maxPaths) {
    List<GraphPath<Integer, Integer>> paths =
        new AllDirectedPaths<>(graph).getAllPaths(source, target, true, hops);
    return Math.min(paths.size(), maxPaths);
  }

  /** It knows a limit of number but none of length: it is asked on until a path is too long. */
  private long yen(int source, int target, int hops, int maxPaths) {
    YenShortestPathIterator<Integer, Integer> shortest =
        new YenShortestPathIterator<>(graph, source, target);
    List<GraphPath<Integer, Integer>> paths = new ArrayList<>();
    while (paths.size() < maxPaths && shortest.hasNext()) {
      graph.check();
      GraphPath<Integer, Integer> path = shortest.next();
      if (path.getLength() > hops) {
        break;
      }
      paths.add(path);
    }
    return paths.size();
  }

  @Override
  public void cancel(Thread searcher) {
    graph.stop(true);
  }

  @Override
  public void reset() {
    graph.stop(false);
  }
}
