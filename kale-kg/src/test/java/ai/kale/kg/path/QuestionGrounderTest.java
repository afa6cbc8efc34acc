package ai.kale.kg.path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.kale.data.GroundedQuestion;
import ai.kale.data.Question;
import ai.kale.error.OperationCancelledException;
import ai.kale.kg.TestGraphs;
import ai.kale.kg.graph.CompactGraph;
import ai.kale.kg.link.TopicLinker;
import ai.kale.run.CancellationToken;
import ai.kale.run.ProgressListener;
import ai.kale.run.RunContext;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class QuestionGrounderTest {
  private final CompactGraph graph =
      TestGraphs.of("Kismet directed_by Dieterle", "Dieterle born_in Ludwigshafen", "x y z");
  private final QuestionGrounder grounder =
      new QuestionGrounder(
          graph, new TopicLinker(), new ExactPathExtractor(), QuestionGrounder.defaultLimits());

  private static Question question(int i) {
    return switch (i % 4) {
      case 0 ->
          Question.of("q" + i, "where was the director of [Kismet] born", List.of("Ludwigshafen"));
      case 1 ->
          Question.of("q" + i, "where was the director of [Gone] born", List.of("Ludwigshafen"));
      case 2 -> Question.of("q" + i, "what of [Kismet]", List.of("z"));
      default -> Question.of("q" + i, "what of [Kismet]", List.of());
    };
  }

  @Test
  void aQuestionGetsItsEntitiesPathsAndProvenance() {
    GroundedQuestion grounded = grounder.ground(question(0));
    assertThat(grounded.paths()).hasSize(1);
    assertThat(grounded.paths().get(0).signature()).isEqualTo("directed_by/born_in");
    assertThat(grounded.paths().get(0).steps().get(0).relation().label()).isEqualTo("directed by");
    assertThat(grounded.unlinked()).isEmpty();
    assertThat(grounded.provenance().facts())
        .containsEntry("graph.snapshot", graph.snapshot())
        .containsEntry("extractor", "exact/1")
        .containsEntry("linker", "topic/1")
        .containsEntry("maxHops", "3")
        .containsEntry("maxPaths", "16");
  }

  @Test
  void nothingIsDropped() {
    assertThat(grounder.ground(question(1)).unlinked()).hasSize(1);
    assertThat(grounder.ground(question(2)).unlinked())
        .containsExactly("paths: none within 3 hops");
    assertThat(grounder.ground(question(3)).unlinked())
        .containsExactly("question: it has no answer");
  }

  @Test
  void manyQuestionsComeBackInOrder() {
    List<Question> questions = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      questions.add(question(i));
    }
    AtomicLong steps = new AtomicLong();
    RunContext context =
        new RunContext(progress -> steps.incrementAndGet(), new CancellationToken());
    Grounding grounding = grounder.groundAll(questions, context);
    assertThat(grounding.questions()).extracting(GroundedQuestion::question).isEqualTo(questions);
    assertThat(steps).hasValue(1000);
    GroundingSummary summary = grounding.summary();
    assertThat(summary).isEqualTo(new GroundingSummary(1000, 500, 250, 750, 250, 0));
    assertThat(summary.coverage()).isEqualTo(0.25);
    List<GroundedQuestion> streamed = new ArrayList<>();
    assertThat(grounder.groundAll(questions.iterator(), streamed::add, RunContext.silent()))
        .isEqualTo(summary);
    assertThat(streamed).isEqualTo(grounding.questions());
  }

  @Test
  void workCanBeCancelledAndFailuresComeThrough() {
    CancellationToken token = new CancellationToken();
    ProgressListener stop = progress -> token.cancel();
    List<Question> questions = List.of(question(0), question(1), question(2));
    assertThatThrownBy(() -> grounder.groundAll(questions, new RunContext(stop, token)))
        .isInstanceOf(OperationCancelledException.class);
    QuestionGrounder failing =
        new QuestionGrounder(
            graph,
            (g, q) -> {
              throw new IllegalStateException("boom");
            },
            new ExactPathExtractor(),
            QuestionGrounder.defaultLimits());
    assertThatThrownBy(() -> failing.groundAll(questions, RunContext.silent()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("boom");
  }

  @Test
  void lambdasHaveNoHashInProvenance() {
    QuestionGrounder custom =
        new QuestionGrounder(
            graph,
            (g, q) -> new TopicLinker().link(g, q),
            new ExactPathExtractor(),
            QuestionGrounder.defaultLimits());
    assertThat(custom.ground(question(0)).provenance().facts()).containsEntry("linker", "unnamed");
  }
}
