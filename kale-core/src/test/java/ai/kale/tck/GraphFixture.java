package ai.kale.tck;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.kale.Direction;
import ai.kale.KnowledgeGraph;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Provide;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Makes graphs, and reads them as text that can be compared with a naive model. */
public abstract class GraphFixture extends TripleArbitraries {
  GraphFixture() {}

  /** Makes a graph of triples: see {@link KnowledgeGraphContract#create}. */
  protected abstract KnowledgeGraph create(List<String[]> triples);

  /** Two triples with one entity in common. */
  final List<String[]> few() {
    return List.of(triple("e1", "r1", "e2"), triple("e2", "r2", "e3"));
  }

  /** Random triples with self loops, duplicates and parallel arcs. */
  @Provide
  final Arbitrary<List<String[]>> triples() {
    return randomTriples(7, 3, 24);
  }

  static Set<List<String>> model(List<String[]> triples) {
    Set<List<String>> model = new TreeSet<>((a, b) -> a.toString().compareTo(b.toString()));
    triples.forEach(triple -> model.add(List.of(triple[0], triple[1], triple[2])));
    return model;
  }

  static int[] handles(KnowledgeGraph graph, List<String> ids) {
    return ids.stream().mapToInt(id -> handle(graph, id)).toArray();
  }

  /** The arcs of a frontier, in the order in which they are reported. */
  static List<String> read(KnowledgeGraph graph, Direction direction, int... frontier) {
    List<String> arcs = new ArrayList<>();
    graph.expand(
        frontier,
        direction,
        (index, relation, inverse, neighbour, weight) ->
            arcs.add(arc(graph, relation, inverse, neighbour)));
    return arcs;
  }

  static String arc(KnowledgeGraph graph, int relation, boolean inverse, int neighbour) {
    return (inverse ? "<-" : "->") + graph.relationId(relation) + " " + graph.entityId(neighbour);
  }

  /** The arcs of one entity by the definition: one for each distinct triple and direction. */
  static List<String> expected(List<String[]> triples, String id, Direction direction) {
    TreeSet<String> arcs = new TreeSet<>();
    for (String[] triple : triples) {
      if (triple[0].equals(id) && direction.includesForward()) {
        arcs.add("->" + triple[1] + " " + triple[2]);
      }
      if (triple[2].equals(id) && direction.includesBackward()) {
        arcs.add("<-" + triple[1] + " " + triple[0]);
      }
    }
    return List.copyOf(arcs);
  }

  static int[] append(int[] handles, int... more) {
    int[] all = Arrays.copyOf(handles, handles.length + more.length);
    System.arraycopy(more, 0, all, handles.length, more.length);
    return all;
  }

  static void throwsA(Class<? extends Throwable> type, String what, ThrowingCallable call) {
    assertThatThrownBy(call).as(what).isInstanceOf(type);
  }
}
