package ai.kale.examples.bench.path.pathenum;

import ai.kale.examples.bench.path.data.IntRows;
import ai.kale.examples.bench.path.data.SimpleGraph;
import ai.kale.run.AtomicFiles;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;

/**
 * What PathEnum reads, all of it numbers of four bytes, little end first: a folder with degrees
 * (size of a number, vertices, edges, then a degree for each vertex) and neighbours, for edges
 * going out and coming in; and a file of queries (size of a pair, pairs, then the pairs).
 *
 * @param folder where the files go
 */
record PathEnumFiles(Path folder) {
  private static final int BATCH = 1 << 14;

  /** Writes the graph; its edges go both ways, so those going out are those coming in. */
  void writeGraph(SimpleGraph graph) {
    int[] degrees = graph.degrees();
    int[] neighbours = graph.neighbours();
    int[] head = {Integer.BYTES, degrees.length, neighbours.length};
    for (String direction : new String[] {"out", "in"}) {
      write("b_" + direction + "_degree.bin", head, degrees);
      write("b_" + direction + "_adj.bin", new int[0], neighbours);
    }
  }

  /** Writes pairs under a name; its path. */
  Path writePairs(String name, IntRows pairs) {
    write(name, new int[] {2 * Integer.BYTES, pairs.size()}, pairs.values());
    return folder.resolve(name);
  }

  private void write(String name, int[] head, int[] values) {
    AtomicFiles.write(
        folder.resolve(name),
        out -> {
          write(out, head);
          write(out, values);
        });
  }

  private static void write(OutputStream out, int[] values) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(BATCH * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < values.length; i++) {
      bytes.putInt(values[i]);
      if (!bytes.hasRemaining() || i + 1 == values.length) {
        out.write(bytes.array(), 0, bytes.position());
        bytes.clear();
      }
    }
  }
}
