package ai.kale.kg.path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.kale.GraphPath;
import ai.kale.PathQuery;
import ai.kale.PathResult;
import ai.kale.PathScorer;
import ai.kale.kg.TestGraphs;
import ai.kale.kg.graph.CompactGraph;
import ai.kale.kg.graph.ForwardingKnowledgeGraph;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class PathRankingTest {
  /** Handles against the order of ids. */
  private final CompactGraph graph = TestGraphs.of("d s c", "c r b", "b q a", "a s d");

  private PathRanking ranking(PathQuery query) {
    return new PathRanking(graph, query, IdOrder.lookingUp(graph), new DegreeTable(graph));
  }

  private static PathQuery best(int most) {
    return PathQuery.between(new int[0], new int[0]).withMaxPaths(most);
  }

  private static PathResult result(PathRanking ranking, PathQuery query) {
    return ranking.result(new SearchBudget(query), 0);
  }

  @Property(tries = 200, seed = "20261122")
  void keepsTheFirstOfAllInOrder(@ForAll long seed, @ForAll @IntRange(min = 1, max = 30) int most) {
    Random random = new Random(seed);
    List<RankedPath> all = new ArrayList<>();
    for (int i = 0; i < 25; i++) {
      int hops = 1 + random.nextInt(3);
      int[] entities = random.ints(hops + 1, 0, 4).toArray();
      int[] labels = random.ints(hops, 0, 6).toArray();
      double cost = random.nextInt(3);
      all.add(new RankedPath(cost, entities[0] % 2, entities, labels));
    }
    PathQuery query = best(most).withScorer(path -> path.entity(0) % 2);
    PathRanking ranking = ranking(query);
    for (RankedPath path : all) {
      ranking.offer(path.cost(), path.hops(), path.entities(), path.labels(), new float[0]);
    }
    Collections.sort(all, new PathOrder(IdOrder.lookingUp(graph)));
    List<RankedPath> first = all.subList(0, Math.min(most, all.size()));
    PathResult result = result(ranking, query);
    assertThat(result.paths()).isEqualTo(first.stream().map(RankedPath::toGraphPath).toList());
    assertThat(result.scores()).isEqualTo(first.stream().map(RankedPath::score).toList());
    assertThat(result.report().cut()).isEqualTo(most < 25 ? "maxPaths" : "");
    double last = most < 25 ? first.get(most - 1).cost() : Double.POSITIVE_INFINITY;
    assertThat(ranking.bound()).isEqualTo(last);
  }

  @Example
  void idsDecideWhereAllElseIsTheSame() {
    int[] handles = graph.entities(List.of("a", "b", "c", "d"));
    int q = graph.relation("q").orElseThrow();
    int r = graph.relation("r").orElseThrow();
    int s = graph.relation("s").orElseThrow();
    PathQuery query = best(9);
    PathRanking ranking = ranking(query);
    int[][] paths = {
      {3, 0, q, 0}, {0, 3, q, 0}, {0, 1, s, 1}, {0, 1, s, 0}, {0, 1, r, 1}, {0, 2, q, 0}
    };
    for (int[] p : paths) {
      int[] entities = {handles[p[0]], handles[p[1]], 99}; // the buffer is longer than the path
      ranking.offer(1, 1, entities, new int[] {p[2] * 2 + p[3], 99}, new float[0]);
    }
    assertThat(result(ranking, query).paths())
        .extracting(path -> text(path))
        .containsExactly("a r 1 b", "a s 0 b", "a s 1 b", "a q 0 c", "a q 0 d", "d q 0 a");
  }

  private String text(GraphPath path) {
    return graph.entityId(path.entities()[0])
        + " "
        + graph.relationId(path.relations()[0])
        + (path.inverse()[0] ? " 1 " : " 0 ")
        + graph.entityId(path.entities()[1]);
  }

  @Example
  void whatCostsTooMuchIsNotScored() {
    AtomicInteger scored = new AtomicInteger();
    PathRanking ranking =
        ranking(
            best(1)
                .withScorer(
                    path -> {
                      scored.incrementAndGet();
                      return -0.0;
                    }));
    for (int cost = 1; cost <= 3; cost++) {
      ranking.offer(cost, 1, new int[] {0, 1}, new int[] {0}, new float[0]);
    }
    assertThat(scored).hasValue(1);
    assertThat(ranking.size()).isEqualTo(1);
    assertThat(ranking.hasMore()).isTrue();
  }

  @Example
  void degreesAreAskedForTogetherAndOnlyIfWanted() {
    List<Integer> asked = new ArrayList<>();
    ForwardingKnowledgeGraph counting =
        new ForwardingKnowledgeGraph(graph) {
          @Override
          public int[] degrees(int[] entities) {
            asked.add(entities.length);
            return super.degrees(entities);
          }
        };
    for (PathScorer scorer : List.of(PathScorer.length(), PathScorer.specificity())) {
      PathQuery query = best(9).withScorer(scorer);
      PathRanking ranking =
          new PathRanking(counting, query, IdOrder.lookingUp(graph), new DegreeTable(counting));
      ranking.announce(new int[] {0, 1, 2});
      ranking.offer(1, 2, new int[] {0, 1, 2}, new int[] {0, 1}, new float[0]);
      ranking.offer(1, 2, new int[] {0, 2, 1}, new int[] {0, 1}, new float[0]);
      ranking.offer(1, 2, new int[] {0, 3, 1}, new int[] {0, 1}, new float[0]); // not announced
      assertThat(asked).isEqualTo(scorer.equals(PathScorer.length()) ? List.of() : List.of(3, 1));
    }
  }

  @Example
  void aViewChecksItsPlaces() {
    PathRanking ranking = ranking(best(1).withScorer(path -> path.relation(path.hops())));
    assertThatThrownBy(
            () -> ranking.offer(1, 1, new int[] {0, 1, 2}, new int[] {0, 1}, new float[0]))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Example
  void noNumberIsAnErrorThatNamesScorerAndPath() {
    PathScorer broken =
        new PathScorer() {
          @Override
          public double score(ai.kale.PathView path) {
            return Math.log(-path.weight(0));
          }

          @Override
          public String id() {
            return "broken";
          }
        };
    PathRanking ranking = ranking(best(1).withScorer(broken));
    int[] handles = graph.entities(List.of("d", "c"));
    int s = graph.relation("s").orElseThrow();
    assertThatThrownBy(() -> ranking.offer(1, 1, handles, new int[] {s * 2}, new float[] {0.5f}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'broken'")
        .hasMessageContaining("d -s-> c");
  }
}
