package ai.kale.kg.link;

import static org.assertj.core.api.Assertions.assertThat;

import ai.kale.KnowledgeGraph;
import ai.kale.data.Question;
import ai.kale.kg.graph.CompactGraph;
import ai.kale.kg.graph.CompactGraphBuilder;
import ai.kale.spi.EntityLinker;
import ai.kale.spi.TeacherModel;
import ai.kale.teacher.Budget;
import ai.kale.teacher.ManagedTeacher;
import ai.kale.teacher.RateLimit;
import ai.kale.teacher.ReplyJournal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The snippets of docs/linking.md. */
class LinkingSnippetsTest {
  private final CompactGraph graph =
      new CompactGraphBuilder()
          .addTriple("Q1", "director", "Q3")
          .addTriple("Q2", "author", "Q4")
          .addTriple("Q2", "place", "Q5")
          .addLabel("Q1", "Hamlet")
          .addLabel("Q2", "Hamlet")
          .addLabel("Q3", "Laurence Olivier")
          .addLabel("Q4", "William Shakespeare")
          .addLabel("Q5", "Denmark")
          .addLabel("Q6", "film")
          .build();

  private final Question question =
      Question.of("q1", "who made the film «HAMLET»?", List.of("Laurence Olivier"));

  @Test
  void labels() {
    // snippet: labels
    LabelLinker linker = new LabelLinker();
    LabelLinker strict =
        linker
            .withCaseSensitive(true) // Police is not police
            .withPunctuationSensitive(true) // AC/DC is not AC DC
            .withMostTaken(3) // a mention stands for up to 3 entities
            .withIgnored(Set.of("Film")); // never a mention when it stands alone
    // end
    assertThat(linker.link(graph, question).question()).hasSize(2);
    assertThat(strict.link(graph, question).question()).isEmpty();
  }

  @Test
  void mentions() {
    // snippet: mentions
    EntityLinker.Links links = new LabelLinker().link(graph, question);
    for (EntityLinker.Mention mention : links.mentions()) {
      System.out.println(mention.side() + " " + mention.text() + " " + mention.candidates());
    }
    // end
    assertThat(links.mentions())
        .extracting(EntityLinker.Mention::text)
        .containsExactly("film", "HAMLET", "Laurence Olivier");
  }

  @Test
  void frequent() {
    List<Question> questions = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      questions.add(Question.of("q" + i, "who made the film Hamlet", List.of()).withGroup("g" + i));
    }
    // snippet: frequent
    Set<String> phrasing = FrequentNames.of(graph, new LabelLinker(), questions, 0.005);
    System.out.println(phrasing); // look before you leap
    LabelLinker linker = new LabelLinker().withIgnored(phrasing);
    // end
    assertThat(phrasing).containsExactly("film", "hamlet");
    assertThat(linker.link(graph, question).question()).isEmpty();
  }

  @Test
  void connectivity() {
    // snippet: connectivity
    EntityLinker linker =
        new ConnectivityLinker(new LabelLinker()).withMaxHops(3).withMaxArcs(100_000);
    EntityLinker.Links links = linker.link(graph, question);
    // end
    assertThat(links.question()).contains(graph.entity("Q1").orElseThrow());
    assertThat(links.question()).doesNotContain(graph.entity("Q2").orElseThrow());
  }

  @Test
  void teacher() {
    TeacherModel teacher = new ScriptedTeacher("HAMLET");
    // snippet: teacher
    EntityLinker linker = new TeacherLinker(teacher);
    EntityPrompt own = EntityPrompt.of("mine-1", "Name the films.\n---\n{question}");
    EntityLinker films = new TeacherLinker(teacher).withPrompt(own).withMaxTokens(50);
    // end
    assertThat(linker.link(graph, question).question()).hasSize(1);
    assertThat(films.id()).contains("mine-1").isNotEqualTo(linker.id());
  }

  @Test
  void managed(@TempDir Path folder) {
    ScriptedTeacher teacher = new ScriptedTeacher("HAMLET");
    List<Question> questions = List.of(question, question.withAnswers(List.of()));
    for (int run = 0; run < 2; run++) {
      // snippet: managed
      try (ReplyJournal journal = ReplyJournal.open(folder.resolve("linking.jsonl"));
          ManagedTeacher managed =
              ManagedTeacher.builder(teacher)
                  .journal(journal) // asked once, paid once
                  .rateLimit(RateLimit.ofRequests(500)) // a minute
                  .budget(Budget.ofAttempts(10_000))
                  .build()) {
        EntityLinker linker = new TeacherLinker(managed).withConcurrency(32);
        linker.linkAll(graph, questions).forEach(links -> System.out.println(links.question()));
      }
      // end
    }
    assertThat(teacher.asked()).hasSize(1);
  }

  @Test
  void compose() {
    // snippet: compose
    EntityLinker first = new FallbackLinker(new TopicLinker(), new LabelLinker());
    EntityLinker careful =
        new FallbackLinker(new TopicLinker(), new LabelLinker()).onlyWithoutAnnotation();
    EntityLinker all = new UnionLinker(new TopicLinker(), new LabelLinker());
    EntityLinker mine = (graph, question) -> links(graph, question.text());
    // end
    List<Integer> byLabel = new LabelLinker().link(graph, question).question();
    assertThat(first.link(graph, question).question()).isEqualTo(byLabel);
    assertThat(careful.link(graph, question).question()).isEqualTo(byLabel);
    Question annotated = question.withTopics(List.of("Macbeth"));
    assertThat(first.link(graph, annotated).question()).isEqualTo(byLabel);
    assertThat(careful.link(graph, annotated).question()).isEmpty();
    assertThat(all.link(graph, question).question()).hasSize(2);
    assertThat(mine.link(graph, question).question()).hasSize(1);
  }

  private static EntityLinker.Links links(KnowledgeGraph graph, String text) {
    return new EntityLinker.Links(
        List.of(graph.entity(text.contains("HAMLET") ? "Q1" : "Q2").orElseThrow()),
        List.of(),
        List.of());
  }

  @Test
  void evaluate() {
    List<Question> questions =
        List.of(Question.of("q1", "who made the film [Hamlet]", List.of("Laurence Olivier")));
    // snippet: evaluate
    LinkerReport report =
        LinkerEvaluation.of(graph, new LabelLinker())
            .run(
                questions.iterator(),
                linked -> {
                  if (!linked.exact()) {
                    System.out.println(linked.question().text() + " " + linked.reasons());
                  }
                });
    System.out.println(report.describe());
    // end
    assertThat(report.questions()).isEqualTo(1);
    assertThat(report.invented()).isEqualTo(1);
  }
}
