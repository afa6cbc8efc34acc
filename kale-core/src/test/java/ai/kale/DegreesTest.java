package ai.kale;

import static org.assertj.core.api.Assertions.assertThat;

import ai.kale.testing.ModelGraph;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DegreesTest {
  @Test
  void distinctEntitiesAreExpandedOnce() {
    List<int[]> frontiers = new ArrayList<>();
    List<String[]> triples =
        List.of(
            new String[] {"a", "r", "a"},
            new String[] {"a", "r", "b"},
            new String[] {"a", "s", "b"},
            new String[] {"c", "r", "a"});
    ModelGraph graph =
        new ModelGraph(triples, false) {
          @Override
          public void expand(int[] frontier, Direction direction, ArcVisitor visitor) {
            frontiers.add(frontier);
            super.expand(frontier, direction, visitor);
          }
        };
    assertThat(graph.degrees(new int[] {2, 0, 1, 0, 2})).containsExactly(1, 5, 2, 5, 1);
    assertThat(frontiers).hasSize(1);
    assertThat(frontiers.get(0)).containsExactly(0, 1, 2);
  }
}
