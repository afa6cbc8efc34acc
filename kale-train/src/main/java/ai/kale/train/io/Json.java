package ai.kale.train.io;

import ai.kale.error.CorruptFileException;
import ai.kale.error.SetupException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** JSON trees to and from files. */
public final class Json {
  private static final ObjectMapper MAPPER = new ObjectMapper();

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
   * @return its tree
   * @throws SetupException if the file cannot be read
   * @throws CorruptFileException if it is not JSON
   */
  public static JsonNode read(Path file) {
    try {
      return MAPPER.readTree(Files.readAllBytes(file));
    } catch (JsonProcessingException e) {
      throw new CorruptFileException(
          file + " is not valid JSON: " + e.getOriginalMessage() + "; restore the file", e);
    } catch (IOException e) {
      throw new SetupException(file + " cannot be read: " + e + "; check path and rights", e);
    }
  }
}
