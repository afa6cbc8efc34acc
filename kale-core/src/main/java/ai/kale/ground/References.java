package ai.kale.ground;

import ai.kale.GraphPath;
import ai.kale.KnowledgeGraph;
import ai.kale.PathResult;
import ai.kale.data.EntityRef;
import ai.kale.data.KnowledgePath;
import ai.kale.data.PathStep;
import ai.kale.data.RelationRef;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Takes entities and paths out of their graph: handles become ids and labels, and the names of all
 * entities are looked up in one call.
 */
public final class References {
  private final Map<Integer, EntityRef> entities = new HashMap<>();
  private final Map<Integer, RelationRef> relations = new HashMap<>();

  private References() {}

  /**
   * Looks up entities and all that is on some paths.
   *
   * @param graph the graph the handles belong to
   * @param single handles of entities, possibly repeated
   * @param paths paths of at least one hop each
   * @return ids and labels of all these
   */
  public static References lookUp(KnowledgeGraph graph, int[] single, Collection<GraphPath> paths) {
    Set<Integer> entities = new TreeSet<>();
    Set<Integer> relations = new TreeSet<>();
    addAll(single, entities);
    for (GraphPath path : paths) {
      addAll(path.entities(), entities);
      addAll(path.relations(), relations);
    }
    References references = new References();
    int[] handles = entities.stream().mapToInt(Integer::intValue).toArray();
    List<String> labels = graph.labels(handles);
    for (int i = 0; i < handles.length; i++) {
      EntityRef entity = new EntityRef(graph.entityId(handles[i]), labels.get(i));
      references.entities.put(handles[i], entity);
    }
    for (int relation : relations) {
      references.relations.put(
          relation, new RelationRef(graph.relationId(relation), graph.relationLabel(relation)));
    }
    return references;
  }

  /**
   * Entities with their ids and labels.
   *
   * @param handles all of them looked up
   * @return one for each, in order
   * @throws IllegalStateException if one was not looked up
   */
  public List<EntityRef> entities(int[] handles) {
    return Arrays.stream(handles).mapToObj(this::entity).toList();
  }

  /**
   * A path with its ids and labels.
   *
   * @param path all on it was looked up
   * @return the same path, without a score
   * @throws IllegalStateException if something on it was not looked up
   */
  public KnowledgePath path(GraphPath path) {
    List<PathStep> steps = new ArrayList<>(path.hops());
    for (int hop = 0; hop < path.hops(); hop++) {
      steps.add(
          new PathStep(
              known(relations, path.relations()[hop]),
              path.inverse()[hop],
              entity(path.entities()[hop + 1])));
    }
    return new KnowledgePath(entity(path.entities()[0]), steps);
  }

  /**
   * The paths of a search with their ids, labels and scores.
   *
   * @param found all on its paths was looked up
   * @return the same paths, in order
   * @throws IllegalStateException if something on them was not looked up
   */
  public List<KnowledgePath> paths(PathResult found) {
    List<KnowledgePath> paths = new ArrayList<>(found.paths().size());
    for (GraphPath path : found.paths()) {
      KnowledgePath resolved = path(path);
      paths.add(
          found.scores().isEmpty()
              ? resolved
              : resolved.withScore(found.scores().get(paths.size())));
    }
    return paths;
  }

  private EntityRef entity(int handle) {
    return known(entities, handle);
  }

  private static <T> T known(Map<Integer, T> all, int handle) {
    T found = all.get(handle);
    if (found == null) {
      throw new IllegalStateException("handle " + handle + " was not looked up");
    }
    return found;
  }

  private static void addAll(int[] handles, Set<Integer> into) {
    for (int handle : handles) {
      into.add(handle);
    }
  }
}
