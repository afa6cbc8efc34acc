package ai.kale.tck;

import ai.kale.KnowledgeGraph;
import java.util.List;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Random triples for contract tests. Override the id methods where a backend wants IRIs. */
abstract class TripleArbitraries {
  /**
   * Makes an entity id.
   *
   * @param name a short name
   * @return an id the backend accepts
   */
  protected String entity(String name) {
    return "http://example.org/entity/" + name;
  }

  /**
   * Makes a relation id.
   *
   * @param name a short name
   * @return an id the backend accepts
   */
  protected String relation(String name) {
    return "http://example.org/relation/" + name;
  }

  final String[] triple(String subject, String relation, String object) {
    return new String[] {entity(subject), relation(relation), entity(object)};
  }

  final Arbitrary<List<String[]>> randomTriples(int entities, int relations, int most) {
    Arbitrary<Integer> entity = Arbitraries.integers().between(0, entities - 1);
    Arbitrary<Integer> relation = Arbitraries.integers().between(0, relations - 1);
    return Combinators.combine(entity, relation, entity)
        .as((s, r, o) -> triple("e" + s, "r" + r, "e" + o))
        .list()
        .ofMinSize(1)
        .ofMaxSize(most);
  }

  static List<String> entityIds(List<String[]> triples) {
    TreeSet<String> ids = new TreeSet<>();
    for (String[] triple : triples) {
      ids.add(triple[0]);
      ids.add(triple[2]);
    }
    return List.copyOf(ids);
  }

  static int handle(KnowledgeGraph graph, String id) {
    return graph.entity(id).orElseThrow();
  }
}
