package ai.kale.train.io;

import ai.kale.error.CorruptFileException;
import ai.kale.error.SetupException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** JSON objects to and from files. Reading is strict: UTF-8, no duplicate keys, nothing after. */
public final class Json {
  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private static final long MAX_BYTES = 256L << 20;

  private Json() {}

  /** A new empty object. */
  public static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  /**
   * Indented text, with {@code \n} at the end.
   *
   * @param node any tree
   * @return the text
   */
  public static String pretty(JsonNode node) {
    try {
      String text = MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(node);
      return text.replace("\r\n", "\n") + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree could not be written as JSON", e);
    }
  }

  /**
   * Reads a file.
   *
   * @param file a JSON file
   * @return the object it holds
   * @throws SetupException if the file is not there or cannot be read
   * @throws CorruptFileException if it is not one JSON object
   */
  public static JsonNode read(Path file) {
    SourceFiles.require(file, "name a folder that holds it");
    try {
      long size = Files.size(file);
      if (size > MAX_BYTES) {
        throw new CorruptFileException(
            file + ": " + size + " bytes are more than any such file holds; replace the file");
      }
      return parse(file, Files.readAllBytes(file));
    } catch (IOException e) {
      throw new SetupException(file + " cannot be read: " + e + "; check path and rights", e);
    }
  }

  /**
   * Parses a file's content, or a part of it.
   *
   * @param file named in errors
   * @param bytes must be UTF-8 and one JSON object
   * @return the object
   * @throws CorruptFileException if they are not
   */
  public static JsonNode parse(Path file, byte[] bytes) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      JsonNode node = MAPPER.readTree(text);
      if (!node.isObject()) {
        throw new CorruptFileException(file + ": a JSON object is expected; replace the file");
      }
      return node;
    } catch (CharacterCodingException e) {
      throw new CorruptFileException(file + ": the JSON is not UTF-8; replace the file", e);
    } catch (JsonProcessingException e) {
      throw new CorruptFileException(
          file + ": not valid JSON (" + e.getOriginalMessage() + "); replace the file", e);
    }
  }
}
