package ai.kale.train.teacher;

import ai.kale.error.InvalidInputException;
import ai.kale.spi.tensor.Distributions;
import ai.kale.train.data.TrainingExample;
import ai.kale.train.io.Json;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.CRC32C;

/**
 * Where everything is in a file of {@link FrozenTeacherCache}, little-endian: magic {@code
 * KALETT03}, length and JSON of the header, its CRC-32C; then one record for each example in the
 * order of {@link ReadingPlan}: ids and log-probabilities (rows × k each), tails (rows), and the
 * CRC-32C of these.
 */
final class CacheLayout {
  static final long MAGIC = 0x33305454454C414BL;
  static final int PREFIX_BYTES = Long.BYTES + Integer.BYTES;
  static final int CRC_BYTES = Integer.BYTES;

  private final TeacherKey key;
  private final int kept;
  private final int[] order;
  private final int[] rows;
  private final long[] starts;
  private final byte[] header;
  private final long size;

  /**
   * Lays a file out.
   *
   * @param kept tokens of each row
   * @throws InvalidInputException if an example has no rationale, or is too large for a record
   */
  CacheLayout(TeacherKey key, int kept, List<TrainingExample> examples) {
    this.key = key;
    this.kept = kept;
    this.order = ReadingPlan.order(examples);
    long[] offsets = ReadingPlan.offsets(examples);
    this.rows = examples.stream().mapToInt(e -> e.answer().length).toArray();
    this.header = header(offsets[examples.size()], examples.size());
    this.starts = new long[examples.size()];
    long at = header.length;
    for (int example : order) {
      starts[example] = at;
      long bytes = rows[example] * (8L * kept + 4) + CRC_BYTES;
      if (bytes > Integer.MAX_VALUE) {
        throw new InvalidInputException(
            "question "
                + examples.get(example).questionId()
                + " has too many answer tokens to keep "
                + kept
                + " probabilities of each; keep fewer");
      }
      at += bytes;
    }
    this.size = at;
  }

  private byte[] header(long allRows, int examples) {
    ObjectNode json = Json.object();
    key.parts().forEach(json::put);
    json.put("kept", kept).put("rows", allRows).put("examples", examples);
    byte[] text = json.toString().getBytes(StandardCharsets.UTF_8);
    ByteBuffer bytes =
        ByteBuffer.allocate(PREFIX_BYTES + text.length + CRC_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putLong(MAGIC).putInt(text.length).put(text);
    bytes.putInt(crc(bytes.array(), bytes.position()));
    return bytes.array();
  }

  /** The first bytes of the file. */
  byte[] header() {
    return header.clone();
  }

  int examples() {
    return order.length;
  }

  /** Numbers of the examples in the order of their records. */
  int[] order() {
    return order.clone();
  }

  long start(int example) {
    return starts[example];
  }

  int rows(int example) {
    return rows[example];
  }

  int kept() {
    return kept;
  }

  /** Bytes of an example's record, checksum included. */
  int recordBytes(int example) {
    return rows[example] * (8 * kept + 4) + CRC_BYTES;
  }

  /** Bytes of the whole file. */
  long size() {
    return size;
  }

  /** Whether this is the layout of these examples. */
  boolean fits(List<TrainingExample> examples) {
    return examples.size() == rows.length
        && IntStream.range(0, rows.length)
            .allMatch(i -> examples.get(i).answer().length == rows[i]);
  }

  /** An example's record; its rows begin at {@code from} in the distributions. */
  byte[] encode(int example, Distributions all, int from) {
    byte[] bytes = new byte[recordBytes(example)];
    ByteBuffer record = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    int values = rows[example] * kept;
    record.asIntBuffer().put(all.ids(), from * kept, values);
    record.position(4 * values);
    record.asFloatBuffer().put(all.logProbabilities(), from * kept, values);
    record.position(8 * values);
    record.asFloatBuffer().put(all.tailLogProbabilities(), from, rows[example]);
    record.putInt(bytes.length - CRC_BYTES, crc(bytes, bytes.length - CRC_BYTES));
    return bytes;
  }

  /** Whether a record is as it was written. */
  static boolean sound(ByteBuffer record) {
    CRC32C crc = new CRC32C();
    crc.update(record.slice(0, record.limit() - CRC_BYTES));
    return (int) crc.getValue() == record.getInt(record.limit() - CRC_BYTES);
  }

  private static int crc(byte[] bytes, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, length);
    return (int) crc.getValue();
  }
}
