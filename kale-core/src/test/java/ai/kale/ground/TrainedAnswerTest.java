package ai.kale.ground;

import static org.assertj.core.api.Assertions.assertThat;

import ai.kale.GraphPath;
import ai.kale.PathExtractor;
import ai.kale.PathQuery;
import ai.kale.PathResult;
import ai.kale.data.EntityRef;
import ai.kale.data.GroundedQuestion;
import ai.kale.data.KnowledgePath;
import ai.kale.data.PathFallback;
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

  @Test
  void aMentionInTheQuestionSaysNothingAboutTheAnswer() {
    EntityLinker linker =
        (g, q) ->
            new Links(
                List.of(handle("film")),
                List.of(handle("a0"), handle("a1"), handle("a2"), handle("z")),
                List.of(),
                List.of(
                    Mention.whole(Side.QUESTION, "last", List.of(new Candidate(handle("a0"), 1))),
                    Mention.whole(Side.TOPIC, "last", List.of(new Candidate(handle("a1"), 1))),
                    Mention.whole(Side.ANSWER, "last", List.of(new Candidate(handle("z"), 1)))));
    assertThat(ends(ground(2, linker, "last", "a0"))).containsExactly("a0", "z");
  }

  /** One hop to each of the first targets, as far as there is room. */
  private static PathResult hops(PathQuery query, List<Double> scores, PathReport report) {
    List<GraphPath> found =
        IntStream.of(query.targets())
            .limit(query.maxPaths())
            .mapToObj(
                target ->
                    new GraphPath(
                        new int[] {query.sources()[0], target},
                        new int[] {0},
                        new boolean[] {false}))
            .toList();
    return new PathResult(found, scores, report);
  }

  /** The targets are a0, a1 and z; two paths have room, and the first answer is z. */
  private static GroundedQuestion scripted(PathReport first, PathReport second) {
    PathExtractor extractor =
        (g, q) ->
            q.targets().length == 1
                ? hops(q, List.of(0.25), second)
                : hops(q, List.of(0.75, 0.5), first);
    EntityLinker linker =
        (g, q) ->
            new Links(
                List.of(handle("film")),
                List.of(handle("a0"), handle("a1"), handle("z")),
                List.of(),
                List.of(Mention.whole(Side.ANSWER, "z", List.of(new Candidate(handle("z"), 1)))));
    return QuestionGrounder.of(GRAPH, linker, extractor)
        .withLimits(PathQuery.between(new int[0], new int[0]).withMaxHops(2).withMaxPaths(2))
        .ground(List.of(Question.of("q", "Who acted in film?", List.of("z", "a0", "a1"))))
        .get(0);
  }

  private static List<Double> scores(GroundedQuestion question) {
    return question.paths().stream().map(path -> path.score().orElseThrow()).toList();
  }

  @Test
  void theScoreGoesWithThePathAndTheSearchesAreCountedTogether() {
    GroundedQuestion grounded =
        scripted(PathReport.of(400, PathReport.MAX_PATHS, 2), PathReport.of(30, "", 7));
    assertThat(ends(grounded)).containsExactly("a0", "z");
    assertThat(scores(grounded)).containsExactly(0.75, 0.25);
    assertThat(grounded.report()).isEqualTo(PathReport.of(430, PathReport.MAX_PATHS, 7));
    GroundedQuestion fewerHubs =
        scripted(PathReport.of(400, PathReport.MAX_PATHS, 5), PathReport.of(30, "", 1));
    assertThat(fewerHubs.report().hubs()).isEqualTo(5);
  }

  @Test
  void aFallbackTakesNoPlaceAndHasNoneTaken() {
    PathReport fallback = new PathReport(30, true, "", 0, PathFallback.FROM_QUESTION);
    GroundedQuestion grounded = scripted(PathReport.of(400, PathReport.MAX_PATHS, 2), fallback);
    assertThat(ends(grounded)).containsExactly("a0", "a1");
    assertThat(grounded.report().arcsRead()).isEqualTo(400);
    PathReport cutFallback =
        new PathReport(400, false, PathReport.MAX_PATHS, 2, PathFallback.FROM_QUESTION);
    assertThat(ends(scripted(cutFallback, PathReport.of(30, "", 0)))).containsExactly("a0", "a1");
    assertThat(ends(scripted(PathReport.of(400, PathReport.MAX_ARCS, 2), PathReport.of(30, "", 0))))
        .containsExactly("a0", "a1");
  }
}
