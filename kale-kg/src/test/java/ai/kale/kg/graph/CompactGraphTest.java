package ai.kale.kg.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class CompactGraphTest {
  @Test
  void namesComeInPreferenceOrderWhateverTheInputOrder() {
    CompactGraphBuilder one = new CompactGraphBuilder().addTriple("a", "r", "b");
    one.addAlias("a", "Alias").addName("a", "Fremd", CompactGraphBuilder.FALLBACK);
    one.addLabel("a", "Label").addLabel("r", "relates to").addLabel("a", " Label ");
    one.addLabel("b", " ").addName("b", "Nur dies", CompactGraphBuilder.FALLBACK);
    CompactGraphBuilder two = new CompactGraphBuilder();
    two.addLabel("r", "relates to").addLabel("a", "Label").addAlias("a", "Alias");
    two.addTriple("a", "r", "b").addName("b", "Nur dies", CompactGraphBuilder.FALLBACK);
    CompactGraph graph = one.build();
    assertThat(graph.names(new int[] {0, 1}))
        .containsExactly(List.of("Label", "Alias"), List.of("Nur dies"));
    assertThat(graph.relationLabel(0)).isEqualTo("relates to");
    assertThat(one.namesDropped()).isEqualTo(3);
    assertThat(two.build().snapshot()).isEqualTo(graph.snapshot());
    CompactGraph other =
        new CompactGraphBuilder().addTriple("a", "r", "b").addLabel("a", "L").build();
    assertThat(other.snapshot()).isNotEqualTo(graph.snapshot());
    assertThatThrownBy(two::build).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void arcsAreSortedByNeighbour() {
    CompactGraph graph =
        new CompactGraphBuilder()
            .addTriple("a", "s", "c")
            .addTriple("b", "r", "a")
            .addTriple("a", "r", "c")
            .addTriple("a", "r", "a")
            .addTriple("a", "r", "c")
            .build();
    AdjacencyArrays arcs = graph.adjacency();
    assertThat(graph.degree(0)).isEqualTo(5);
    for (int i = arcs.arcStart(0) + 1; i < arcs.arcEnd(0); i++) {
      assertThat(arcs.neighbour(i)).isGreaterThanOrEqualTo(arcs.neighbour(i - 1));
    }
    assertThat(graph.duplicateTriples()).isEqualTo(1);
    assertThat(arcs.arcCount()).isEqualTo(8);
    int last = graph.entity("c").orElseThrow();
    assertThat(graph.degrees(new int[] {last, 0, last})).containsExactly(2, 5, 2);
  }

  @Test
  void manyRelationsNeedWideLabels() {
    CompactGraphBuilder builder = new CompactGraphBuilder();
    for (int i = 0; i < 40_000; i++) {
      builder.addTriple("a", "r" + i, "b");
    }
    CompactGraph graph = builder.build();
    AdjacencyArrays arcs = graph.adjacency();
    assertThat(arcs.relationAt(arcs.arcEnd(0) - 1)).isEqualTo(39_999);
    assertThat(arcs.inverseAt(arcs.arcEnd(1) - 1)).isTrue();
  }

  @Test
  void wrongInputIsRefused() {
    CompactGraphBuilder builder = new CompactGraphBuilder();
    assertThatThrownBy(() -> builder.addTriple("a", "", "b")).hasMessageContaining("empty id");
    assertThatThrownBy(() -> builder.addEntity("")).hasMessageContaining("empty");
    assertThatThrownBy(() -> builder.addTriple("a", "r", "b", 2)).hasMessageContaining("weighted");
    assertThatThrownBy(() -> CompactGraphBuilder.weighted().addTriple("a", "r", "b", Float.NaN))
        .hasMessageContaining("NaN");
    CompactGraph empty = builder.build();
    assertThat(empty.entityCount()).isZero();
    assertThat(empty.snapshot()).startsWith("sha256:");
    empty.close();
    assertThatThrownBy(empty::adjacency).isInstanceOf(IllegalStateException.class);
    assertThat(empty).hasToString("CompactGraph[closed]");
  }

  @Test
  void weightsAreInTheSnapshot() {
    CompactGraph one = CompactGraphBuilder.weighted().addTriple("a", "r", "b", 0.5f).build();
    CompactGraph two = CompactGraphBuilder.weighted().addTriple("a", "r", "b", 0.25f).build();
    assertThat(one.snapshot()).isNotEqualTo(two.snapshot());
  }
}
