package ai.kale.kg.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.kale.Direction;
import ai.kale.GraphCapability;
import ai.kale.error.CorruptFileException;
import ai.kale.error.InvalidInputException;
import ai.kale.error.OperationCancelledException;
import ai.kale.error.SetupException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GraphFileTest {
  private final Path folder;

  GraphFileTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private static CompactGraph sample() {
    CompactGraphBuilder builder = CompactGraphBuilder.weighted().keepSources();
    builder.at(7, "").addTriple("http://x/a", "http://p/r", "http://x/b", 0.5f);
    builder.at(5_000_000_000L, "http://g/1").addTriple("http://x/b", "http://p/s", "http://x/é", 2);
    builder.addName("http://x/a", "Ah", "en", CompactGraphBuilder.LABEL);
    builder.addName("http://x/a", "Ah", "de", CompactGraphBuilder.ALIAS);
    return builder.addLabel("http://p/r", "relates to").addEntity("lonely").build();
  }

  private Path written(CompactGraph graph) {
    Path file = folder.resolve("graph.kg");
    graph.write(file);
    return file;
  }

  /** Everything a graph says, in one text. */
  static String told(CompactGraph graph) {
    StringBuilder all = new StringBuilder();
    all.append(graph.snapshot()).append(graph.capabilities().size()).append(graph.nameCount());
    all.append(graph.duplicateTriples()).append(graph.namedEntitiesByLanguage());
    for (int e = 0; e < graph.entityCount(); e++) {
      int entity = e;
      all.append('\n').append(graph.entityId(e)).append(graph.entity(graph.entityId(e)));
      all.append(graph.names(new int[] {e}));
      graph.expand(
          e,
          Direction.BOTH,
          (index, relation, inverse, neighbour, weight) -> {
            all.append(' ').append(relation).append(inverse).append(neighbour).append(weight);
            all.append(inverse ? "" : graph.source(entity, relation, neighbour));
            return true;
          });
    }
    for (int r = 0; r < graph.relationCount(); r++) {
      all.append('\n').append(graph.relation(graph.relationId(r))).append(graph.relationLabel(r));
    }
    return all.toString();
  }

  @Test
  void anOpenedGraphTellsTheSameAsTheOneWritten() {
    CompactGraph graph = sample();
    Path file = written(graph);
    CompactGraph.verify(file);
    try (CompactGraph opened = CompactGraph.open(file)) {
      assertThat(told(opened)).isEqualTo(told(graph));
      assertThat(opened.capabilities()).contains(GraphCapability.WEIGHTS);
      assertThat(opened.source(1, 1, 2)).contains(new TripleSource(5_000_000_000L, "http://g/1"));
      assertThat(opened.source(1, 0, 2)).isEmpty();
      assertThat(opened.entity("http://x/nowhere")).isEmpty();
      try (CompactGraph copy = opened.inMemory()) {
        assertThat(told(copy)).isEqualTo(told(graph));
        assertThat(copy.byteLengths()).isEqualTo(opened.byteLengths()).containsKey("arcs");
      }
      Path again = folder.resolve("again.kg");
      opened.write(again);
      assertThat(again).hasSameBinaryContentAs(file);
    }
  }

  @Test
  void anEmptyGraphHasAFileToo() {
    Path file = written(new CompactGraphBuilder().build());
    CompactGraph.verify(file);
    try (CompactGraph opened = CompactGraph.open(file)) {
      assertThat(opened.entityCount()).isZero();
      assertThat(opened.entity("x")).isEmpty();
      assertThat(opened.hasSources()).isFalse();
    }
  }

  @Test
  void aFlippedByteIsAnErrorOrChangesNothing() throws IOException {
    CompactGraph graph = sample();
    Path file = written(graph);
    String told = told(graph);
    byte[] bytes = Files.readAllBytes(file);
    int harmless = 0;
    for (int i = 0; i < bytes.length; i++) {
      byte[] damaged = bytes.clone();
      damaged[i] ^= 0x10;
      Path copy = folder.resolve("copy" + i + ".kg");
      Files.write(copy, damaged);
      try (CompactGraph opened = CompactGraph.open(copy)) {
        assertThat(told(opened)).as("byte %d", i).isEqualTo(told);
        harmless++;
      } catch (CorruptFileException | InvalidInputException e) {
        assertThat(e).hasMessageContaining(copy.toString());
      }
      Files.delete(copy);
    }
    assertThat(harmless).as("bytes between sections").isEqualTo(gaps(file, bytes));
  }

  /** Bytes that belong to nothing: what the sections, the header and the footer leave. */
  private static long gaps(Path file, byte[] bytes) {
    long footer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong(16);
    return footer
        - GraphFileFormat.HEADER
        - GraphFileReader.open(file, MappedSection.CHUNK_BITS).sections().stream()
            .mapToLong(MappedSection::length)
            .sum();
  }

  @Test
  void verifyFindsADamagedSectionThatNobodyRead() throws IOException {
    Path file = written(sample());
    byte[] bytes = Files.readAllBytes(file);
    bytes[GraphFileFormat.HEADER] ^= 1;
    Files.write(file, bytes);
    CompactGraph.open(file).close();
    assertThatThrownBy(() -> CompactGraph.verify(file))
        .isInstanceOf(CorruptFileException.class)
        .hasMessageContaining("section ARC_OFFSETS")
        .hasMessageContaining("wrong checksum");
  }

  @Test
  void aFileThatIsCutShortSaysSo() throws IOException {
    byte[] bytes = Files.readAllBytes(written(sample()));
    for (int length : new int[] {9, 63, 64, bytes.length / 2, bytes.length - 1}) {
      Path cut = folder.resolve("cut.kg");
      Files.write(cut, Arrays.copyOf(bytes, length));
      assertThatThrownBy(() -> CompactGraph.open(cut))
          .isInstanceOf(CorruptFileException.class)
          .hasMessageContaining("cut short: " + length + " bytes");
    }
    Path longer = folder.resolve("longer.kg");
    Files.write(longer, Arrays.copyOf(bytes, bytes.length + 1));
    assertThatThrownBy(() -> CompactGraph.open(longer)).hasMessageContaining("damaged");
  }

  @Test
  void anotherVersionSaysSo() throws IOException {
    Path file = written(sample());
    byte[] bytes = Files.readAllBytes(file);
    for (int version : new int[] {1, 3}) {
      ByteBuffer header = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
      header.putInt(8, version).putInt(12, 0);
      CRC32C checksum = new CRC32C();
      checksum.update(bytes, 0, GraphFileFormat.HEADER);
      header.putInt(12, (int) checksum.getValue());
      Files.write(file, bytes);
      assertThatThrownBy(() -> CompactGraph.open(file))
          .isInstanceOf(CorruptFileException.class)
          .hasMessageContaining("has version " + version + "; this library reads version 2");
    }
  }

  @Test
  void somethingElseSaysSo() throws IOException {
    for (String text : List.of("", "a\tr\tb\n", "KALE")) {
      Path file = Files.writeString(folder.resolve("else.kg"), text);
      assertThatThrownBy(() -> CompactGraph.open(file))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("not a graph file");
    }
    assertThatThrownBy(() -> CompactGraph.open(folder.resolve("none.kg")))
        .isInstanceOf(SetupException.class);
    assertThatThrownBy(() -> CompactGraph.open(folder)).isInstanceOf(SetupException.class);
    assertThatThrownBy(() -> sample().write(folder.resolve("no/such/folder.kg")))
        .isInstanceOf(SetupException.class);
  }

  @Test
  void openingOnAnInterruptedThreadSaysSo() {
    Path file = written(sample());
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> CompactGraph.open(file))
        .isInstanceOf(OperationCancelledException.class)
        .hasMessageContaining(file.toString());
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void languagesAndGraphNamesMustBeUnicode() {
    CompactGraphBuilder builder = new CompactGraphBuilder().keepSources();
    assertThatThrownBy(() -> builder.at(1, "\uD800")).hasMessageContaining("unpaired surrogate");
    assertThatThrownBy(() -> builder.at(-1, "")).hasMessageContaining("got -1");
    assertThatThrownBy(() -> builder.addName("a", "A", "\uD800", 0))
        .hasMessageContaining("unpaired surrogate");
  }

  /** Files of version 2 must stay readable; this one holds what sample() does. */
  @Test
  void aFileOfVersionTwoIsReadAndWrittenTheSame() throws IOException {
    Path golden = folder.resolve("golden.kg");
    try (InputStream in = GraphFileTest.class.getResourceAsStream("version-2.kg")) {
      Files.copy(Objects.requireNonNull(in), golden);
    }
    CompactGraph.verify(golden);
    try (CompactGraph opened = CompactGraph.open(golden)) {
      assertThat(told(opened)).isEqualTo(told(sample()));
    }
    assertThat(written(sample())).hasSameBinaryContentAs(golden);
  }

  @Test
  void sectionsMayBeLargerThanOneMappedChunk() {
    SplittableRandom random = new SplittableRandom(20261122);
    CompactGraphBuilder builder = new CompactGraphBuilder();
    for (int i = 0; i < 200_000; i++) {
      int object = random.nextInt(100_000);
      builder.addTriple("entity number " + i, "r" + i % 5, "entity number " + object);
    }
    CompactGraph graph = builder.build();
    Path file = written(graph);
    int chunkBits = TextStore.SEGMENT_BITS;
    MappedGraph mapped = GraphFileReader.open(file, chunkBits);
    assertThat(mapped.sections())
        .anySatisfy(section -> assertThat(section.length()).isGreaterThan(3L << chunkBits));
    try (CompactGraph opened = new CompactGraph(mapped.content())) {
      for (int e = 0; e < graph.entityCount(); e += 97) {
        assertThat(opened.entityId(e)).isEqualTo(graph.entityId(e));
        assertThat(opened.entity(graph.entityId(e))).hasValue(e);
      }
      Path again = folder.resolve("again.kg");
      opened.inMemory().write(again);
      assertThat(again).hasSameBinaryContentAs(file);
      AdjacencyArrays arcs = opened.adjacency();
      AdjacencyArrays expected = graph.adjacency();
      int different = 0;
      for (int a = 0; a < arcs.arcCount(); a++) {
        boolean same =
            arcs.neighbour(a) == expected.neighbour(a) && arcs.labelAt(a) == expected.labelAt(a);
        different += same ? 0 : 1;
      }
      assertThat(different).isZero();
    }
  }
}
