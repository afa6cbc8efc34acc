package ai.kale.examples.quickstart;

import ai.kale.KnowledgeGraph;
import ai.kale.PathResult;
import ai.kale.data.EntityRef;
import ai.kale.data.GroundedQuestion;
import ai.kale.data.KnowledgePath;
import ai.kale.data.Provenance;
import ai.kale.data.Question;
import ai.kale.examples.dataset.RelationPaths;
import ai.kale.kg.path.KnowledgePaths;
import ai.kale.kg.path.RelationPathFollower;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Grounds a question on the relation path its data set states, from its topic along the graph,
 * without looking at its answers: a wrong answer cannot lead such a path astray.
 */
final class OwnPaths {
  private static final int MOST_PATHS = 64;

  private final KnowledgeGraph graph;
  private final RelationPathFollower follower = new RelationPathFollower(MOST_PATHS);

  OwnPaths(KnowledgeGraph graph) {
    this.graph = graph;
  }

  /**
   * The question on its own paths; empty where it states none, or the graph has none of that kind.
   */
  Optional<GroundedQuestion> ground(Question question) {
    Optional<List<RelationPaths.Hop>> stated = RelationPaths.of(question);
    OptionalInt topic =
        question.topics().isEmpty() ? OptionalInt.empty() : graph.entity(question.topics().get(0));
    if (stated.isEmpty() || topic.isEmpty()) {
      return Optional.empty();
    }
    List<RelationPathFollower.Hop> hops =
        stated.get().stream()
            .map(hop -> new RelationPathFollower.Hop(hop.relation(), hop.inverse()))
            .toList();
    PathResult found = follower.follow(graph, topic.getAsInt(), hops);
    List<KnowledgePath> paths = KnowledgePaths.resolve(graph, found.paths());
    if (paths.isEmpty()) {
      return Optional.empty();
    }
    Set<EntityRef> ends = new LinkedHashSet<>();
    paths.forEach(path -> ends.add(path.target()));
    return Optional.of(
        new GroundedQuestion(
            question,
            List.of(paths.get(0).source()),
            List.copyOf(ends),
            List.of(),
            paths,
            found.report(),
            Provenance.of("own-path", Map.of("graph.snapshot", graph.snapshot())),
            Map.of()));
  }
}
