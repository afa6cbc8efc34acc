package ai.kale.kg.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.kale.GraphCapability;
import ai.kale.KnowledgeGraph;
import ai.kale.data.Question;
import ai.kale.error.UnsupportedCapabilityException;
import ai.kale.kg.graph.CompactGraph;
import ai.kale.kg.graph.CompactGraphBuilder;
import ai.kale.kg.graph.ForwardingKnowledgeGraph;
import ai.kale.spi.EntityLinker;
import ai.kale.spi.EntityLinker.Links;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LinkersTest {
  private final CompactGraph graph =
      new CompactGraphBuilder()
          .addTriple("Q1", "directed_by", "Q2")
          .addTriple("Q3", "directed_by", "Q2")
          .addTriple("Q4", "starred", "Q2")
          .addTriple("Q4", "starred", "Q5")
          .addLabel("Q1", "Some Mother's Son")
          .addLabel("Q2", "Terry George")
          .addAlias("Q2", "T. George")
          .addLabel("Q3", "What")
          .addLabel("Q4", "Hamlet")
          .addLabel("Q5", "hamlet")
          .addLabel("Q6", "Terry")
          .addLabel("Q7", "ＦＵＬＬ Straße")
          .build();

  private List<String> ids(List<Integer> entities) {
    return entities.stream().map(graph::entityId).toList();
  }

  private Links link(EntityLinker linker, String text, String... answers) {
    return linker.link(graph, Question.of("q", text, List.of(answers)));
  }

  @Test
  void theLongestNameWins() {
    Links links = link(new LabelLinker(), "what did TERRY GEORGE do in some mother s son?");
    assertThat(ids(links.question())).containsExactly("Q1", "Q2");
    assertThat(ids(link(new LabelLinker(), "is t george terry's").question()))
        .containsExactly("Q2", "Q6");
    assertThat(ids(link(new LabelLinker(), "in full strasse").question())).containsExactly("Q7");
    assertThat(link(new LabelLinker(), "terrygeorge, Georgeterry").question()).isEmpty();
  }

  @Test
  void severalEntitiesOfOneNameComeByDegree() {
    assertThat(ids(link(new LabelLinker(), "who wrote HAMLET").question())).containsExactly("Q4");
    assertThat(ids(link(new LabelLinker().withMostTaken(2), "who wrote HAMLET").question()))
        .containsExactly("Q4", "Q5");
    assertThat(ids(link(new LabelLinker(), "x", "HAMLET").answer())).containsExactly("Q4", "Q5");
    assertThat(ids(link(new LabelLinker(), "x", "hamlet").answer())).containsExactly("Q5");
  }

  @Test
  void functionWordsAreAnswersButNoMentions() {
    Links links = link(new LabelLinker(), "what is what", "What");
    assertThat(links.question()).isEmpty();
    assertThat(ids(links.answer())).containsExactly("Q3");
    assertThat(links.unlinked())
        .containsExactly("question: its text contains no name of the graph");
    assertThat(link(new LabelLinker(Set.of()), "what is what").question()).hasSize(1);
  }

  @Test
  void unlinkedTextsAreReportedWithTheReason() {
    Links links = link(new LabelLinker(), "Hamlet", "", "  ", "Nobody", "Q1", "!!!");
    assertThat(ids(links.answer())).containsExactly("Q1");
    assertThat(links.unlinked())
        .containsExactly(
            "answer '': the text is empty",
            "answer '  ': the text is empty",
            "answer 'Nobody': the graph has no entity of this name or id",
            "answer '!!!': the graph has no entity of this name or id");
  }

  @Test
  void anEntityMayBeInQuestionAndAnswer() {
    Links links = link(new LabelLinker(), "is it Terry George", "Terry George");
    assertThat(links.question()).isEqualTo(links.answer());
  }

  @Test
  void topicsAreLinkedByIdThenName() {
    Question question =
        Question.of("q", "what about [Some Mother's Son]", List.of("Hamlet"))
            .withTopics(List.of("Q2", "Terry", "gone"));
    Links links = new TopicLinker().link(graph, question);
    assertThat(ids(links.question())).containsExactly("Q2", "Q6", "Q1");
    assertThat(links.unlinked())
        .containsExactly("topic 'gone': the graph has no entity of this name or id");
    assertThat(link(new TopicLinker(), "Hamlet").unlinked())
        .containsExactly("question: it has neither topics nor [brackets]");
  }

  @Test
  void theFirstLinkerThatFindsSomethingDecides() {
    FallbackLinker linker = new FallbackLinker(new TopicLinker(), new LabelLinker());
    assertThat(ids(link(linker, "who is [Terry] in Hamlet").question())).containsExactly("Q6");
    assertThat(ids(link(linker, "who is in Hamlet").question())).containsExactly("Q4");
    assertThat(linker).extracting(EntityLinker::id).isEqualTo("topic/2 else label/2");
  }

  @Test
  void aGraphThatCannotBeEnumeratedIsLinkedByIdOnly() {
    KnowledgeGraph remote =
        new ForwardingKnowledgeGraph(graph) {
          @Override
          public Set<GraphCapability> capabilities() {
            return Set.of();
          }
        };
    Question question = Question.of("q", "x", List.of("Q1", "Hamlet")).withTopics(List.of("Q2"));
    Links links = new TopicLinker().link(remote, question);
    assertThat(ids(links.question())).containsExactly("Q2");
    assertThat(ids(links.answer())).containsExactly("Q1");
    assertThat(links.unlinked().get(0)).contains("cannot be searched by name");
    assertThatThrownBy(() -> new LabelLinker().link(remote, question))
        .isInstanceOf(UnsupportedCapabilityException.class)
        .hasMessageContaining("TopicLinker");
  }

  @Test
  void linkersNameThemselvesForProvenance() {
    assertThat(new FallbackLinker(new TopicLinker(), new LabelLinker()).id())
        .isEqualTo("topic/2 else label/2");
    assertThat(new LabelLinker(Set.of("x")).id()).isNotEqualTo(new LabelLinker().id());
    assertThat(new LabelLinker(Set.of("x", "y z")).id())
        .startsWith("label/2 ignoring sha256:")
        .isEqualTo(new LabelLinker(Set.of("Y-Z", "X")).id())
        .isNotEqualTo(new LabelLinker(Set.of("x")).id())
        .isNotEqualTo(new LabelLinker(Set.of("x y", "z")).id())
        .isNotEqualTo(new LabelLinker(Set.of()).id());
  }
}
