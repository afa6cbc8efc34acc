package ai.kale.kg.path;

import ai.kale.GraphPath;
import ai.kale.KnowledgeGraph;
import java.util.Comparator;

/** The order of paths: hops, then ids along the path as strings. */
final class PathOrder {
  private PathOrder() {}

  static Comparator<GraphPath> of(KnowledgeGraph graph) {
    return Comparator.comparingInt(GraphPath::hops).thenComparing((a, b) -> compare(graph, a, b));
  }

  private static int compare(KnowledgeGraph graph, GraphPath a, GraphPath b) {
    int order = entity(graph, a.entities()[0], b.entities()[0]);
    for (int i = 0; i < a.hops() && order == 0; i++) {
      order = entity(graph, a.entities()[i + 1], b.entities()[i + 1]);
      order = order != 0 ? order : relation(graph, a.relations()[i], b.relations()[i]);
      order = order != 0 ? order : Boolean.compare(a.inverse()[i], b.inverse()[i]);
    }
    return order;
  }

  private static int entity(KnowledgeGraph graph, int a, int b) {
    return a == b ? 0 : graph.entityId(a).compareTo(graph.entityId(b));
  }

  private static int relation(KnowledgeGraph graph, int a, int b) {
    return a == b ? 0 : graph.relationId(a).compareTo(graph.relationId(b));
  }
}
