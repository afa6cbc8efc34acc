package ai.kale.kg.path;

import ai.kale.GraphPath;
import ai.kale.KnowledgeGraph;
import ai.kale.PathResult;
import ai.kale.data.KnowledgePath;
import ai.kale.ground.References;
import java.util.Collection;
import java.util.List;

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
    References references = References.lookUp(graph, new int[0], paths);
    return paths.stream().map(references::path).toList();
  }

  /**
   * Resolves what a search found, with its scores, looking up all names in one call.
   *
   * @param graph the graph that was searched
   * @param found a result
   * @return its paths with ids, labels and scores, in order
   */
  public static List<KnowledgePath> resolve(KnowledgeGraph graph, PathResult found) {
    return References.lookUp(graph, new int[0], found.paths()).paths(found);
  }
}
