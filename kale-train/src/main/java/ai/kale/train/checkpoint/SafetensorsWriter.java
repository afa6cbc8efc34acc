package ai.kale.train.checkpoint;

import ai.kale.run.AtomicFiles;
import ai.kale.train.io.Json;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** Writes safetensors files: the same bytes for the same content, replaced whole or not at all. */
public final class SafetensorsWriter {
  private static final int ALIGNMENT = 8;
  private static final int CHUNK = 1 << 16;

  private SafetensorsWriter() {}

  /**
   * Writes a file. One tensor is held in memory at a time.
   *
   * @param file the file; its folder must exist
   * @param shapes names and shapes, written in the map's order
   * @param values called once for each name, in order; as many values as the shape holds
   * @param type {@link TensorType#F32}, or {@link TensorType#F16} or {@link TensorType#BF16},
   *     rounded to nearest even
   * @param metadata free-form; {@code format=pt} is added, which Hugging Face libraries ask for
   * @throws ai.kale.error.SetupException if the file cannot be written
   */
  public static void write(
      Path file,
      Map<String, long[]> shapes,
      Function<String, float[]> values,
      TensorType type,
      Map<String, String> metadata) {
    if (!type.isReadable()) {
      throw new IllegalArgumentException("only F32, F16 and BF16 can be written; got " + type);
    }
    byte[] header = header(shapes, type, metadata);
    AtomicFiles.write(
        file,
        out -> {
          out.write(
              ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(header.length).array());
          out.write(header);
          for (Map.Entry<String, long[]> tensor : shapes.entrySet()) {
            float[] floats = values.apply(tensor.getKey());
            if (floats.length != count(tensor.getValue())) {
              throw new IllegalArgumentException(
                  tensor.getKey()
                      + ": "
                      + floats.length
                      + " values for shape "
                      + Arrays.toString(tensor.getValue()));
            }
            writeFloats(out, floats, type);
          }
        });
  }

  private static byte[] header(
      Map<String, long[]> shapes, TensorType type, Map<String, String> metadata) {
    ObjectNode json = Json.object();
    ObjectNode free = json.putObject("__metadata__");
    Map<String, String> sorted = new TreeMap<>(metadata);
    sorted.putIfAbsent("format", "pt");
    sorted.forEach(free::put);
    long offset = 0;
    for (Map.Entry<String, long[]> tensor : shapes.entrySet()) {
      ObjectNode node = json.putObject(tensor.getKey());
      node.put("dtype", type.name());
      ArrayNode sizes = node.putArray("shape");
      for (long size : tensor.getValue()) {
        sizes.add(size);
      }
      long end = offset + count(tensor.getValue()) * type.bytes();
      node.putArray("data_offsets").add(offset).add(end);
      offset = end;
    }
    byte[] text = json.toString().getBytes(StandardCharsets.UTF_8);
    byte[] padded = Arrays.copyOf(text, (text.length + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT);
    Arrays.fill(padded, text.length, padded.length, (byte) ' ');
    return padded;
  }

  private static long count(long[] shape) {
    long count = 1;
    for (long size : shape) {
      count = Math.multiplyExact(count, size);
    }
    return count;
  }

  private static void writeFloats(OutputStream out, float[] values, TensorType type)
      throws IOException {
    ByteBuffer chunk = ByteBuffer.allocate(CHUNK * type.bytes()).order(ByteOrder.LITTLE_ENDIAN);
    for (int at = 0; at < values.length; at += CHUNK) {
      int count = Math.min(CHUNK, values.length - at);
      if (type == TensorType.F32) {
        chunk.asFloatBuffer().put(values, at, count);
      } else {
        for (int i = 0; i < count; i++) {
          float value = values[at + i];
          chunk.putShort(
              i * 2,
              type == TensorType.F16
                  ? HalfPrecision.fromFloat(value)
                  : BrainFloat.fromFloat(value));
        }
      }
      out.write(chunk.array(), 0, count * type.bytes());
    }
  }
}
