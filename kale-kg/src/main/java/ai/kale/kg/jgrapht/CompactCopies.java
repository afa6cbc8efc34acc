package ai.kale.kg.jgrapht;

import ai.kale.Direction;
import ai.kale.GraphCapability;
import ai.kale.KnowledgeGraph;
import ai.kale.kg.graph.CompactGraph;
import ai.kale.kg.graph.CompactGraphBuilder;
import java.util.List;

/** Copies any graph that can be enumerated into arrays. */
final class CompactCopies {
  private CompactCopies() {}

  static CompactGraph of(KnowledgeGraph graph) {
    boolean weighted = graph.capabilities().contains(GraphCapability.WEIGHTS);
    CompactGraphBuilder builder =
        weighted ? CompactGraphBuilder.weighted() : new CompactGraphBuilder();
    for (int entity = 0; entity < graph.entityCount(); entity++) {
      String subject = graph.entityId(entity);
      builder.addEntity(subject);
      List<String> names = graph.names(new int[] {entity}).get(0);
      for (int i = 0; i < names.size(); i++) {
        // Numbered, so that the order stays.
        builder.addName(subject, names.get(i), Math.min(i, CompactGraphBuilder.ALIAS));
      }
      graph.expand(
          entity,
          Direction.FORWARD,
          (index, relation, inverse, neighbour, weight) -> {
            String relationId = graph.relationId(relation);
            if (weighted) {
              builder.addTriple(subject, relationId, graph.entityId(neighbour), weight);
            } else {
              builder.addTriple(subject, relationId, graph.entityId(neighbour));
            }
            return true;
          });
    }
    return builder.build();
  }
}
