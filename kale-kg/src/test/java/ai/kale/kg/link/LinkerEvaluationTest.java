package ai.kale.kg.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.kale.data.EntityRef;
import ai.kale.data.Question;
import ai.kale.kg.graph.CompactGraph;
import ai.kale.kg.graph.CompactGraphBuilder;
import ai.kale.spi.EntityLinker;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LinkerEvaluationTest {
  private final CompactGraph graph =
      new CompactGraphBuilder()
          .addTriple("Kismet", "directed_by", "William Dieterle")
          .addTriple("kismet", "is", "film")
          .addTriple("Police", "is", "film")
          .build();

  private final List<Question> questions =
      List.of(
          Question.of("q1", "who directed [Kismet]", List.of("William Dieterle")),
          Question.of("q2", "which film is [Police]", List.of()),
          Question.of("q3", "who made [Faust] then", List.of()),
          Question.of("q4", "KISMET?", List.of()).withTopics(List.of("kismet", "Police")),
          Question.of("q5", "no annotation of Police", List.of()));

  @Test
  void theAnnotationIsHiddenAndComparedWith() {
    List<LinkedQuestion> each = new ArrayList<>();
    LinkerReport report =
        LinkerEvaluation.of(graph, new LabelLinker()).run(questions.iterator(), each::add);
    assertThat(report).isEqualTo(new LinkerReport(4, 1, 1, 2, 2, 2, 2, 1));
    assertThat(report.precision()).isEqualTo(0.5);
    assertThat(report.recall()).isEqualTo(0.5);
    assertThat(report.recallOfAll()).isEqualTo(0.4);
    assertThat(report.f1()).isEqualTo(0.5);
    assertThat(report.exactShare()).isEqualTo(0.25);
    assertThat(report.describe())
        .contains("4 annotated questions (1 without annotation left out), 2 with ambiguous")
        .contains("precision 50.00 %, recall 50.00 %, F1 50.00 %, exactly right 25.00 %")
        .contains(
            "2 entities found, 2 missed, 2 not annotated, 1 annotated texts not in the graph");
    assertThat(each)
        .extracting(linked -> linked.question().id())
        .containsExactly("q1", "q2", "q3", "q4");
    assertThat(each.get(0).question().text()).isEqualTo("who directed Kismet");
    assertThat(each.get(0).exact()).isTrue();
    assertThat(each.get(1).invented()).containsExactly(new EntityRef("film", "film"));
    assertThat(each.get(2).reasons())
        .containsExactly(
            "topic 'Faust': the graph has no entity of this name or id",
            "question: its text contains no name of the graph");
    assertThat(each.get(3).question().topics()).isEmpty();
    assertThat(each.get(3).missed()).extracting(EntityRef::id).containsExactly("kismet", "Police");
    assertThat(each.get(3).reasons())
        .containsExactly(
            "missed 'kismet': 'KISMET' was taken for another of its candidates",
            "missed 'Police': no mention of it was found");
  }

  @Test
  void aPerfectAndASilentLinkerHaveTheScoresTheyShould() {
    Question known = questions.get(0);
    int kismet = graph.entity("Kismet").orElseThrow();
    EntityLinker perfect = (g, q) -> new EntityLinker.Links(List.of(kismet), List.of(), List.of());
    assertThat(LinkerEvaluation.of(graph, perfect).run(List.of(known)).f1()).isEqualTo(1);
    EntityLinker silent = (g, q) -> new EntityLinker.Links(List.of(), List.of(), List.of("none"));
    LinkerReport report = LinkerEvaluation.of(graph, silent).run(List.of(known));
    assertThat(report.precision()).isZero();
    assertThat(report.f1()).isZero();
    assertThat(LinkerEvaluation.of(graph, silent).run(List.of()).exactShare()).isZero();
  }

  @Test
  void anAmbiguousAnswerMakesNoQuestionAmbiguous() {
    Question question = Question.of("q", "what is [Police]", List.of("KISMET"));
    LabelLinker linker = new LabelLinker();
    assertThat(linker.link(graph, question).ambiguous()).isEqualTo(1);
    List<LinkedQuestion> each = new ArrayList<>();
    LinkerReport report =
        LinkerEvaluation.of(graph, linker).run(List.of(question).iterator(), each::add);
    assertThat(each.get(0).ambiguous()).isZero();
    assertThat(report.ambiguous()).isZero();
  }

  @Test
  void aCandidateOfAnAnswerExplainsNothingThatWasMissed() {
    Question question =
        Question.of("q", "what is this", List.of("KISMET")).withTopics(List.of("kismet"));
    List<LinkedQuestion> each = new ArrayList<>();
    LinkerEvaluation.of(graph, new LabelLinker()).run(List.of(question).iterator(), each::add);
    assertThat(each.get(0).reasons()).contains("missed 'kismet': no mention of it was found");
  }

  @Test
  void moreThanOneBlockIsCountedWhole() {
    List<Question> many =
        IntStream.range(0, 101)
            .mapToObj(i -> i % 10 == 9 ? questions.get(4) : questions.get(0))
            .toList();
    LinkerReport report = LinkerEvaluation.of(graph, new LabelLinker()).run(many);
    assertThat(report.questions()).isEqualTo(91);
    assertThat(report.withoutAnnotation()).isEqualTo(10);
    assertThat(report.exactShare()).isCloseTo(1, within(0.0));
  }

  @Test
  void namesOfThePhrasingAreThoseOfManyGroups() {
    List<Question> set = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      set.add(Question.of("a" + i, "which Film is [Kismet]", List.of()));
      set.add(Question.of("b" + i, "who is in [Police]", List.of()).withGroup("police"));
    }
    LabelLinker linker = new LabelLinker();
    Set<String> frequent = FrequentNames.of(graph, linker, set, 0.005);
    assertThat(frequent).containsExactly("film", "kismet");
    assertThat(FrequentNames.of(graph, linker, set, 1)).isEmpty();
    assertThat(FrequentNames.of(graph, linker, set.subList(0, 38), 0)).isEmpty();
    Question question = Question.of("q", "which film is Police", List.of());
    assertThat(linker.withIgnored(Set.of("film")).link(graph, question).question())
        .containsExactly(graph.entity("Police").orElseThrow());
  }
}
