package ai.kale.ground;

import static org.assertj.core.api.Assertions.assertThat;

import ai.kale.PathQuery;
import ai.kale.data.EntityRef;
import ai.kale.data.GroundedQuestion;
import ai.kale.data.KnowledgePath;
import ai.kale.data.PathReport;
import ai.kale.data.Question;
import ai.kale.spi.EntityLinker;
import ai.kale.spi.EntityLinker.Candidate;
import ai.kale.spi.EntityLinker.Links;
import ai.kale.spi.EntityLinker.Mention;
import ai.kale.spi.EntityLinker.Side;
import ai.kale.testing.ToyGraph;
import ai.kale.testing.ToyStages;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** One film leads to nine actors, to "a9" and "z" by two hops only. */
class TrainedAnswerTest {
  private static final ToyGraph GRAPH = graph();

  private static ToyGraph graph() {
    ToyGraph graph = new ToyGraph();
    IntStream.range(0, 9).forEach(i -> graph.add("film", "actor", "a" + i));
    graph.add("film", "sequel", "film2");
    graph.add("film2", "actor", "z");
    graph.add("other", "actor", "unreached");
    return graph;
  }

  private static int handle(String id) {
    return GRAPH.entity(id).orElseThrow();
  }

  private static GroundedQuestion ground(int maxPaths, EntityLinker linker, String... answers) {
    return QuestionGrounder.of(GRAPH, linker, new ToyStages.Extractor())
        .withLimits(PathQuery.between(new int[0], new int[0]).withMaxHops(3).withMaxPaths(maxPaths))
        .ground(List.of(Question.of("q", "Who acted in film?", List.of(answers))))
        .get(0);
  }

  private static Links links(Question question) {
    return new Links(
        List.of(handle("film")),
        question.answers().stream().map(TrainedAnswerTest::handle).toList(),
        List.of());
  }

  private static List<String> ends(GroundedQuestion question) {
    return question.paths().stream().map(KnowledgePath::target).map(EntityRef::id).toList();
  }

  @Test
  void thePathToTheFirstAnswerTakesThePlaceOfTheLast() {
    GroundedQuestion grounded = ground(3, (g, q) -> links(q), "z", "a0", "a1", "a2", "a3");
    assertThat(ends(grounded)).containsExactly("a0", "a1", "z");
    assertThat(grounded.report().cut()).isEqualTo(PathReport.MAX_PATHS);
  }

  @Test
  void nothingChangesWhereTheFirstAnswerIsReachedAnyway() {
    assertThat(ends(ground(3, (g, q) -> links(q), "a1", "a0", "a2", "a3")))
        .containsExactly("a0", "a1", "a2");
  }

  @Test
  void nothingChangesWhereNothingWasCut() {
    assertThat(ends(ground(9, (g, q) -> links(q), "unreached", "a0", "a1")))
        .containsExactly("a0", "a1");
  }

  @Test
  void anUnreachableFirstAnswerTakesNoPlace() {
    GroundedQuestion grounded = ground(2, (g, q) -> links(q), "unreached", "a0", "a1", "a2");
    assertThat(ends(grounded)).containsExactly("a0", "a1");
  }

  @Test
  void mentionsSayWhichEntityTheFirstAnswerNames() {
    EntityLinker linker =
        (g, q) ->
            new Links(
                List.of(handle("film")),
                List.of(handle("a0"), handle("a1"), handle("a2"), handle("z")),
                List.of(),
                List.of(
                    Mention.whole(Side.ANSWER, "the last", List.of(new Candidate(handle("z"), 1))),
                    Mention.whole(
                        Side.QUESTION, "the last", List.of(new Candidate(handle("film"), 1)))));
    assertThat(ends(ground(2, linker, "the last", "a0"))).containsExactly("a0", "z");
  }
}
