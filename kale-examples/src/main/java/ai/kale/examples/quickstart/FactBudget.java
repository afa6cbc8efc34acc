package ai.kale.examples.quickstart;

import ai.kale.KnowledgeGraph;
import ai.kale.data.GroundedQuestion;
import ai.kale.data.KnowledgePath;
import ai.kale.data.TripleRef;
import ai.kale.error.InvalidInputException;
import ai.kale.examples.dataset.GraphFacts;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * A small model cannot learn a large graph in minutes. This picks groups of questions at random and
 * keeps those whose facts (the triples of their paths) still fit a budget; the model's world is
 * then the union of these facts. Paths are searched in the whole graph all the same.
 *
 * @param questions the questions that fit, in their given order
 * @param facts the facts of their paths
 */
record FactBudget(List<GroundedQuestion> questions, GraphFacts facts) {
  private static final int LARGEST_SHARE = 20;

  static FactBudget choose(
      KnowledgeGraph graph, List<GroundedQuestion> questions, int maxFacts, long seed) {
    OwnPaths own = new OwnPaths(GraphFacts.all(graph));
    Map<String, List<GroundedQuestion>> groups = new LinkedHashMap<>();
    questions.forEach(
        q -> groups.computeIfAbsent(q.question().group(), key -> new ArrayList<>()).add(q));
    List<String> order = new ArrayList<>(groups.keySet());
    Collections.shuffle(order, new Random(seed));
    Set<GraphFacts.Triple> chosen = new LinkedHashSet<>();
    Set<String> kept = new LinkedHashSet<>();
    for (String group : order) {
      Set<GraphFacts.Triple> needed = new LinkedHashSet<>();
      for (GroundedQuestion question : groups.getOrDefault(group, List.of())) {
        List<KnowledgePath> paths = new ArrayList<>(question.paths());
        own.ground(question.question()).ifPresent(grounded -> paths.addAll(grounded.paths()));
        paths.forEach(path -> path.triples().forEach(t -> needed.add(triple(graph, t))));
      }
      int size = needed.size();
      needed.removeAll(chosen);
      if (size <= Math.max(LARGEST_SHARE, maxFacts / LARGEST_SHARE)
          && chosen.size() + needed.size() <= maxFacts) {
        chosen.addAll(needed);
        kept.add(group);
      }
    }
    if (kept.isEmpty()) {
      throw new InvalidInputException(
          "no question fits a world of " + maxFacts + " facts; raise --max-facts");
    }
    return new FactBudget(
        questions.stream().filter(q -> kept.contains(q.question().group())).toList(),
        GraphFacts.of(graph, chosen));
  }

  private static GraphFacts.Triple triple(KnowledgeGraph graph, TripleRef triple) {
    return new GraphFacts.Triple(
        graph.entity(triple.subject().id()).orElseThrow(),
        graph.relation(triple.relation().id()).orElseThrow(),
        graph.entity(triple.object().id()).orElseThrow());
  }
}
