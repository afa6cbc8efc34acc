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
import ai.kale.spi.EntityLinker.Candidate;
import ai.kale.spi.EntityLinker.Links;
import ai.kale.spi.EntityLinker.Mention;
import ai.kale.spi.EntityLinker.Side;
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

  @Test
  void mentionsHaveAllCandidatesRankedAndSayWhereTheyStand() {
    Links links = link(new LabelLinker(), "«Hamlet»'s TERRY_GEORGE?", "hamlet");
    assertThat(links.mentions()).hasSize(3);
    Mention hamlet = links.mentions().get(0);
    assertThat(hamlet.side()).isEqualTo(Side.QUESTION);
    assertThat(hamlet.text()).isEqualTo("Hamlet");
    assertThat(hamlet.start()).isEqualTo(1);
    assertThat(hamlet.end()).isEqualTo(7);
    assertThat(ids(hamlet.candidates().stream().map(Candidate::entity).toList()))
        .containsExactly("Q4", "Q5");
    assertThat(hamlet.candidates()).extracting(Candidate::score).containsExactly(1.0, 0.5);
    assertThat(links.mentions().get(1).text()).isEqualTo("TERRY_GEORGE");
    Mention answer = links.mentions().get(2);
    assertThat(answer.side()).isEqualTo(Side.ANSWER);
    assertThat(ids(answer.candidates().stream().map(Candidate::entity).toList()))
        .containsExactly("Q5", "Q4");
    assertThat(ids(links.answer())).containsExactly("Q5");
    assertThat(links.ambiguous()).isEqualTo(2);
    Links shares = link(new LabelLinker(), "HAMLET");
    assertThat(shares.mentions().get(0).candidates())
        .extracting(Candidate::score)
        .containsExactly(3.0 / 5, 2.0 / 5);
  }

  @Test
  void candidatesThatAreNotKeptAreReported() {
    Links links = link(new LabelLinker().withMostCandidates(1), "HAMLET", "HAMLET");
    assertThat(ids(links.question())).containsExactly("Q4");
    assertThat(ids(links.answer())).containsExactly("Q4");
    assertThat(links.unlinked())
        .containsExactly(
            "question 'HAMLET': 2 entities have this name, and the best 1 are kept",
            "answer 'HAMLET': 2 entities have this name, and the best 1 are kept");
    assertThatThrownBy(() -> new LabelLinker().withMostCandidates(0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new LabelLinker().withMostTaken(0))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void caseAndPunctuationCountWhereTheCallerWants() {
    LabelLinker minding = new LabelLinker().withCaseSensitive(true);
    assertThat(ids(link(minding, "HAMLET, hamlet").question())).containsExactly("Q5");
    assertThat(link(minding, "WHAT is What").question()).isEmpty();
    LabelLinker exact = minding.withPunctuationSensitive(true);
    assertThat(ids(link(exact, "Some Mother's  Son").question())).containsExactly("Q1");
    assertThat(ids(link(exact, "Some Mother s Son").question())).isEmpty();
    assertThat(ids(link(exact, "(T. George)").question())).containsExactly("Q2");
    assertThat(exact.id()).isEqualTo("label/2 case-sensitive punctuation-sensitive");
    assertThat(exact.withCaseSensitive(false).withPunctuationSensitive(false).id())
        .isEqualTo("label/2");
    assertThat(minding.withMostTaken(2).withMostCandidates(3).id())
        .isEqualTo("label/2 case-sensitive candidates=3 taken=2");
  }

  @Test
  void anIgnoredNameIsPassedOverAsAWhole() {
    LabelLinker linker = new LabelLinker().withIgnored(Set.of("terry george"));
    assertThat(link(linker, "is it Terry George").question()).isEmpty();
    assertThat(ids(link(linker, "is it Terry").question())).containsExactly("Q6");
    assertThat(linker.id()).startsWith("label/2 ignoring sha256:");
  }

  @Test
  void aUnionHasWhatEachFindsOnce() {
    UnionLinker linker = new UnionLinker(new TopicLinker(), new LabelLinker());
    Links links = link(linker, "who is [Terry] in Some Mother's Son", "nobody", "Q5");
    assertThat(ids(links.question())).containsExactly("Q6", "Q1");
    assertThat(ids(links.answer())).containsExactly("Q5");
    assertThat(links.unlinked())
        .containsExactly("answer 'nobody': the graph has no entity of this name or id");
    assertThat(links.mentions())
        .extracting(Mention::side)
        .containsExactly(Side.TOPIC, Side.ANSWER, Side.QUESTION, Side.QUESTION);
    assertThat(linker.id()).isEqualTo("topic/2 and label/2");
    EntityLinker silent = (g, q) -> new Links(List.of(0), List.of(), List.of());
    assertThat(link(new UnionLinker(linker, silent), "who is Terry").mentions()).isEmpty();
  }

  @Test
  void namesOfPunctuationOnlyAreAnswers() {
    CompactGraph odd =
        new CompactGraphBuilder().addLabel("Q1", "!!!").addLabel("Q2", "???").build();
    Links links =
        new LabelLinker().link(odd, Question.of("q", "who are !!!", List.of("!!!", "...", "?")));
    assertThat(links.question()).isEmpty();
    assertThat(links.answer()).containsExactly(odd.entity("Q1").orElseThrow());
    assertThat(
            new LabelLinker()
                .withPunctuationSensitive(true)
                .link(odd, Question.of("q", "who are !!!", List.of()))
                .question())
        .containsExactly(odd.entity("Q1").orElseThrow());
  }

  @Test
  void aGraphWithoutEntitiesHasNoNames() {
    CompactGraph empty = new CompactGraphBuilder().build();
    Links links = new LabelLinker().link(empty, Question.of("q", "Hamlet", List.of("Hamlet")));
    assertThat(links.question()).isEmpty();
    assertThat(links.unlinked()).hasSize(2);
  }
}
