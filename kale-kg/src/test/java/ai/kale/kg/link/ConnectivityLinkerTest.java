package ai.kale.kg.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.kale.ArcVisitor;
import ai.kale.Direction;
import ai.kale.data.Question;
import ai.kale.kg.graph.CompactGraph;
import ai.kale.kg.graph.CompactGraphBuilder;
import ai.kale.kg.graph.ForwardingKnowledgeGraph;
import ai.kale.spi.EntityLinker;
import ai.kale.spi.EntityLinker.Links;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ConnectivityLinkerTest {
  /** The film Q1 is less known than the play Q2 of the same name, and nearer to its director. */
  private final CompactGraph graph =
      new CompactGraphBuilder()
          .addTriple("Q1", "director", "Q3")
          .addTriple("Q1", "year", "Q9")
          .addTriple("Q2", "author", "Q4")
          .addTriple("Q2", "place", "Q5")
          .addTriple("Q2", "language", "Q6")
          .addTriple("Q3", "born_in", "Q7")
          .addTriple("Q5", "in", "Q7")
          .addTriple("Q8", "in", "Q10")
          .addLabel("Q1", "Hamlet")
          .addLabel("Q2", "Hamlet")
          .addLabel("Q3", "Laurence Olivier")
          .addLabel("Q4", "William Shakespeare")
          .addLabel("Q7", "Europe")
          .addLabel("Q8", "Olivier")
          .addLabel("Q3", "Olivier")
          .addAlias("Q3", "Laurence Olivier")
          .addLabel("Q5", "hAmLeT")
          .build();

  private final EntityLinker labels = new LabelLinker();

  private List<String> ids(List<Integer> entities) {
    return entities.stream().map(graph::entityId).toList();
  }

  private Links link(EntityLinker linker, String text, String... answers) {
    return linker.link(graph, Question.of("q", text, List.of(answers)));
  }

  @Test
  void theCandidateNearestToTheAnswerIsTaken() {
    ConnectivityLinker linker = new ConnectivityLinker(labels);
    assertThat(ids(link(labels, "who made Hamlet", "Laurence Olivier").question()))
        .containsExactly("Q2");
    assertThat(ids(link(linker, "who made Hamlet", "Laurence Olivier").question()))
        .containsExactly("Q1");
    assertThat(ids(link(linker, "who made Hamlet", "William Shakespeare").question()))
        .containsExactly("Q2");
    assertThat(link(linker, "who made Hamlet", "Laurence Olivier").unlinked()).isEmpty();
  }

  @Test
  void equallyNearOnesComeByRankAndExactNamesGoFirst() {
    ConnectivityLinker linker = new ConnectivityLinker(labels);
    assertThat(ids(link(linker, "where is Hamlet", "Europe").question())).containsExactly("Q2");
    assertThat(ids(link(linker, "where is hAmLeT", "Europe").question())).containsExactly("Q5");
  }

  @Test
  void anAmbiguousAnswerIsTakenForWhatTheQuestionIsNear() {
    ConnectivityLinker linker = new ConnectivityLinker(labels);
    Links before = link(labels, "who made Hamlet", "Olivier");
    Links links = link(linker, "who made Hamlet", "Olivier");
    assertThat(ids(before.answer())).containsExactly("Q3", "Q8");
    assertThat(ids(links.answer())).containsExactly("Q3");
    assertThat(ids(links.question())).containsExactly("Q1");
    assertThat(links.mentions()).isEqualTo(before.mentions());
  }

  @Test
  void whatCannotBeDecidedStaysAndIsSaid() {
    ConnectivityLinker oneHop = new ConnectivityLinker(labels).withMaxHops(1);
    Links far = link(oneHop, "where is Hamlet", "Europe");
    assertThat(far.unlinked()).isEmpty();
    assertThat(ids(far.question())).containsExactly("Q5");
    Links tooFar = link(oneHop, "where is Hamlet", "Q10");
    assertThat(ids(tooFar.question())).containsExactly("Q2");
    assertThat(tooFar.unlinked())
        .containsExactly(
            "question 'Hamlet': it may mean 3 entities; none of them is connected to an answer"
                + " within 1 hops, so it is taken as before");
    Links cut = link(new ConnectivityLinker(labels).withMaxArcs(1), "who made Hamlet", "Olivier");
    assertThat(ids(cut.question())).containsExactly("Q2");
    assertThat(ids(cut.answer())).containsExactly("Q3", "Q8");
    assertThat(cut.unlinked()).hasSize(2).allMatch(text -> text.contains("after 1 arcs"));
  }

  @Test
  void questionsWithNothingToChooseAreLeftAloneWithoutASearch() {
    AtomicInteger expansions = new AtomicInteger();
    ForwardingKnowledgeGraph counted =
        new ForwardingKnowledgeGraph(graph) {
          @Override
          public void expand(int[] frontier, Direction direction, ArcVisitor visitor) {
            expansions.incrementAndGet();
            super.expand(frontier, direction, visitor);
          }
        };
    ConnectivityLinker linker = new ConnectivityLinker(labels);
    labels.link(counted, Question.of("q", "Hamlet", List.of()));
    expansions.set(0);
    linker.link(counted, Question.of("q", "Where is Europe", List.of("Hamlet")));
    assertThat(expansions).hasValue(2);
    expansions.set(0);
    linker.link(counted, Question.of("q", "Where is Europe", List.of("William Shakespeare")));
    linker.link(counted, Question.of("q", "Where is Hamlet", List.of()));
    assertThat(expansions).hasValue(0);
  }

  @Test
  void anEntityIsNotConnectedToItself() {
    Links links = link(new ConnectivityLinker(labels).withMaxHops(2), "is it Hamlet", "Q1");
    assertThat(ids(links.question())).containsExactly("Q2");
    assertThat(links.unlinked()).hasSize(1);
  }

  @Test
  void settingsAreInTheIdAndChecked() {
    ConnectivityLinker linker = new ConnectivityLinker(labels).withMaxHops(3).withMaxArcs(7);
    assertThat(linker.id()).isEqualTo("connectivity/1(label/2, hops=3, arcs=7)");
    assertThatThrownBy(() -> linker.withMaxHops(0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> linker.withMaxArcs(0)).isInstanceOf(IllegalArgumentException.class);
  }
}
