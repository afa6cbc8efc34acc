package ai.kale.examples.bench.path.data;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SimpleGraphTest {
  @Test
  void parallelAndOppositeArcsBecomeOneAndLoopsNone() {
    IntRows triples =
        new IntRows(3, new int[] {0, 0, 1, 0, 1, 1, 1, 0, 0, 2, 0, 2, 1, 5, 3, 0, 0, 3});

    SimpleGraph simple = SimpleGraph.of(triples, 5);

    assertThat(simple.degrees()).containsExactly(2, 2, 0, 2, 0);
    assertThat(simple.neighbours()).containsExactly(1, 3, 0, 3, 0, 1);
    assertThat(simple.triples().values()).containsExactly(0, 0, 1, 0, 0, 3, 1, 0, 3);
  }
}
