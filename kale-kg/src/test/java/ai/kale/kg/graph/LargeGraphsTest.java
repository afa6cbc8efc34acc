package ai.kale.kg.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What only happens in graphs too large for a test, with the large part left out. */
class LargeGraphsTest {
  @Test
  void textsLieBeyondTwoGibibytes() {
    int twoGibibytes = 1 << (31 - TextStore.SEGMENT_BITS);
    HeapText text = new HeapText(twoGibibytes);
    byte[] bytes = "Ludwigshafen".getBytes(StandardCharsets.UTF_8);
    int position = text.add(3, bytes, 0, bytes.length);
    int other = text.add(200, bytes, 0, 6);
    assertThat(position).isNegative();
    assertThat(text.text(position)).isEqualTo("Ludwigshafen");
    assertThat(text.tag(other)).isEqualTo(200);
    assertThat(text.matches(position, 3, bytes, 0, bytes.length)).isTrue();
    assertThat(text.matches(other, 200, bytes, 0, 6)).isTrue();
    assertThat(text.matches(other, 200, bytes, 1, 7)).isFalse();
    assertThat(text.byteLength()).isGreaterThan(1L << 31);
  }

  @Test
  void sectionsLieBeyondTwoGibibytes(@TempDir Path folder) throws IOException {
    long length = (3L << 30) + 12;
    Path file = folder.resolve("sparse");
    byte[] end = {1, 0, 0, 0, 2, 0, 0, 0, 3, 0, 0, 0};
    try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
      sparse.seek(length - end.length);
      sparse.write(end);
    }
    int[] checksums = new int[GraphFileFormat.blocks(length)];
    Arrays.fill(checksums, checksum(new byte[GraphFileFormat.BLOCK]));
    checksums[checksums.length - 1] = checksum(end);
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      MappedSection section =
          new MappedSection(
              file,
              GraphFileFormat.Section.ARC_NEIGHBOURS,
              channel,
              0,
              length,
              checksums,
              MappedSection.CHUNK_BITS);
      IntColumn numbers = MappedColumns.numbers(section, Integer.BYTES);
      assertThat(numbers.get(numbers.size() - 1)).isEqualTo(3);
      assertThat(numbers.get(numbers.size() - 4)).isZero();
      assertThat(numbers.get(1 << 29)).isZero();
    }
  }

  private static int checksum(byte[] bytes) {
    CRC32C checksum = new CRC32C();
    checksum.update(bytes);
    return (int) checksum.getValue();
  }

  @Test
  void theNumberOfRangesMakesNoDifference() {
    SplittableRandom random = new SplittableRandom(20261122);
    TripleColumns triples = new TripleColumns(true, true);
    int entities = 500;
    for (int i = 0; i < 20_000; i++) {
      int hub = random.nextInt(4) == 0 ? 7 : random.nextInt(entities);
      triples.add(
          random.nextInt(entities), random.nextInt(3), hub, random.nextInt(5), i + 1, i % 2);
    }
    ShortTexts names = new ShortTexts();
    names.add("http://g/1");
    AdjacencySorter.Sorted one = AdjacencySorter.sort(entities, 3, triples, names, 1);
    AdjacencySorter.Sorted seven = AdjacencySorter.sort(entities, 3, triples, names, 7);
    assertThat(seven.duplicates()).isEqualTo(one.duplicates()).isPositive();
    assertThat(told(seven)).isEqualTo(told(one));
  }

  private static String told(AdjacencySorter.Sorted sorted) {
    StringBuilder all = new StringBuilder();
    AdjacencyArrays arcs = sorted.arcs();
    for (int v = 0; v < arcs.entityCount(); v++) {
      int rank = 0;
      for (int a = arcs.arcStart(v); a < arcs.arcEnd(v); a++) {
        all.append(arcs.neighbour(a)).append(' ').append(arcs.labelAt(a)).append(' ');
        all.append(arcs.weightAt(a)).append(' ');
        TripleSources sources = sorted.sources();
        if (!arcs.inverseAt(a) && sources != null) {
          all.append(sources.get(v, rank++));
        }
      }
      all.append('\n');
    }
    return all.toString();
  }

  @Test
  void longIdsAreSortedWithoutReadingThemAgainAndAgain() {
    IdDictionaryBuilder builder = new IdDictionaryBuilder();
    String same = "x".repeat(400_000);
    for (String end : new String[] {"c", "a", "b", "", "\0\0", "\0"}) {
      builder.add(IdKeys.require(same + end));
    }
    assertThat(builder.freeze().numbers()).containsExactly(5, 3, 4, 0, 2, 1);
  }

  @Test
  void aBatchIsFullBeforeItsBytesOverflow() {
    TripleBatch batch = new TripleBatch();
    byte[] large = new byte[CompactGraphBuilder.MAX_TEXT_BYTES];
    Arrays.fill(large, (byte) 'x');
    int triples = 0;
    for (; !batch.isFull(); triples++) {
      for (int field = 0; field < 3; field++) {
        batch.field(large, 0, large.length, field);
      }
      batch.endTriple(1, 0);
    }
    assertThat(triples).isEqualTo(6);
    CompactGraph graph = new CompactGraphBuilder().addAll(batch).build();
    assertThat(graph.duplicateTriples()).isEqualTo(5);
  }
}
