package ai.kale.examples.dataset;

import ai.kale.KnowledgeGraph;
import ai.kale.data.Question;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Multi-hop questions made of a graph's own relation paths: every chain of relations that enough
 * heads have becomes a kind of question, every head with it two questions (one for each phrasing)
 * of one group.
 */
public final class ChainQuestions {
  private final GraphFacts facts;
  private final int minHeads;
  private final int maxAnswers;
  private final double maxMajority;

  /**
   * Sets the limits.
   *
   * @param facts the facts to chain
   * @param minHeads fewest heads a relation path must have
   * @param maxAnswers heads with more distinct ends are left out
   * @param maxMajority relation paths on which one answer is right for more than this share of the
   *     heads are left out: guessing it would look like knowing it
   */
  public ChainQuestions(GraphFacts facts, int minHeads, int maxAnswers, double maxMajority) {
    this.facts = facts;
    this.minHeads = minHeads;
    this.maxAnswers = maxAnswers;
    this.maxMajority = maxMajority;
  }

  /**
   * Makes all questions of some lengths.
   *
   * @param hops lengths, for example 2 and 3
   * @return questions in a fixed order, the phrasings of one group next to each other
   */
  public List<Question> make(List<Integer> hops) {
    Map<List<GraphFacts.Hop>, Map<Integer, Set<Integer>>> chains = new LinkedHashMap<>();
    for (int length : hops) {
      for (Map.Entry<List<GraphFacts.Hop>, Map<Integer, Set<Integer>>> chain :
          chains(length).entrySet()) {
        Map<Integer, Set<Integer>> usable = new TreeMap<>(chain.getValue());
        usable.values().removeIf(ends -> ends.size() > maxAnswers);
        if (usable.size() >= minHeads && majority(usable) <= maxMajority) {
          chains.put(chain.getKey(), usable);
        }
      }
    }
    List<Question> questions = new ArrayList<>();
    chains.forEach(
        (path, heads) -> heads.forEach((head, ends) -> ask(path, head, ends, questions)));
    return questions;
  }

  private static double majority(Map<Integer, Set<Integer>> heads) {
    Map<Integer, Integer> counts = new TreeMap<>();
    heads.values().forEach(ends -> ends.forEach(end -> counts.merge(end, 1, Integer::sum)));
    return Collections.max(counts.values()) / (double) heads.size();
  }

  private Map<List<GraphFacts.Hop>, Map<Integer, Set<Integer>>> chains(int length) {
    Map<List<GraphFacts.Hop>, Map<Integer, Set<Integer>>> found = new LinkedHashMap<>();
    for (int head : facts.entities()) {
      follow(new ArrayList<>(List.of(head)), new ArrayList<>(), length, found);
    }
    return found;
  }

  /** Extends a simple chain: {@code visited} starts with the head and ends where the chain is. */
  private void follow(
      List<Integer> visited,
      List<GraphFacts.Hop> path,
      int length,
      Map<List<GraphFacts.Hop>, Map<Integer, Set<Integer>>> found) {
    int here = visited.get(visited.size() - 1);
    if (path.size() == length) {
      found
          .computeIfAbsent(List.copyOf(path), key -> new TreeMap<>())
          .computeIfAbsent(visited.get(0), key -> new LinkedHashSet<>())
          .add(here);
      return;
    }
    for (GraphFacts.Hop hop : facts.forwardHops(here)) {
      path.add(hop);
      for (int next : facts.follow(here, hop)) {
        if (!visited.contains(next)) {
          visited.add(next);
          follow(visited, path, length, found);
          visited.remove(visited.size() - 1);
        }
      }
      path.remove(path.size() - 1);
    }
  }

  private void ask(
      List<GraphFacts.Hop> path, int head, Set<Integer> ends, List<Question> questions) {
    KnowledgeGraph graph = facts.graph();
    List<String> labels = path.stream().map(hop -> graph.relationLabel(hop.relation())).toList();
    List<RelationPaths.Hop> hops =
        path.stream()
            .map(hop -> new RelationPaths.Hop(graph.relationId(hop.relation()), false))
            .toList();
    List<String> answers = ends.stream().map(graph::label).toList();
    String group = graph.label(head) + " | " + String.join(" / ", labels);
    for (int form = 0; form < Phrasing.QUESTIONS; form++) {
      Question question =
          Question.of(
                  group + " | " + form, Phrasing.question(form, graph.label(head), labels), answers)
              .withTopics(List.of(graph.entityId(head)))
              .withGroup(group);
      questions.add(RelationPaths.attach(question, hops));
    }
  }
}
