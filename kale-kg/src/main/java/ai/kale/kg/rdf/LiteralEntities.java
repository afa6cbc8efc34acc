package ai.kale.kg.rdf;

import ai.kale.Direction;
import ai.kale.KnowledgeGraph;
import java.util.Optional;
import org.apache.commons.rdf.api.Literal;

/** Entities that stand for literals: their id is one, and they are no subject. */
final class LiteralEntities {
  private LiteralEntities() {}

  static Optional<Literal> literal(KnowledgeGraph graph, int entity, String id) {
    if (!id.startsWith("\"")) {
      return Optional.empty();
    }
    boolean[] subject = new boolean[1];
    graph.expand(
        entity,
        Direction.FORWARD,
        (index, relation, inverse, neighbour, weight) -> {
          subject[0] = true;
          return false;
        });
    return subject[0] ? Optional.empty() : IdTerms.literal(id);
  }
}
