package ai.kale.kg.graph;

import ai.kale.Direction;
import ai.kale.GraphCapability;
import ai.kale.KnowledgeGraph;
import ai.kale.Labels;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Copies what a {@link SubGraphSelection} keeps into a builder. Good for one copy. */
final class SubGraphCopy {
  private final KnowledgeGraph graph;
  private final boolean isolated;
  private final SubGraphSelection selection;
  private final CompactGraphBuilder builder = new CompactGraphBuilder();
  private final boolean weighted;
  private final boolean sources;
  private final BitSet used = new BitSet();
  private final Map<Integer, String> relations = new HashMap<>();

  SubGraphCopy(SubGraph choice) {
    this.graph = choice.graph;
    this.isolated = choice.isolated;
    this.selection = new SubGraphSelection(choice);
    this.weighted = graph.capabilities().contains(GraphCapability.WEIGHTS);
    this.sources = graph instanceof CompactGraph compact && compact.hasSources();
    if (weighted) {
      builder.keepWeights();
    }
    if (sources) {
      builder.keepSources();
    }
  }

  CompactGraph copy() {
    BitSet members = selection.members();
    if (isolated) {
      members.stream().forEach(entity -> builder.addEntity(graph.entityId(entity)));
      used.or(members);
    }
    SubGraphSelection.inBatches(members, batch -> triples(batch, members));
    SubGraphSelection.inBatches(used, this::names);
    relations.forEach(this::label);
    return builder.build();
  }

  private void triples(int[] batch, BitSet members) {
    graph.expand(
        batch,
        Direction.FORWARD,
        (index, relation, inverse, neighbour, weight) -> {
          if (members.get(neighbour) && selection.keeps(relation, weight)) {
            add(batch[index], relation, neighbour, weight);
          }
          return true;
        });
  }

  private void add(int subject, int relation, int object, float weight) {
    used.set(subject);
    used.set(object);
    if (sources && graph instanceof CompactGraph compact) {
      compact
          .source(subject, relation, object)
          .ifPresent(source -> builder.at(source.line(), source.graphName()));
    }
    String r = relations.computeIfAbsent(relation, graph::relationId);
    if (weighted) {
      builder.addTriple(graph.entityId(subject), r, graph.entityId(object), weight);
    } else {
      builder.addTriple(graph.entityId(subject), r, graph.entityId(object));
    }
  }

  /** Numbered by preference, so that their order stays. */
  private void names(int[] entities) {
    List<List<String>> names = graph.names(entities);
    for (int i = 0; i < entities.length; i++) {
      String id = graph.entityId(entities[i]);
      for (int k = 0; k < names.get(i).size(); k++) {
        int preference = Math.min(k, CompactGraphBuilder.FALLBACK - 1);
        builder.addName(id, names.get(i).get(k), preference);
      }
    }
  }

  private void label(int relation, String id) {
    String label = graph.relationLabel(relation);
    if (!label.equals(Labels.fromId(id))) {
      builder.addLabel(id, label);
    }
  }
}
