package ai.kale.kg.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class TripleBatchTest {
  private static TripleBatch batch() {
    TripleBatch batch = new TripleBatch();
    for (int field = 0; field < 3; field++) {
      batch.field("arb".getBytes(StandardCharsets.UTF_8), field, field + 1, field);
    }
    return batch;
  }

  private static String snapshot(float weight) {
    TripleBatch batch = batch();
    batch.endTriple(weight, 1);
    try (CompactGraph graph = CompactGraphBuilder.weighted().addAll(batch).build()) {
      return graph.snapshot();
    }
  }

  @Test
  void weightsOutOfRangeAreRefused() {
    TripleBatch batch = batch();
    for (float weight : new float[] {-1, Float.NaN, Float.POSITIVE_INFINITY}) {
      assertThatThrownBy(() -> batch.endTriple(weight, 1))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("0 or more");
    }
    assertThat(batch.size()).isZero();
  }

  @Test
  void theSignOfZeroDoesNotCount() {
    assertThat(snapshot(-0.0f)).isEqualTo(snapshot(0)).isNotEqualTo(snapshot(1));
  }
}
