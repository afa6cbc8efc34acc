package ai.kale.examples.pretrain;

import static org.assertj.core.api.Assertions.assertThat;

import ai.kale.KnowledgeGraph;
import ai.kale.data.Question;
import ai.kale.examples.dataset.GraphFacts;
import ai.kale.examples.dataset.GraphFacts.Hop;
import ai.kale.examples.dataset.GraphFacts.Triple;
import ai.kale.examples.dataset.Phrasing;
import ai.kale.examples.dataset.RelationPaths;
import ai.kale.examples.testing.SmallWorld;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReadingDocumentsTest {
  private static final int DOCUMENTS = 4000;

  private final KnowledgeGraph graph = SmallWorld.graph();
  private final GraphFacts facts = GraphFacts.all(graph);
  private final List<Question> questions = SmallWorld.questions(graph);
  private final List<QuestionTemplate> templates = QuestionTemplate.of(questions, graph);
  private final Map<String, Triple> statements = statements();
  private final Map<String, Asked> asked = asked();

  private record Asked(int head, List<Hop> path) {}

  private Map<String, Triple> statements() {
    Map<String, Triple> all = new HashMap<>();
    for (int relation = 0; relation < graph.relationCount(); relation++) {
      for (int subject : facts.entities()) {
        for (int object : facts.entities()) {
          for (int form = 0; form < Phrasing.STATEMENTS; form++) {
            all.put(
                Phrasing.statement(
                    form, graph.label(subject), graph.relationLabel(relation), graph.label(object)),
                new Triple(subject, relation, object));
          }
        }
      }
    }
    return all;
  }

  private Map<String, Asked> asked() {
    Map<String, Asked> all = new HashMap<>();
    for (int head : facts.entities()) {
      for (QuestionTemplate template : templates) {
        all.put(template.about(graph.label(head)), new Asked(head, template.path()));
      }
      for (int relation = 0; relation < graph.relationCount(); relation++) {
        for (int form = 0; form < Phrasing.QUESTIONS; form++) {
          all.put(
              Phrasing.question(form, graph.label(head), List.of(graph.relationLabel(relation))),
              new Asked(head, List.of(new Hop(relation, false))));
        }
      }
    }
    return all;
  }

  private Asked about(ReadingDocuments.Document document) {
    return Optional.ofNullable(asked.get(document.question().text())).orElseThrow();
  }

  private List<Triple> told(ReadingDocuments.Document document) {
    List<Triple> told = new ArrayList<>();
    for (String sentence : document.reading().split("(?<=\\.) ")) {
      told.add(Optional.ofNullable(statements.get(sentence)).orElseThrow());
    }
    return told;
  }

  private List<ReadingDocuments.Document> documents(long seed) {
    return new PretrainingTexts(facts, questions).readings(DOCUMENTS, seed);
  }

  @Test
  void theSameSeedMakesTheSameDocuments() {
    assertThat(documents(7)).isEqualTo(documents(7)).isNotEqualTo(documents(8));
  }

  @Test
  void theAnswerFollowsFromWhatIsReadAndFromFacts() {
    int fromMemory = 0;
    for (ReadingDocuments.Document document : documents(11)) {
      Asked about = about(document);
      List<Triple> told = told(document);
      GraphFacts stated = GraphFacts.of(graph, told);
      List<Integer> invented = stated.followAll(about.head(), about.path());
      int last = about.path().size() - 1;
      List<String> remembered = new ArrayList<>();
      // Only the last hop may come from memory: a chain of facts is never answered.
      for (int middle : stated.followAll(about.head(), about.path().subList(0, last))) {
        facts
            .follow(middle, about.path().get(last))
            .forEach(end -> remembered.add(graph.label(end)));
      }
      String answer = document.question().answer();
      assertThat(told).hasSizeBetween(1, 4);
      if (invented.stream().map(graph::label).noneMatch(answer::equals)) {
        fromMemory++;
        assertThat(remembered).as(document.toString()).contains(answer);
      }
    }
    assertThat(fromMemory).isBetween(DOCUMENTS / 10, DOCUMENTS / 2);
  }

  @Test
  void noReadingStatesARealChainOfTheOneAskedAbout() {
    int longer = 0;
    for (long seed = 1; seed <= 3; seed++) {
      for (ReadingDocuments.Document document : documents(seed)) {
        Asked about = about(document);
        if (about.path().size() > 1) {
          longer++;
          List<Triple> real =
              told(document).stream()
                  .filter(
                      t ->
                          facts
                              .follow(t.subject(), new Hop(t.relation(), false))
                              .contains(t.object()))
                  .toList();
          assertThat(GraphFacts.of(graph, real).followAll(about.head(), about.path()))
              .as(document.toString())
              .isEmpty();
        }
      }
    }
    assertThat(longer).isGreaterThan(DOCUMENTS);
  }

  @Test
  void withoutQuestionsEverythingIsOneHop() {
    for (ReadingDocuments.Document document :
        new PretrainingTexts(facts, List.of()).readings(300, 5)) {
      assertThat(about(document).path()).hasSize(1);
      assertThat(document.question().answers()).hasSize(1);
    }
  }

  @Test
  void wordingAboutRelationsThatAreNotTaughtIsNotUsed() {
    int country = graph.relation("country").orElseThrow();
    GraphFacts part =
        GraphFacts.of(
            graph,
            facts.list().stream()
                .filter(fact -> fact.relation() != country)
                .map(f -> new Triple(f.subject(), f.relation(), f.objects().get(0)))
                .toList());
    assertThat(questions).anyMatch(q -> RelationPaths.signature(q).contains("country"));

    List<ReadingDocuments.Document> documents =
        new PretrainingTexts(part, questions).readings(500, 3);

    assertThat(documents)
        .hasSize(500)
        .noneMatch(document -> document.question().text().contains("country"));
  }
}
