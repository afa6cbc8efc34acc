package ai.kale.train.fuzz;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Damage to files, from a seed. */
final class Mutation {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final int HEADER_AT = 8;
  private static final String[] VALUES = {
    "null",
    "true",
    "false",
    "0",
    "-1",
    "1",
    "1.5",
    "1e308",
    "1e999",
    "-0.0",
    "2147483647",
    "2147483648",
    "9223372036854775807",
    "9223372036854775808",
    "99999999999999999999999999999",
    "\"\"",
    "\"x\"",
    "\"../../etc/passwd\"",
    "\"/etc/passwd\"",
    "\"..\"",
    "\"part-1.safetensors/../../x\"",
    "\"C:\\\\x\"",
    "\"a\\u0000b\"",
    "\"F32\"",
    "\"F16\"",
    "\"F4\"",
    "\"F8_E8M0\"",
    "\"\\u0000\"",
    "\"\\ud800\"",
    "[]",
    "{}",
    "[[]]",
    "[1]",
    "[0,4]",
    "[4,0]",
    "[-1]",
    "[2147483647,2147483647]",
    "[9223372036854775807,2]",
    "[null]",
    "{\"a\":{}}",
  };

  private final SplittableRandom random;

  Mutation(SplittableRandom random) {
    this.random = random;
  }

  /** A file with a few bytes changed, cut, doubled, or put in. */
  byte[] bytes(byte[] good) {
    byte[] bytes = good.clone();
    for (int i = 1 + random.nextInt(4); i > 0 && bytes.length > 0; i--) {
      int at = random.nextInt(bytes.length);
      switch (random.nextInt(7)) {
        case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
        case 1 -> bytes[at] = (byte) random.nextInt(256);
        case 2 -> bytes[at] = (byte) "0123456789[]{},:\"-. eE\\".charAt(random.nextInt(23));
        case 3 -> bytes = Arrays.copyOf(bytes, at);
        case 4 -> bytes = Arrays.copyOf(bytes, bytes.length + random.nextInt(20));
        case 5 -> bytes = joined(bytes, at, Math.min(bytes.length, at + random.nextInt(60)));
        default -> bytes[at] = 0;
      }
    }
    return bytes;
  }

  private static byte[] joined(byte[] bytes, int from, int to) {
    ByteBuffer all = ByteBuffer.allocate(bytes.length + to - from);
    return all.put(bytes, 0, to).put(bytes, from, bytes.length - from).array();
  }

  /** A JSON file with a few of its values replaced, taken out, or put elsewhere. */
  byte[] json(byte[] good) throws IOException {
    if (random.nextInt(4) == 0) {
      return bytes(good);
    } else if (random.nextInt(40) == 0) {
      return deep();
    }
    JsonNode root = MAPPER.readTree(good);
    for (int i = 1 + random.nextInt(2); i > 0; i--) {
      List<JsonNode> holders = new ArrayList<>();
      collect(root, holders);
      change(holders.get(random.nextInt(holders.size())));
    }
    return MAPPER.writeValueAsBytes(root);
  }

  private byte[] deep() {
    String open = random.nextBoolean() ? "[" : "{\"a\":";
    return ("{\"x\":" + open.repeat(1 + random.nextInt(20_000))).getBytes(StandardCharsets.UTF_8);
  }

  private static void collect(JsonNode node, List<JsonNode> holders) {
    if (node.isContainerNode()) {
      holders.add(node);
      node.forEach(child -> collect(child, holders));
    }
  }

  private void change(JsonNode holder) throws IOException {
    JsonNode value = MAPPER.readTree(VALUES[random.nextInt(VALUES.length)]);
    if (holder instanceof ObjectNode object) {
      List<String> names = new ArrayList<>();
      object.fieldNames().forEachRemaining(names::add);
      String name = names.isEmpty() ? "x" : names.get(random.nextInt(names.size()));
      switch (random.nextInt(4)) {
        case 0 -> object.remove(name);
        case 1 -> object.set(name + "x", value);
        default -> object.set(name, value);
      }
    } else if (holder instanceof ArrayNode array) {
      int at = array.isEmpty() ? 0 : random.nextInt(array.size());
      switch (array.isEmpty() ? 1 : random.nextInt(3)) {
        case 0 -> array.remove(at);
        case 1 -> array.add(value);
        default -> array.set(at, value);
      }
    }
  }

  /** A safetensors file with damage to its bytes, its length, or its header's values. */
  byte[] safetensors(byte[] good) throws IOException {
    int length = (int) ByteBuffer.wrap(good).order(ByteOrder.LITTLE_ENDIAN).getLong(0);
    byte[] data = Arrays.copyOfRange(good, HEADER_AT + length, good.length);
    return switch (random.nextInt(4)) {
      case 0 -> bytes(good);
      case 1 -> {
        byte[] bytes = good.clone();
        long[] claims = {0, 1, -1, length - 1, length + 1, 100_000_000, 100_000_001, 1L << 62};
        long claim = random.nextInt(3) == 0 ? random.nextLong() : claims[random.nextInt(8)];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putLong(0, claim);
        yield bytes;
      }
      case 2 -> file(json(Arrays.copyOfRange(good, HEADER_AT, HEADER_AT + length)), data);
      default -> file(header().getBytes(StandardCharsets.UTF_8), data);
    };
  }

  private static byte[] file(byte[] header, byte[] data) {
    return ByteBuffer.allocate(HEADER_AT + header.length + data.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(header.length)
        .put(header)
        .put(data)
        .array();
  }

  /** A header whose tensors nearly fit. */
  private String header() {
    StringBuilder text = new StringBuilder("{");
    long at = 0;
    for (int i = random.nextInt(6); i > 0; i--) {
      long count = random.nextInt(5);
      long end = at + 4 * count;
      boolean wrong = random.nextInt(6) == 0;
      text.append("\"t").append(random.nextInt(5)).append("\":{\"dtype\":\"F32\",\"shape\":[");
      text.append(random.nextInt(8) == 0 ? "" : Long.toString(count))
          .append("],\"data_offsets\":[");
      text.append(at + (wrong ? random.nextInt(9) - 4 : 0)).append(',').append(end).append("]},");
      at = end;
    }
    return text.append("\"__metadata__\":{}}").toString();
  }
}
