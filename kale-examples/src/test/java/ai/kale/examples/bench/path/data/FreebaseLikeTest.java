package ai.kale.examples.bench.path.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FreebaseLikeTest {
  private final IntRows triples = FreebaseLike.triples(20261122);

  @Test
  void hasTheSizeOfFb15k237AndEachTripleOnce() {
    assertThat(triples.size()).isEqualTo(310_116);
    Set<Long> seen = new HashSet<>();
    int mostRelations = 0;
    for (int i = 0; i < triples.size(); i++) {
      assertThat(triples.at(i, 0)).isBetween(0, 14_540).isNotEqualTo(triples.at(i, 2));
      mostRelations = Math.max(mostRelations, triples.at(i, 1) + 1);
      seen.add((triples.at(i, 0) * 237L + triples.at(i, 1)) * 14_541 + triples.at(i, 2));
    }
    assertThat(seen).hasSize(310_116);
    assertThat(mostRelations).isEqualTo(237);
  }

  @Test
  void everyEntityOccursAFewVeryOftenAndMostRarely() {
    Neighbours neighbours = new Neighbours(triples, FreebaseLike.ENTITIES);
    int[] degrees = new int[FreebaseLike.ENTITIES];
    Arrays.setAll(degrees, neighbours::degree);
    Arrays.sort(degrees);

    assertThat(degrees[0]).isPositive();
    assertThat(degrees[degrees.length / 2]).isBetween(15, 30);
    assertThat(degrees[degrees.length - 1]).isBetween(7_000, 8_200);
  }

  @Test
  void someEntitiesAreJoinedBySeveralRelations() {
    SimpleGraph simple = SimpleGraph.of(triples, FreebaseLike.ENTITIES);

    assertThat(simple.triples().size()).isBetween(220_000, 280_000);
  }

  @Test
  void equalSeedsGiveEqualGraphs() {
    assertThat(FreebaseLike.triples(20261122).values()).isEqualTo(triples.values());
    assertThat(FreebaseLike.triples(1).values()).isNotEqualTo(triples.values());
  }
}
