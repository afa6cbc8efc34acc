package ai.kale.kg.graph;

import static org.assertj.core.api.Assertions.assertThat;

import ai.kale.ArcVisitor;
import ai.kale.Direction;
import ai.kale.KnowledgeGraph;
import ai.kale.kg.TestGraphs;
import java.util.List;
import org.junit.jupiter.api.Test;

class ForwardingKnowledgeGraphTest {
  @Test
  void degreesAreOfTheArcsThatAWrapperShows() {
    CompactGraph graph = TestGraphs.of("a r b", "a s b", "b r b");
    int[] ends = graph.entities(List.of("a", "b"));
    assertThat(new ForwardingKnowledgeGraph(graph) {}.degrees(ends)).containsExactly(2, 4);
    KnowledgeGraph withoutLoops =
        new ForwardingKnowledgeGraph(graph) {
          @Override
          public void expand(int[] frontier, Direction direction, ArcVisitor visitor) {
            super.expand(
                frontier,
                direction,
                (i, r, inverse, n, w) -> n == frontier[i] || visitor.arc(i, r, inverse, n, w));
          }
        };
    assertThat(withoutLoops.degrees(ends)).containsExactly(2, 2);
  }
}
