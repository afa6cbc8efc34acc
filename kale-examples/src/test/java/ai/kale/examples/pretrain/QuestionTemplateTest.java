package ai.kale.examples.pretrain;

import static org.assertj.core.api.Assertions.assertThat;

import ai.kale.KnowledgeGraph;
import ai.kale.data.Question;
import ai.kale.examples.dataset.GraphFacts;
import ai.kale.examples.dataset.RelationPaths;
import ai.kale.examples.testing.SmallWorld;
import java.util.List;
import org.junit.jupiter.api.Test;

class QuestionTemplateTest {
  private final KnowledgeGraph graph = SmallWorld.graph();

  private static Question question(String text, String topic, String... path) {
    return RelationPaths.attach(
        Question.of(text, text, List.of("x")).withTopics(List.of(topic)),
        List.of(path).stream()
            .map(
                hop ->
                    hop.startsWith("^")
                        ? new RelationPaths.Hop(hop.substring(1), true)
                        : new RelationPaths.Hop(hop, false))
            .toList());
  }

  @Test
  void takesTheTopicOutAndPutsAnotherIn() {
    List<QuestionTemplate> templates =
        QuestionTemplate.of(
            List.of(
                question("Who was born in City A?", "City_A", "^birthplace"),
                question("Who was born in City B?", "City_B", "^birthplace")),
            graph);

    assertThat(templates).hasSize(1);
    assertThat(templates.get(0).about("City C")).isEqualTo("Who was born in City C?");
    assertThat(templates.get(0).path())
        .containsExactly(new GraphFacts.Hop(graph.relation("birthplace").orElseThrow(), true));
  }

  @Test
  void leavesOutWhatCannotBeATemplate() {
    Question noTopic = question("Where is City A?", "City_A", "country").withTopics(List.of());
    Question twoTopics =
        question("Where is City A?", "City_A", "country").withTopics(List.of("City_A", "City_B"));

    assertThat(
            QuestionTemplate.of(
                List.of(
                    noTopic,
                    twoTopics,
                    question("Where is it?", "City_A", "country"),
                    question("Is City A in City A?", "City_A", "country"),
                    question("Who is mayor of City A?", "City_A", "mayor"),
                    Question.of("q", "Where is City A?", List.of()).withTopics(List.of("City_A"))),
                graph))
        .isEmpty();
  }
}
