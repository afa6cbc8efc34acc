package ai.kale.train.teacher;

import ai.kale.error.CorruptFileException;
import ai.kale.train.io.Json;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reads the header of a cache file and compares it with what is wanted. */
final class CacheHeader {
  private static final int MOST_BYTES = 1 << 20;

  private CacheHeader() {}

  /**
   * Tokens that each row of the file keeps.
   *
   * @throws CorruptFileException if the header is damaged, or the file was made from something
   *     else, with the parts that differ
   * @throws IOException if the file cannot be read
   */
  static int kept(Path file, TeacherKey key) throws IOException {
    JsonNode header = read(file);
    List<String> others = new ArrayList<>();
    for (Map.Entry<String, String> part : key.parts().entrySet()) {
      String found = header.path(part.getKey()).asText();
      if (!found.equals(part.getValue())) {
        others.add(part.getKey() + " (" + found + ", wanted " + part.getValue() + ")");
      }
    }
    if (!others.isEmpty()) {
      throw refused(file, "was made from another " + String.join(" and ", others));
    }
    int kept = header.path("kept").asInt();
    if (kept < 1 || kept > key.k()) {
      throw refused(file, "has a damaged header");
    }
    return kept;
  }

  private static JsonNode read(Path file) throws IOException {
    try (DataInputStream in = new DataInputStream(new FileInputStream(file.toFile()))) {
      ByteBuffer prefix =
          ByteBuffer.wrap(exactly(in, CacheLayout.PREFIX_BYTES)).order(ByteOrder.LITTLE_ENDIAN);
      if (prefix.getLong() != CacheLayout.MAGIC) {
        throw refused(file, "is not a teacher cache, or of another version");
      }
      int length = prefix.getInt();
      if (length < 2 || length > MOST_BYTES) {
        throw refused(file, "has a damaged header");
      }
      byte[] text = exactly(in, length);
      ByteBuffer all =
          ByteBuffer.allocate(CacheLayout.PREFIX_BYTES + length + CacheLayout.CRC_BYTES)
              .order(ByteOrder.LITTLE_ENDIAN);
      all.put(prefix.array()).put(text).put(exactly(in, CacheLayout.CRC_BYTES));
      if (!CacheLayout.sound(all.flip())) {
        throw refused(file, "has a damaged header");
      }
      return Json.parse(file, text);
    } catch (EOFException e) {
      throw refused(file, "is cut short");
    }
  }

  private static byte[] exactly(DataInputStream in, int count) throws IOException {
    byte[] bytes = new byte[count];
    in.readFully(bytes);
    return bytes;
  }

  static CorruptFileException refused(Path file, String what) {
    return new CorruptFileException(
        "the teacher cache " + file + " " + what + "; delete it and run again");
  }
}
