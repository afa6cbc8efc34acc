package ai.kale.kg.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.kale.error.CorruptFileException;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that a faulty writer could make: every checksum is right, the content is not. */
class GraphChecksTest {
  private final Path file;
  private final GraphContent good =
      new CompactGraphBuilder()
          .keepSources()
          .addTriple("a", "r", "b")
          .addTriple("b", "s", "c")
          .addLabel("a", "A")
          .build()
          .content();

  GraphChecksTest(@TempDir Path folder) {
    file = folder.resolve("wrong.kg");
  }

  private GraphContent with(IdDictionary entities, NameTable names, AdjacencyArrays arcs) {
    return new GraphContent(
        entities,
        good.relations,
        names,
        good.relationNames,
        arcs,
        good.sources,
        0,
        good.snapshot());
  }

  private GraphContent withArcs(IntColumn off, IntColumn nbr, IntColumn lab) {
    return with(good.entities, good.entityNames, new AdjacencyArrays(off, nbr, lab, null));
  }

  /** The same numbers, one of them changed. */
  private static IntColumn changed(IntColumn column, int index, int value) {
    int[] values = new int[column.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = i == index ? value : column.get(i);
    }
    return IntColumn.of(values);
  }

  private void refusedAtOpening(GraphContent wrong, String what) {
    GraphFileWriter.write(wrong, file);
    assertThatThrownBy(() -> CompactGraph.open(file))
        .isInstanceOf(CorruptFileException.class)
        .hasRootCauseMessage(what);
  }

  private void refusedByVerify(GraphContent wrong, String what) {
    GraphFileWriter.write(wrong, file);
    assertThatCode(() -> CompactGraph.open(file).close()).doesNotThrowAnyException();
    assertThatThrownBy(() -> CompactGraph.verify(file))
        .isInstanceOf(CorruptFileException.class)
        .hasMessageContaining(what);
  }

  @Test
  void aGoodFilePasses() {
    GraphFileWriter.write(good, file);
    assertThatCode(() -> CompactGraph.verify(file)).doesNotThrowAnyException();
  }

  @Test
  void columnsThatDoNotFitTogetherAreRefusedAtOpening() {
    AdjacencyArrays arcs = good.arcs;
    IntColumn two = IntColumn.of(new int[] {0, 1});
    refusedAtOpening(withArcs(arcs.offsets(), arcs.neighbours(), two), "labels of arcs");
    refusedAtOpening(
        withArcs(arcs.offsets(), IntColumn.of(new char[4]), arcs.labels()),
        "width 2 of ARC_NEIGHBOURS");
    IdDictionary ids = good.entities;
    IdDictionary fewSlots =
        new IdDictionary(IntColumn.of(new int[3]), ids.positions, ids.text, ids.namespaces);
    refusedAtOpening(with(fewSlots, good.entityNames, arcs), "entity slots");
    NameTable names = good.entityNames;
    NameTable short1 = new NameTable(two, names.positions, names.text, names.languages);
    refusedAtOpening(with(ids, short1, arcs), "offsets of entity names");
  }

  @Test
  void numbersThatPointNowhereAreFoundByVerify() {
    AdjacencyArrays arcs = good.arcs;
    UnaryOperator<IntColumn> wild = column -> changed(column, 1, 999);
    refusedByVerify(
        withArcs(arcs.offsets(), wild.apply(arcs.neighbours()), arcs.labels()), "neighbour of arc");
    refusedByVerify(
        withArcs(arcs.offsets(), arcs.neighbours(), wild.apply(arcs.labels())), "relation of arc");
    refusedByVerify(
        withArcs(wild.apply(arcs.offsets()), arcs.neighbours(), arcs.labels()), "offsets of arcs");
    NameTable names = good.entityNames;
    NameTable lost =
        new NameTable(names.offsets, changed(names.positions, 0, 999), names.text, names.languages);
    refusedByVerify(with(good.entities, lost, arcs), "position of entity name");
    IdDictionary ids = good.entities;
    IdDictionary unfound =
        new IdDictionary(IntColumn.of(new int[32]), ids.positions, ids.text, ids.namespaces);
    refusedByVerify(with(unfound, names, arcs), "is not found by its id");
  }

  @Test
  void idsThatDoNotRiseAreFoundByVerify() {
    IdDictionary ids = good.entities;
    int[] swapped = {ids.positions.get(1), ids.positions.get(0), ids.positions.get(2)};
    int[] slots = new int[ids.slots.size()];
    for (int i = 0; i < slots.length; i++) {
      int number = ids.slots.get(i);
      slots[i] = number == 1 ? 2 : number == 2 ? 1 : number;
    }
    IdDictionary wrong =
        new IdDictionary(IntColumn.of(slots), IntColumn.of(swapped), ids.text, ids.namespaces);
    assertThat(wrong.find("b")).isZero();
    refusedByVerify(with(wrong, good.entityNames, good.arcs), "order of the id of entity 1");
  }
}
