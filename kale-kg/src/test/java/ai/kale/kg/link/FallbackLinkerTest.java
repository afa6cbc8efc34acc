package ai.kale.kg.link;

import static org.assertj.core.api.Assertions.assertThat;

import ai.kale.KnowledgeGraph;
import ai.kale.data.Question;
import ai.kale.kg.graph.CompactGraph;
import ai.kale.kg.graph.CompactGraphBuilder;
import ai.kale.spi.EntityLinker;
import ai.kale.spi.EntityLinker.Links;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FallbackLinkerTest {
  private final CompactGraph graph =
      new CompactGraphBuilder()
          .addTriple("Q1", "in", "Q2")
          .addLabel("Q1", "New York")
          .addLabel("Q2", "United States")
          .build();
  private final Question gotham =
      Question.of("q1", "Is Gotham another New York?", List.of("United States"))
          .withTopics(List.of("Gotham"));
  private final FallbackLinker linker = new FallbackLinker(new TopicLinker(), new LabelLinker());

  private List<String> ids(List<Integer> entities) {
    return entities.stream().map(graph::entityId).toList();
  }

  @Test
  void theReasonOfALinkerThatWasPassedOverStays() {
    Links links = linker.link(graph, gotham);
    assertThat(ids(links.question())).containsExactly("Q1");
    assertThat(links.unlinked())
        .containsExactly("topic/2: topic 'Gotham': the graph has no entity of this name or id");
  }

  @Test
  void reasonsComeInTheOrderOfTheLinkersAndWhatTheLastSaysTooOnlyOnce() {
    Links links = linker.link(graph, Question.of("q", "nothing here", List.of("nobody")));
    assertThat(links.unlinked())
        .containsExactly(
            "topic/2: question: it has neither topics nor [brackets]",
            "question: its text contains no name of the graph",
            "answer 'nobody': the graph has no entity of this name or id");
  }

  @Test
  void anAnnotatedQuestionIsLeftToTheFirstLinkerIfAsked() {
    FallbackLinker only = linker.onlyWithoutAnnotation();
    Links links = only.link(graph, gotham);
    assertThat(links.question()).isEmpty();
    assertThat(ids(links.answer())).containsExactly("Q2");
    assertThat(links.unlinked())
        .containsExactly("topic 'Gotham': the graph has no entity of this name or id");
    assertThat(only.link(graph, Question.of("q", "is [Gotham] New York", List.of())).question())
        .isEmpty();
    assertThat(ids(only.link(graph, gotham.withTopics(List.of())).question()))
        .containsExactly("Q1");
    assertThat(only.id()).isNotEqualTo(linker.id());
  }

  @Test
  void theNextLinkerIsAskedOnceForWhatIsLeft() {
    List<List<String>> asked = new ArrayList<>();
    EntityLinker counting =
        new EntityLinker() {
          @Override
          public Links link(KnowledgeGraph g, Question question) {
            throw new AssertionError("asked one by one");
          }

          @Override
          public List<Links> linkAll(KnowledgeGraph g, List<Question> questions) {
            asked.add(questions.stream().map(Question::id).toList());
            return new LabelLinker().linkAll(g, questions);
          }
        };
    List<Question> questions =
        IntStream.range(0, 6)
            .mapToObj(
                i ->
                    Question.of(
                        "q" + i,
                        i % 2 == 0 ? "in [New York]?" : "in the United States?",
                        List.of()))
            .toList();
    List<Links> links = new FallbackLinker(new TopicLinker(), counting).linkAll(graph, questions);
    assertThat(asked).containsExactly(List.of("q1", "q3", "q5"));
    assertThat(links)
        .extracting(l -> ids(l.question()))
        .containsExactly(
            List.of("Q1"),
            List.of("Q2"),
            List.of("Q1"),
            List.of("Q2"),
            List.of("Q1"),
            List.of("Q2"));
    asked.clear();
    new FallbackLinker(new TopicLinker(), counting)
        .linkAll(graph, List.of(questions.get(0), questions.get(2)));
    assertThat(asked).isEmpty();
  }
}
