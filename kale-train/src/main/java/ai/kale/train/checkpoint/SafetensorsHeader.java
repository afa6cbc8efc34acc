package ai.kale.train.checkpoint;

import ai.kale.error.CorruptFileException;
import ai.kale.train.io.Json;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The JSON header of a safetensors file, checked against the file's length. */
final class SafetensorsHeader {
  /** Longest header the format allows, in bytes. */
  static final long MAX_BYTES = 100_000_000;

  private static final String METADATA = "__metadata__";

  private final Path file;
  private final Map<String, TensorInfo> tensors = new LinkedHashMap<>();
  private final Map<String, String> metadata = new LinkedHashMap<>();

  private SafetensorsHeader(Path file) {
    this.file = file;
  }

  /**
   * Parses and checks a header.
   *
   * @param file named in errors
   * @param json the header's bytes
   * @param dataBytes length of the data section
   */
  static SafetensorsHeader parse(Path file, byte[] json, long dataBytes) {
    SafetensorsHeader header = new SafetensorsHeader(file);
    if (json.length == 0 || json[0] != '{') {
      throw header.corrupt("the header does not begin with '{'");
    }
    for (Map.Entry<String, JsonNode> field : Json.parse(file, json).properties()) {
      if (field.getKey().equals(METADATA)) {
        header.readMetadata(field.getValue());
      } else {
        header.tensors.put(field.getKey(), header.readTensor(field.getKey(), field.getValue()));
      }
    }
    header.checkLayout(dataBytes);
    return header;
  }

  Map<String, TensorInfo> tensors() {
    return Collections.unmodifiableMap(tensors);
  }

  Map<String, String> metadata() {
    return Collections.unmodifiableMap(metadata);
  }

  private void readMetadata(JsonNode node) {
    if (!node.isObject()) {
      throw corrupt(METADATA + " must be an object; got " + brief(node));
    }
    for (Map.Entry<String, JsonNode> field : node.properties()) {
      if (!field.getValue().isTextual()) {
        throw corrupt(METADATA + "." + field.getKey() + " must be text");
      }
      metadata.put(field.getKey(), field.getValue().textValue());
    }
  }

  private TensorInfo readTensor(String name, JsonNode node) {
    JsonNode typeName = node.path("dtype");
    TensorType type = typeName.isTextual() ? TensorType.of(typeName.textValue()) : null;
    if (type == null) {
      throw corrupt("tensor " + name + " has an unknown dtype " + brief(typeName));
    }
    long[] shape = integers(name, "shape", node.path("shape"));
    long[] offsets = integers(name, "data_offsets", node.path("data_offsets"));
    if (offsets.length != 2 || offsets[1] < offsets[0]) {
      throw corrupt("tensor " + name + " has data_offsets that are not a begin and an end");
    }
    long bytes = type.bytes();
    try {
      for (long size : shape) {
        bytes = Math.multiplyExact(bytes, size);
      }
    } catch (ArithmeticException e) {
      throw corrupt(
          "tensor " + name + " has a shape beyond any file: " + brief(node.path("shape")));
    }
    if (bytes != offsets[1] - offsets[0]) {
      throw corrupt(
          "tensor "
              + name
              + " of type "
              + type
              + " and shape "
              + brief(node.path("shape"))
              + " needs "
              + bytes
              + " bytes, but data_offsets span "
              + (offsets[1] - offsets[0]));
    }
    return new TensorInfo(name, type, shape, offsets[0], offsets[1]);
  }

  private long[] integers(String name, String field, JsonNode node) {
    if (!node.isArray()) {
      throw corrupt("tensor " + name + " has no list " + field);
    }
    long[] values = new long[node.size()];
    for (int i = 0; i < values.length; i++) {
      JsonNode value = node.get(i);
      if (!value.isIntegralNumber() || !value.canConvertToLong() || value.longValue() < 0) {
        throw corrupt(
            "tensor "
                + name
                + ": "
                + field
                + " must hold non-negative integers; got "
                + brief(value));
      }
      values[i] = value.longValue();
    }
    return values;
  }

  /** Tensors must cover the data section from 0 to its end, one after the other. */
  private void checkLayout(long dataBytes) {
    List<TensorInfo> inOrder = new ArrayList<>(tensors.values());
    inOrder.sort(Comparator.comparingLong(TensorInfo::begin).thenComparingLong(TensorInfo::end));
    long position = 0;
    for (TensorInfo tensor : inOrder) {
      if (tensor.begin() != position) {
        throw corrupt(
            "tensor "
                + tensor.name()
                + " begins at byte "
                + tensor.begin()
                + " of the data but the one before it ends at "
                + position);
      }
      position = tensor.end();
    }
    if (position != dataBytes) {
      throw corrupt(
          "the header describes " + position + " bytes of data but the file holds " + dataBytes);
    }
  }

  private static String brief(JsonNode node) {
    String text = node.isMissingNode() ? "(missing)" : node.toString();
    return text.length() > 80 ? text.substring(0, 80) + "..." : text;
  }

  private CorruptFileException corrupt(String what) {
    return new CorruptFileException(file + ": " + what + "; copy the file again from its source");
  }
}
