package ai.kale.teacher;

import ai.kale.spi.TeacherModel.Ending;
import ai.kale.spi.TeacherModel.Reply;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.zip.CRC32;

/**
 * One line of a journal: a reply, under the key of what was asked, or an attempt whose reply was
 * lost and that counts in the budget all the same. The last field of a line is the CRC-32 of all
 * bytes before it.
 *
 * @param key of the request; empty where the reply was lost
 * @param reply empty where it was lost
 * @param charge what the attempt counts with in a budget
 */
record JournalLine(String key, String teacher, Optional<Reply> reply, Charge charge) {
  static final String HEADER = "{\"kale\":\"reply/1\",";

  private static final ObjectMapper MAPPER =
      JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();
  private static final String SEAL = ",\"crc32\":\"";
  private static final int SEAL_LENGTH = SEAL.length() + 8 + 2;

  /** The sealed line, with its line break. */
  byte[] toBytes() {
    ObjectNode node = MAPPER.createObjectNode().put("kale", "reply/1");
    if (reply.isPresent()) {
      node.put("key", key)
          .put("teacher", teacher)
          .put("text", reply.get().text())
          .put("ending", reply.get().ending().name())
          .put("promptTokens", reply.get().promptTokens())
          .put("completionTokens", reply.get().completionTokens());
    } else {
      node.put("lost", true).put("teacher", teacher);
    }
    if (reply.isEmpty() || !charge.isCounted(reply.get())) {
      node.put("chargedPrompt", charge.promptTokens())
          .put("chargedCompletion", charge.completionTokens());
    }
    String json;
    try {
      json = MAPPER.writeValueAsString(node);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a journal line could not be written", e);
    }
    byte[] open = json.substring(0, json.length() - 1).getBytes(StandardCharsets.UTF_8);
    byte[] seal = (SEAL + crc(open, open.length) + "\"}\n").getBytes(StandardCharsets.US_ASCII);
    byte[] line = new byte[open.length + seal.length];
    System.arraycopy(open, 0, line, 0, open.length);
    System.arraycopy(seal, 0, line, open.length, seal.length);
    return line;
  }

  /** Whether a line without its line break ends in the checksum of what stands before. */
  static boolean isSealed(byte[] line) {
    int open = line.length - SEAL_LENGTH;
    return open >= 0
        && new String(line, open, SEAL_LENGTH, StandardCharsets.ISO_8859_1)
            .equals(SEAL + crc(line, open) + "\"}");
  }

  /**
   * What a sealed line without its line break says.
   *
   * @throws IllegalArgumentException if it is not understood, with the reason
   */
  static JournalLine of(byte[] line) {
    JsonNode node;
    try {
      node = MAPPER.readTree(new String(line, StandardCharsets.UTF_8));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e.getOriginalMessage(), e);
    }
    if (node.path("lost").booleanValue()) {
      Charge charge = new Charge(count(node, "chargedPrompt"), count(node, "chargedCompletion"));
      return new JournalLine("", text(node, "teacher"), Optional.empty(), charge);
    }
    Reply reply =
        new Reply(
            text(node, "text"),
            count(node, "promptTokens"),
            count(node, "completionTokens"),
            Ending.valueOf(text(node, "ending")));
    Charge charge =
        node.has("chargedPrompt")
            ? new Charge(count(node, "chargedPrompt"), count(node, "chargedCompletion"))
            : Charge.of(reply);
    return new JournalLine(text(node, "key"), text(node, "teacher"), Optional.of(reply), charge);
  }

  private static String text(JsonNode node, String field) {
    if (!node.path(field).isTextual()) {
      throw new IllegalArgumentException("it has no " + field);
    }
    return node.path(field).textValue();
  }

  private static long count(JsonNode node, String field) {
    if (!node.path(field).canConvertToLong()) {
      throw new IllegalArgumentException("it has no " + field);
    }
    return node.path(field).longValue();
  }

  private static String crc(byte[] bytes, int length) {
    CRC32 crc = new CRC32();
    crc.update(bytes, 0, length);
    return String.format("%08x", crc.getValue());
  }
}
