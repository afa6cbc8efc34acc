package ai.kale;

import static org.assertj.core.api.Assertions.assertThat;

import ai.kale.data.PathFallback;
import ai.kale.data.PathReport;
import ai.kale.testing.ToyGraph;
import ai.kale.testing.ToyStages;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class FallbackPathExtractorTest {
  private static final int ENTITIES = 7;

  private final PathExtractor base = new ToyStages.Extractor();
  private final PathExtractor toward = base.withFallback(PathFallback.TOWARD_ANSWER);
  private final PathExtractor fromQuestion = base.withFallback(PathFallback.FROM_QUESTION);

  /** Seven entities, so that handles are the digits of their ids. */
  private static ToyGraph graph(List<int[]> triples) {
    ToyGraph graph = new ToyGraph();
    for (int i = 0; i < ENTITIES; i++) {
      graph.add("e" + i, "self", "e" + i);
    }
    triples.forEach(t -> graph.add("e" + t[0], "r" + t[1], "e" + t[2]));
    return graph;
  }

  @Provide
  Arbitrary<List<int[]>> triples() {
    Arbitrary<Integer> entity = Arbitraries.integers().between(0, ENTITIES - 1);
    return Combinators.combine(entity, Arbitraries.integers().between(0, 1), entity)
        .as((s, r, o) -> new int[] {s, r, o})
        .list()
        .ofMaxSize(9);
  }

  private PathQuery query(int hops, int paths, Direction direction) {
    return PathQuery.between(new int[] {0, 1}, new int[] {5, 6})
        .withMaxHops(hops)
        .withMaxPaths(paths)
        .withDirection(direction);
  }

  /** All paths from the question, wherever they lead, in order. */
  private List<GraphPath> everything(KnowledgeGraph graph, PathQuery query) {
    int[] all = IntStream.range(0, ENTITIES).toArray();
    return base.extract(
            graph, query.withEndpoints(query.sources(), all).withMaxPaths(Integer.MAX_VALUE))
        .paths();
  }

  /** Hops from the answers, whatever the direction. */
  private static Map<Integer, Integer> distances(KnowledgeGraph graph, int[] from) {
    Map<Integer, Integer> distances = new HashMap<>();
    List<Integer> layer = Arrays.stream(from).boxed().toList();
    for (int distance = 0; !layer.isEmpty(); distance++) {
      List<Integer> next = new ArrayList<>();
      for (int entity : layer) {
        if (distances.putIfAbsent(entity, distance) == null) {
          graph.expand(entity, Direction.BOTH, (i, r, inverse, other, w) -> next.add(other));
        }
      }
      layer = next;
    }
    return distances;
  }

  @Property(tries = 400)
  void partialPathsEndAsNearToTheAnswerAsPossible(
      @ForAll("triples") List<int[]> triples,
      @ForAll @IntRange(min = 1, max = 3) int hops,
      @ForAll @IntRange(min = 1, max = 4) int paths,
      @ForAll Direction direction) {
    ToyGraph graph = graph(triples);
    PathQuery query = query(hops, paths, direction);
    PathResult plain = base.extract(graph, query);
    PathResult result = toward.extract(graph, query);
    if (!plain.paths().isEmpty()) {
      assertThat(result).isEqualTo(plain);
      return;
    }
    Map<Integer, Integer> distances = distances(graph, query.targets());
    List<GraphPath> all = everything(graph, query);
    int nearest =
        all.stream()
            .mapToInt(path -> distances.getOrDefault(end(path), Integer.MAX_VALUE))
            .min()
            .orElse(Integer.MAX_VALUE);
    int ofSources =
        Math.min(
            distances.getOrDefault(0, Integer.MAX_VALUE),
            distances.getOrDefault(1, Integer.MAX_VALUE));
    List<GraphPath> wanted =
        nearest > hops || nearest >= ofSources
            ? List.of()
            : all.stream().filter(p -> distances.getOrDefault(end(p), -1) == nearest).toList();
    check(result, wanted, paths, PathFallback.TOWARD_ANSWER);
  }

  @Property(tries = 400)
  void questionPathsAreTheFirstOfAll(
      @ForAll("triples") List<int[]> triples,
      @ForAll @IntRange(min = 1, max = 3) int hops,
      @ForAll @IntRange(min = 1, max = 4) int paths,
      @ForAll Direction direction) {
    ToyGraph graph = graph(triples);
    PathQuery query = query(hops, paths, direction);
    PathResult plain = base.extract(graph, query);
    PathResult result = fromQuestion.extract(graph, query);
    if (!plain.paths().isEmpty()) {
      assertThat(result).isEqualTo(plain);
      return;
    }
    check(result, everything(graph, query), paths, PathFallback.FROM_QUESTION);
  }

  private static int end(GraphPath path) {
    return path.entities()[path.hops()];
  }

  private static void check(
      PathResult result, List<GraphPath> wanted, int paths, PathFallback kind) {
    assertThat(result.paths()).isEqualTo(wanted.stream().limit(paths).toList());
    assertThat(result.report().fallback()).isEqualTo(kind);
    assertThat(result.report().cut()).isEqualTo(wanted.size() > paths ? "maxPaths" : "");
  }

  @Test
  void endsThatAreMissingOrTheSameGiveWhatThereIs() {
    ToyGraph graph = graph(List.of(new int[] {0, 0, 1}));
    PathQuery same = PathQuery.between(new int[] {0}, new int[] {0});
    PathResult nowhere = toward.extract(graph, same);
    assertThat(nowhere.paths()).isEmpty();
    assertThat(nowhere.report().fallback()).isEqualTo(PathFallback.TOWARD_ANSWER);
    PathQuery noTarget = PathQuery.between(new int[] {0}, new int[0]);
    PathResult none = toward.extract(graph, noTarget);
    assertThat(none.paths()).isEmpty();
    assertThat(none).isEqualTo(base.extract(graph, noTarget));
    assertThat(fromQuestion.extract(graph, noTarget).paths()).hasSize(1);
    PathQuery noSource = PathQuery.between(new int[0], new int[] {0});
    assertThat(fromQuestion.extract(graph, noSource).report().fallback())
        .isEqualTo(PathFallback.NONE);
  }

  /**
   * Reads so many arcs, meets so many more hubs each time, and finds nothing or says it was cut.
   */
  private static PathExtractor reading(long arcs, String cut, int hubs, List<PathQuery> asked) {
    return (graph, query) -> {
      asked.add(query);
      long read = Math.min(arcs, query.maxArcs());
      return new PathResult(
          List.of(),
          PathReport.of(read, read < arcs ? PathReport.MAX_ARCS : cut, hubs * asked.size()));
    };
  }

  @Test
  void theBudgetHoldsForAllSearchesTogether() {
    ToyGraph graph = graph(List.of(new int[] {5, 0, 4}, new int[] {4, 0, 3}));
    for (PathFallback kind : List.of(PathFallback.TOWARD_ANSWER, PathFallback.FROM_QUESTION)) {
      for (long budget = 1; budget < 60; budget++) {
        List<PathQuery> asked = new ArrayList<>();
        PathResult result =
            reading(6, "", 2, asked)
                .withFallback(kind)
                .extract(graph, query(3, 5, Direction.BOTH).withMaxArcs(budget));
        assertThat(result.report().arcsRead()).isLessThanOrEqualTo(budget);
        assertThat(result.report().hubs()).isEqualTo(2 * asked.size());
        long searched = asked.stream().mapToLong(PathQuery::maxArcs).max().orElseThrow();
        assertThat(searched).isEqualTo(budget);
        boolean whole = result.report().complete();
        assertThat(whole).isEqualTo(!result.report().cut().equals("maxArcs"));
        assertThat(result.report().fallback() == PathFallback.NONE).isEqualTo(budget < 6);
      }
      PathResult all =
          reading(6, "", 0, new ArrayList<>())
              .withFallback(kind)
              .extract(graph, query(3, 5, Direction.BOTH));
      assertThat(all.report().complete()).isTrue();
      assertThat(all.report().arcsRead()).isGreaterThan(12);
    }
  }

  @Test
  void aSearchThatWasCutHasNoFallback() {
    List<PathQuery> asked = new ArrayList<>();
    PathResult cut =
        reading(1, PathReport.MAX_TIME, 0, asked)
            .withFallback(PathFallback.FROM_QUESTION)
            .extract(graph(List.of()), query(2, 2, Direction.BOTH));
    assertThat(asked).hasSize(1);
    assertThat(cut.report()).isEqualTo(PathReport.cut(1, PathReport.MAX_TIME));
  }

  @Test
  void theTimeLimitHoldsForAllSearchesTogether() {
    Duration hour = Duration.ofHours(1);
    List<PathQuery> asked = new ArrayList<>();
    ToyGraph graph = graph(List.of(new int[] {0, 0, 1}));
    reading(1, "", 0, asked)
        .withFallback(PathFallback.FROM_QUESTION)
        .extract(graph, query(3, 5, Direction.BOTH).withMaxTime(hour));
    assertThat(asked).hasSizeGreaterThan(1);
    assertThat(asked.subList(1, asked.size()))
        .allMatch(wider -> wider.maxTime().orElseThrow().compareTo(hour) < 0);
    asked.clear();
    PathResult late =
        reading(0, "", 0, asked)
            .withFallback(PathFallback.FROM_QUESTION)
            .extract(graph, query(3, 5, Direction.BOTH).withMaxTime(Duration.ofNanos(1)));
    assertThat(asked).hasSize(1);
    assertThat(late.report())
        .isEqualTo(PathReport.cut(0, PathReport.MAX_TIME).withFallback(PathFallback.FROM_QUESTION));
  }

  @Test
  void anInterruptEndsTheWideningToo() {
    List<PathQuery> asked = new ArrayList<>();
    Thread.currentThread().interrupt();
    PathResult result =
        reading(0, "", 0, asked)
            .withFallback(PathFallback.FROM_QUESTION)
            .extract(graph(List.of(new int[] {0, 0, 1})), query(3, 5, Direction.BOTH));
    assertThat(Thread.interrupted()).isTrue();
    assertThat(asked).hasSize(1);
    assertThat(result.report().cut()).isEqualTo(PathReport.INTERRUPTED);
    assertThat(result.report().arcsRead()).isZero();
  }

  @Test
  void onceEveryEntityIsKnownLongerPathsAreStillLookedFor() {
    ToyGraph full = new ToyGraph();
    for (String pair : List.of("sa", "sb", "sc", "ab", "ac", "bc")) {
      full.add(pair.substring(0, 1), "r", pair.substring(1));
    }
    PathQuery query = PathQuery.between(new int[] {0}, new int[0]).withMaxPaths(99);
    assertThat(fromQuestion.extract(full, query).paths())
        .hasSize(3 + 6 + 6)
        .anyMatch(path -> path.hops() == 3);
  }

  @Test
  void aWiderSearchThatIsCutDoesNotLoseWhatAnotherFound() {
    GraphPath near = new GraphPath(new int[] {0, 2}, new int[] {0}, new boolean[] {false});
    PathExtractor cutAtTwoHops =
        (graph, query) ->
            query.targets().length < 2
                ? new PathResult(List.of(), PathReport.complete(1))
                : query.maxHops() == 1
                    ? new PathResult(List.of(near), PathReport.complete(1))
                    : new PathResult(List.of(), PathReport.cut(1, PathReport.MAX_TIME));
    PathResult result =
        cutAtTwoHops
            .withFallback(PathFallback.FROM_QUESTION)
            .extract(
                graph(List.of(new int[] {0, 0, 2}, new int[] {2, 0, 3})),
                PathQuery.between(new int[] {0}, new int[] {5}));
    assertThat(result.paths()).containsExactly(near);
    assertThat(result.report().cut()).isEqualTo(PathReport.MAX_TIME);
  }

  @Test
  void whatTheFilterRefusesIsNoEndAndNothingIsLookedForBehindIt() {
    // 0 - 2 - 3 and 5 - 4 - 3, where 2 and 4 have more arcs than 3.
    ToyGraph graph =
        graph(
            List.of(
                new int[] {0, 0, 2},
                new int[] {2, 0, 3},
                new int[] {2, 1, 3},
                new int[] {5, 0, 4},
                new int[] {4, 0, 3},
                new int[] {4, 1, 3}));
    PathFilter excluding = PathFilter.NONE.excludeEntities(List.of("e2", "e4", "unknown"));
    PathFilter skipping = PathFilter.NONE.withHubs(HubPolicy.skipAbove(4));
    PathQuery query = PathQuery.between(new int[] {0}, new int[] {5});
    for (PathFilter filter : List.of(excluding, skipping, PathFilter.NONE)) {
      for (PathFallback kind : List.of(PathFallback.TOWARD_ANSWER, PathFallback.FROM_QUESTION)) {
        List<PathQuery> asked = new ArrayList<>();
        reading(1, "", 0, asked).withFallback(kind).extract(graph, query.withFilter(filter));
        int[] ends = asked.stream().skip(1).flatMapToInt(q -> Arrays.stream(q.targets())).toArray();
        if (filter.equals(PathFilter.NONE)) {
          assertThat(ends).contains(2, 4);
        } else {
          assertThat(ends).doesNotContain(2, 3, 4, 5);
        }
      }
    }
  }

  @Test
  void whatIsNoNearerToTheAnswerThanTheQuestionIsNoEnd() {
    // The only way from the question leads away: 5 - 0 - 2.
    ToyGraph graph = graph(List.of(new int[] {5, 0, 0}, new int[] {0, 0, 2}));
    PathQuery query =
        PathQuery.between(new int[] {0}, new int[] {5}).withDirection(Direction.FORWARD);
    PathResult result = toward.extract(graph, query);
    assertThat(result.paths()).isEmpty();
    assertThat(result.report().complete()).isTrue();
    assertThat(result.report().fallback()).isEqualTo(PathFallback.TOWARD_ANSWER);
  }

  @Test
  void aTrailThatReturnsIsNoPathFromTheQuestion() {
    List<PathQuery> asked = new ArrayList<>();
    ToyGraph graph = graph(List.of(new int[] {0, 0, 2}));
    PathQuery query = PathQuery.between(new int[] {0}, new int[] {5});
    PathExtractor watched = reading(1, "", 0, asked).withFallback(PathFallback.FROM_QUESTION);
    watched.extract(graph, query.withMode(PathMode.TRAIL));
    assertThat(asked.subList(1, asked.size()))
        .hasSize(2)
        .allSatisfy(wider -> assertThat(wider.targets()).containsExactly(2));
  }

  @Test
  void aSecondFallbackFollowsTheFirst() {
    ToyGraph graph = graph(List.of(new int[] {0, 0, 1}));
    PathExtractor both = toward.withFallback(PathFallback.FROM_QUESTION);
    assertThat(both.id()).isEqualTo("toy-extractor/1+toward-answer+from-question");
    PathResult result = both.extract(graph, PathQuery.between(new int[] {0}, new int[] {5}));
    assertThat(result.report().fallback()).isEqualTo(PathFallback.FROM_QUESTION);
    assertThat(result.paths()).hasSize(1);
    // Each step of the second asks the extractor itself, not the first fallback.
    List<PathQuery> asked = new ArrayList<>();
    reading(1, "", 0, asked)
        .withFallback(PathFallback.FROM_QUESTION)
        .withFallback(PathFallback.TOWARD_ANSWER)
        .extract(
            graph(List.of(new int[] {5, 0, 4}, new int[] {4, 0, 3})),
            PathQuery.between(new int[] {0}, new int[] {5}));
    assertThat(asked)
        .extracting(query -> Arrays.toString(query.targets()))
        .containsExactly("[5]", "[0]", "[4]", "[3]");
    assertThat(toward.withFallback(PathFallback.NONE)).isSameAs(toward);
    assertThat(base.withFallback(PathFallback.NONE)).isSameAs(base);
  }

  @Test
  void scoresStayWithTheirPaths() {
    PathExtractor scoring =
        (graph, query) -> {
          PathResult found = base.extract(graph, query);
          List<Double> scores = found.paths().stream().map(p -> (double) end(p)).toList();
          return new PathResult(found.paths(), scores, found.report());
        };
    ToyGraph graph = graph(List.of(new int[] {0, 0, 3}, new int[] {3, 0, 2}));
    PathResult result =
        scoring
            .withFallback(PathFallback.FROM_QUESTION)
            .extract(graph, PathQuery.between(new int[] {0}, new int[] {5}));
    assertThat(result.scores()).containsExactly(3.0, 2.0);
  }
}
