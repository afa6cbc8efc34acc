package ai.kale.kg.jgrapht;

import ai.kale.KnowledgeGraph;
import java.util.AbstractSet;
import java.util.Iterator;
import java.util.stream.IntStream;

/** All triples of a graph as a read-only set that is read vertex by vertex. */
final class TripleSet extends AbstractSet<TripleEdge> {
  private final KnowledgeGraph graph;
  private final JGraphTView view;

  TripleSet(KnowledgeGraph graph, JGraphTView view) {
    this.graph = graph;
    this.view = view;
  }

  @Override
  public Iterator<TripleEdge> iterator() {
    return IntStream.range(0, graph.entityCount())
        .boxed()
        .flatMap(vertex -> view.outgoingEdgesOf(vertex).stream())
        .iterator();
  }

  @Override
  public boolean contains(Object other) {
    return other instanceof TripleEdge edge && view.containsEdge(edge);
  }

  @Override
  public int size() {
    long count =
        graph
            .tripleCount()
            .orElseGet(
                () ->
                    IntStream.range(0, graph.entityCount())
                        .mapToLong(vertex -> view.outDegreeOf(vertex))
                        .sum());
    return (int) Math.min(Integer.MAX_VALUE, count);
  }
}
