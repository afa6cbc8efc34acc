package ai.kale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.kale.error.UnsupportedCapabilityException;
import ai.kale.testing.ModelGraph;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WholeGraphTest {
  /** A ring whose expand costs nothing to speak of, and that counts its calls. */
  private static final class Ring extends ModelGraph {
    private final int size;
    private final List<Integer> frontiers = new ArrayList<>();

    Ring(int size) {
      super(List.of(), false);
      this.size = size;
    }

    @Override
    public int entityCount() {
      return size;
    }

    @Override
    public void expand(int[] frontier, Direction direction, ArcVisitor visitor) {
      frontiers.add(frontier.length);
      for (int i = 0; i < frontier.length; i++) {
        if (!visitor.arc(i, 0, false, (frontier[i] + 1) % size, 0.5f)) {
          return;
        }
      }
    }
  }

  @Test
  void triplesAreReadInFrontiersOfAFewThousand() {
    Ring ring = new Ring(10_000);
    List<Integer> subjects = new ArrayList<>();
    ring.triples(
        (subject, relation, object, weight) -> {
          assertThat(object).isEqualTo((subject + 1) % 10_000);
          assertThat(weight).isEqualTo(0.5f);
          return subjects.add(subject);
        });
    assertThat(subjects).hasSize(10_000).doesNotHaveDuplicates();
    assertThat(ring.frontiers).containsExactly(4096, 4096, 10_000 - 2 * 4096);
  }

  @Test
  void stoppingReadsNoFurtherFrontier() {
    Ring ring = new Ring(10_000);
    ring.triples((subject, relation, object, weight) -> subject < 5_000);
    assertThat(ring.frontiers).containsExactly(4096, 4096);
  }

  @Test
  void anEmptyGraphHasNoTriples() {
    Ring ring = new Ring(0);
    ring.triples((subject, relation, object, weight) -> true);
    assertThat(ring.frontiers).isEmpty();
  }

  @Test
  void aGraphWithoutTheCapabilityIsRefusedWithWhatToDo() {
    ModelGraph graph = new ModelGraph(List.<String[]>of(new String[] {"a", "r", "b"}), true);
    assertThatThrownBy(() -> graph.triples((s, r, o, w) -> true))
        .isInstanceOf(UnsupportedCapabilityException.class)
        .hasMessage(
            "listing all triples needs a graph with ENUMERATION, and ai.kale.testing.ModelGraph"
                + " does not offer it: extract the part you need into a graph in memory first, or"
                + " load a dump of the store");
    assertThatThrownBy(() -> GraphCapability.WEIGHTS.require(graph, "ranking", "rank by length"))
        .hasMessage(
            "ranking needs a graph with WEIGHTS, and ai.kale.testing.ModelGraph does not offer it:"
                + " rank by length");
    GraphCapability.ENUMERATION.require(new ModelGraph(List.of(), false), "listing");
  }
}
