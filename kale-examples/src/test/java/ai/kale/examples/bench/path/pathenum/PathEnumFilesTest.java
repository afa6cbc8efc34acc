package ai.kale.examples.bench.path.pathenum;

import static org.assertj.core.api.Assertions.assertThat;

import ai.kale.examples.bench.path.data.IntRows;
import ai.kale.examples.bench.path.data.SimpleGraph;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PathEnumFilesTest {
  @SuppressWarnings("NullAway.Init") // set by JUnit
  @TempDir
  Path folder;

  private int[] numbers(String name) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(folder.resolve(name)));
    int[] numbers = new int[bytes.remaining() / 4];
    bytes.order(ByteOrder.LITTLE_ENDIAN).asIntBuffer().get(numbers);
    return numbers;
  }

  @Test
  void theGraphHasDegreesAndNeighboursInBothDirections() throws Exception {
    IntRows triples = new IntRows(3, new int[] {0, 0, 1, 0, 1, 1, 1, 0, 3});

    new PathEnumFiles(folder).writeGraph(SimpleGraph.of(triples, 4));

    for (String direction : new String[] {"out", "in"}) {
      assertThat(numbers("b_" + direction + "_degree.bin")).containsExactly(4, 4, 4, 1, 2, 0, 1);
      assertThat(numbers("b_" + direction + "_adj.bin")).containsExactly(1, 0, 3, 1);
    }
  }

  @Test
  void pairsHaveTheirSizeAndNumberInFront() throws Exception {
    PathEnumFiles files = new PathEnumFiles(folder);

    files.writePairs("pairs.bin", new IntRows(2, new int[] {3, 1, 0, 3}));

    assertThat(numbers("pairs.bin")).containsExactly(8, 2, 3, 1, 0, 3);
  }

  @Test
  void manyPairsAreWrittenWhole() throws Exception {
    int[] values = IntStream.range(0, 100_000).toArray();

    new PathEnumFiles(folder).writePairs("pairs.bin", new IntRows(2, values));

    assertThat(numbers("pairs.bin")).hasSize(100_002).endsWith(99_998, 99_999);
  }
}
