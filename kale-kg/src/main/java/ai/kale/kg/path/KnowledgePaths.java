package ai.kale.kg.path;

import ai.kale.GraphPath;
import ai.kale.KnowledgeGraph;
import ai.kale.data.EntityRef;
import ai.kale.data.KnowledgePath;
import ai.kale.data.PathStep;
import ai.kale.data.RelationRef;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Takes paths out of their graph: handles become ids and labels. */
public final class KnowledgePaths {
  private KnowledgePaths() {}

  /**
   * Resolves one path.
   *
   * @param graph the graph the handles belong to
   * @param path a path of at least one hop
   * @return the path with ids and labels
   */
  public static KnowledgePath resolve(KnowledgeGraph graph, GraphPath path) {
    return resolve(graph, List.of(path)).get(0);
  }

  /**
   * Resolves paths, looking up the names of all their entities in one call.
   *
   * @param graph the graph the handles belong to
   * @param paths paths of at least one hop each
   * @return the paths with ids and labels, in the same order
   */
  public static List<KnowledgePath> resolve(KnowledgeGraph graph, Collection<GraphPath> paths) {
    IntIndex distinct = new IntIndex(16);
    for (GraphPath path : paths) {
      for (int entity : path.entities()) {
        distinct.add(entity);
      }
    }
    List<EntityRef> refs = entities(graph, distinct.toArray());
    Map<Integer, RelationRef> relations = new HashMap<>();
    List<KnowledgePath> resolved = new ArrayList<>(paths.size());
    for (GraphPath path : paths) {
      List<PathStep> steps = new ArrayList<>(path.hops());
      for (int i = 0; i < path.hops(); i++) {
        RelationRef relation =
            relations.computeIfAbsent(
                path.relations()[i],
                r -> new RelationRef(graph.relationId(r), graph.relationLabel(r)));
        EntityRef entity = refs.get(distinct.find(path.entities()[i + 1]));
        steps.add(new PathStep(relation, path.inverse()[i], entity));
      }
      resolved.add(new KnowledgePath(refs.get(distinct.find(path.entities()[0])), steps));
    }
    return resolved;
  }

  /**
   * Resolves entities, looking up their names in one call; only entities without any name are asked
   * for one by one.
   *
   * @param graph the graph the handles belong to
   * @param entities handles
   * @return ids and labels, in the same order
   */
  public static List<EntityRef> entities(KnowledgeGraph graph, int[] entities) {
    List<List<String>> names = graph.names(entities);
    List<EntityRef> refs = new ArrayList<>(entities.length);
    for (int i = 0; i < entities.length; i++) {
      List<String> own = names.get(i);
      refs.add(
          new EntityRef(
              graph.entityId(entities[i]), own.isEmpty() ? graph.label(entities[i]) : own.get(0)));
    }
    return refs;
  }
}
