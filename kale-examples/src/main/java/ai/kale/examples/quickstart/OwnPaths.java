package ai.kale.examples.quickstart;

import ai.kale.KnowledgeGraph;
import ai.kale.data.EntityRef;
import ai.kale.data.GroundedQuestion;
import ai.kale.data.KnowledgePath;
import ai.kale.data.PathReport;
import ai.kale.data.PathStep;
import ai.kale.data.Provenance;
import ai.kale.data.Question;
import ai.kale.data.RelationRef;
import ai.kale.examples.dataset.GraphFacts;
import ai.kale.examples.dataset.RelationPaths;
import java.util.ArrayList;
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
  private final GraphFacts facts;

  OwnPaths(GraphFacts facts) {
    this.graph = facts.graph();
    this.facts = facts;
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
    List<GraphFacts.Hop> hops = new ArrayList<>();
    for (RelationPaths.Hop hop : stated.get()) {
      OptionalInt relation = graph.relation(hop.relation());
      if (relation.isEmpty()) {
        return Optional.empty();
      }
      hops.add(new GraphFacts.Hop(relation.getAsInt(), hop.inverse()));
    }
    List<KnowledgePath> paths = new ArrayList<>();
    extend(new ArrayList<>(List.of(topic.getAsInt())), hops, paths);
    if (paths.isEmpty()) {
      return Optional.empty();
    }
    Set<EntityRef> ends = new LinkedHashSet<>();
    paths.forEach(path -> ends.add(path.target()));
    return Optional.of(
        new GroundedQuestion(
            question,
            List.of(ref(topic.getAsInt())),
            List.copyOf(ends),
            List.of(),
            paths,
            PathReport.complete(0),
            Provenance.of("own-path", Map.of("graph.snapshot", graph.snapshot())),
            Map.of()));
  }

  private void extend(List<Integer> visited, List<GraphFacts.Hop> hops, List<KnowledgePath> paths) {
    int done = visited.size() - 1;
    if (done == hops.size()) {
      paths.add(path(visited, hops));
      return;
    }
    for (int next : facts.follow(visited.get(done), hops.get(done))) {
      if (!visited.contains(next) && paths.size() < MOST_PATHS) {
        visited.add(next);
        extend(visited, hops, paths);
        visited.remove(visited.size() - 1);
      }
    }
  }

  private KnowledgePath path(List<Integer> visited, List<GraphFacts.Hop> hops) {
    List<PathStep> steps = new ArrayList<>();
    for (int i = 0; i < hops.size(); i++) {
      GraphFacts.Hop hop = hops.get(i);
      RelationRef relation =
          new RelationRef(graph.relationId(hop.relation()), graph.relationLabel(hop.relation()));
      steps.add(new PathStep(relation, hop.inverse(), ref(visited.get(i + 1))));
    }
    return new KnowledgePath(ref(visited.get(0)), steps);
  }

  private EntityRef ref(int entity) {
    return new EntityRef(graph.entityId(entity), graph.label(entity));
  }
}
