package ai.kale.examples.pretrain;

import ai.kale.KnowledgeGraph;
import ai.kale.data.Question;
import ai.kale.examples.dataset.GraphFacts;
import ai.kale.examples.dataset.RelationPaths;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

/**
 * A way to ask for the end of a chain of hops, with a slot for the entity it starts from. Taken
 * from training questions, so that a model learns to read in the words it will be asked in.
 *
 * @param text holds {@value #SLOT} once
 * @param path the hops
 */
record QuestionTemplate(String text, List<GraphFacts.Hop> path) {
  static final String SLOT = "{head}";

  /** The question about one entity. */
  String about(String head) {
    return text.replace(SLOT, head);
  }

  /**
   * Templates of questions that know their topic and relation path; each once, in order.
   *
   * @param questions training questions
   * @param graph their graph
   * @return templates, possibly none
   */
  static List<QuestionTemplate> of(Collection<Question> questions, KnowledgeGraph graph) {
    Set<QuestionTemplate> templates = new LinkedHashSet<>();
    for (Question question : questions) {
      if (question.topics().size() != 1 || RelationPaths.of(question).isEmpty()) {
        continue;
      }
      OptionalInt topic = graph.entity(question.topics().get(0));
      List<GraphFacts.Hop> path = hops(RelationPaths.of(question).get(), graph);
      String label = topic.isPresent() ? graph.label(topic.getAsInt()) : question.topics().get(0);
      int at = question.text().indexOf(label);
      if (at >= 0 && !path.isEmpty() && question.text().indexOf(label, at + 1) < 0) {
        templates.add(new QuestionTemplate(question.text().replace(label, SLOT), path));
      }
    }
    return List.copyOf(templates);
  }

  private static List<GraphFacts.Hop> hops(List<RelationPaths.Hop> path, KnowledgeGraph graph) {
    List<GraphFacts.Hop> hops = new ArrayList<>();
    for (RelationPaths.Hop hop : path) {
      OptionalInt relation = graph.relation(hop.relation());
      if (relation.isEmpty()) {
        return List.of();
      }
      hops.add(new GraphFacts.Hop(relation.getAsInt(), hop.inverse()));
    }
    return hops;
  }
}
