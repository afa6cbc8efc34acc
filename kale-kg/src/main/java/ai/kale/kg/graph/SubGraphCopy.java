package ai.kale.kg.graph;

import ai.kale.Direction;
import ai.kale.GraphCapability;
import ai.kale.KnowledgeGraph;
import ai.kale.Labels;
import ai.kale.kg.graph.NameCollector.Owner;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Copies what a {@link SubGraphSelection} keeps into a builder. Good for one copy. */
final class SubGraphCopy {
  private final KnowledgeGraph graph;
  private final boolean isolated;
  private final SubGraphSelection selection;
  private final CompactGraphBuilder builder = new CompactGraphBuilder();
  private final boolean weighted;

  /** Of a graph in arrays, which knows more than the interface tells; else null. */
  private final @Nullable GraphContent content;

  private final @Nullable TripleSources sources;
  private final BitSet used = new BitSet();
  private final Map<Integer, String> relations = new HashMap<>();

  SubGraphCopy(SubGraph choice) {
    this.graph = choice.graph;
    this.isolated = choice.isolated;
    this.selection = new SubGraphSelection(choice);
    this.weighted = graph.capabilities().contains(GraphCapability.WEIGHTS);
    this.content = graph instanceof CompactGraph compact ? compact.content() : null;
    this.sources = content == null ? null : content.sources;
    if (weighted) {
      builder.keepWeights();
    }
    if (sources != null) {
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
    int[] rank = {0, -1}; // of the arc among those of its subject, and that subject's index
    graph.expand(
        batch,
        Direction.FORWARD,
        (index, relation, inverse, neighbour, weight) -> {
          rank[0] = index == rank[1] ? rank[0] + 1 : 0;
          rank[1] = index;
          if (members.get(neighbour) && selection.keeps(relation, weight)) {
            if (sources != null) {
              TripleSource source = sources.get(batch[index], rank[0]);
              builder.at(source.line(), source.graphName());
            }
            add(batch[index], relation, neighbour, weight);
          }
          return true;
        });
  }

  private void add(int subject, int relation, int object, float weight) {
    used.set(subject);
    used.set(object);
    String r = relations.computeIfAbsent(relation, graph::relationId);
    if (weighted) {
      builder.addTriple(graph.entityId(subject), r, graph.entityId(object), weight);
    } else {
      builder.addTriple(graph.entityId(subject), r, graph.entityId(object));
    }
  }

  private void names(int[] entities) {
    if (content != null) {
      for (int entity : entities) {
        names(content.entityNames, entity, graph.entityId(entity), Owner.ENTITY);
      }
      return;
    }
    List<List<String>> names = graph.names(entities);
    for (int i = 0; i < entities.length; i++) {
      String id = graph.entityId(entities[i]);
      for (int k = 0; k < names.get(i).size(); k++) {
        builder.addName(id, Owner.ENTITY, names.get(i).get(k), "", preference(k));
      }
    }
  }

  private void names(NameTable table, int owner, String id, Owner kind) {
    table.forEach(
        owner,
        (text, language, place) -> builder.addName(id, kind, text, language, preference(place)));
  }

  /** By place, so that the order stays, and better than any fallback. */
  private static int preference(int place) {
    return Integer.MIN_VALUE + place;
  }

  private void label(int relation, String id) {
    if (content != null) {
      names(content.relationNames, relation, id, Owner.RELATION);
      return;
    }
    String label = graph.relationLabel(relation);
    if (!label.equals(Labels.fromId(id))) {
      builder.addName(id, Owner.RELATION, label, "", CompactGraphBuilder.LABEL);
    }
  }
}
