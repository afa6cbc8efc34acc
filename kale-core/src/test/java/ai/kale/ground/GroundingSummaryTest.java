package ai.kale.ground;

import static org.assertj.core.api.Assertions.assertThat;

import ai.kale.data.GroundedQuestion;
import ai.kale.data.KnowledgePath;
import ai.kale.data.PathFallback;
import ai.kale.data.PathReport;
import ai.kale.tck.Samples;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GroundingSummaryTest {
  private static GroundedQuestion with(List<KnowledgePath> paths, PathReport report) {
    GroundedQuestion q = Samples.curie();
    return new GroundedQuestion(
        q.question(),
        q.questionEntities(),
        q.answerEntities(),
        List.of("x: unknown"),
        paths,
        report,
        q.provenance(),
        Map.of());
  }

  private static List<GroundedQuestion> set() {
    KnowledgePath path = Samples.curiePath();
    KnowledgePath hop = new KnowledgePath(path.source(), path.steps().subList(0, 1));
    return List.of(
        with(List.of(hop, path, path), PathReport.of(10, PathReport.MAX_PATHS, 2)),
        with(List.of(path), PathReport.complete(5)),
        with(
            List.of(hop, hop),
            PathReport.of(7, PathReport.MAX_PATHS, 0).withFallback(PathFallback.TOWARD_ANSWER)),
        with(List.of(hop), PathReport.complete(1).withFallback(PathFallback.FROM_QUESTION)),
        with(List.of(), PathReport.of(3, PathReport.MAX_ARCS, 1)),
        with(
            List.of(),
            PathReport.of(3, PathReport.MAX_ARCS, 0).withFallback(PathFallback.FROM_QUESTION)));
  }

  @Test
  void countsOutcomesPathsAndWhatWasLeftOut() {
    GroundingSummary summary = GroundingSummary.of(set());
    assertThat(summary.outcomes())
        .containsExactly(
            Map.entry(GroundingOutcome.GROUNDED, 2),
            Map.entry(GroundingOutcome.PARTIAL_PATH, 1),
            Map.entry(GroundingOutcome.QUESTION_PATHS, 1),
            Map.entry(GroundingOutcome.NO_PATH, 1),
            Map.entry(GroundingOutcome.SEARCH_CUT, 1));
    assertThat(summary.coverage()).isEqualTo(2.0 / 6);
    assertThat(summary.share(GroundingOutcome.PARTIAL_PATH)).isEqualTo(1.0 / 6);
    assertThat(summary.paths()).isEqualTo(4);
    assertThat(summary.fallbackPaths()).isEqualTo(3);
    assertThat(summary.pathsByHops()).containsExactly(Map.entry(1, 1L), Map.entry(3, 3L));
    assertThat(summary.questionsByPaths())
        .containsExactly(Map.entry(0, 4), Map.entry(1, 1), Map.entry(3, 1));
    assertThat(summary.meanPaths()).isEqualTo(4.0 / 6);
    assertThat(summary.medianPaths()).isZero();
    assertThat(summary.maxPaths()).isEqualTo(3);
    assertThat(summary.cuts()).containsExactly(Map.entry("maxArcs", 2), Map.entry("maxPaths", 1));
    assertThat(summary.cut()).isEqualTo(3);
    assertThat(summary.atHubs()).isEqualTo(2);
    assertThat(summary.hubShare()).isEqualTo(2.0 / 6);
    assertThat(summary.unlinked()).isEqualTo(6);
    assertThat(summary.arcsRead()).isEqualTo(29);
    assertThat(summary.describe())
        .isEqualTo(
            """
            6 questions, 33.3 % with a path to the answer
            outcomes: grounded 2 (33.3 %), partial-path 1 (16.7 %), question-paths 1 (16.7 %), \
            no-path 1 (16.7 %), search-cut 1 (16.7 %)
            paths to the answer: 4 (by hops: 1: 1, 3: 3), a question 0.7 on average, median 0, \
            at most 3; 3 paths of fallbacks
            left out: 3 searches cut (maxArcs: 2, maxPaths: 1), 2 (33.3 %) left arcs out at hubs, \
            6 texts not linked""");
  }

  @Test
  void partsAddUpAndNothingIsNothing() {
    assertThat(set().parallelStream().collect(GroundingSummary.collector()))
        .isEqualTo(GroundingSummary.of(set()));
    GroundingSummary none = GroundingSummary.of(List.of());
    assertThat(none.coverage()).isZero();
    assertThat(none.meanPaths()).isZero();
    assertThat(none.medianPaths()).isZero();
    assertThat(none.maxPaths()).isZero();
    assertThat(none.describe()).startsWith("0 questions, 0.0 %").contains("outcomes: none");
  }
}
