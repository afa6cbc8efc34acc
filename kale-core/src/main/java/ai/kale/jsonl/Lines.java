package ai.kale.jsonl;

import ai.kale.error.InvalidInputException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Splits bytes into lines and checks each on its own, so that an error has its exact line. */
final class Lines {
  /** Longest line; a longer one is not JSONL but some other file. */
  static final int MAX_BYTES = 64 << 20;

  private final InputStream in;
  private final String source;
  private long number;

  Lines(InputStream in, String source) {
    this.in = in;
    this.source = source;
  }

  /** Number of the line returned last, from 1. */
  long number() {
    return number;
  }

  /** The next line that is not blank, or null at the end. */
  @Nullable String next() throws IOException {
    while (true) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
      int b = in.read();
      if (b < 0) {
        return null;
      }
      number++;
      while (b >= 0 && b != '\n') {
        bytes.write(b);
        if (bytes.size() > MAX_BYTES) {
          throw new InvalidInputException(
              source, number, "the line is longer than 64 MiB; is this a JSONL file?");
        }
        b = in.read();
      }
      String text = decode(bytes.toByteArray());
      if (!text.isBlank()) {
        return text;
      }
    }
  }

  private String decode(byte[] bytes) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return number == 1 && text.startsWith("\uFEFF") ? text.substring(1) : text;
    } catch (CharacterCodingException e) {
      throw new InvalidInputException(
          source, number, "the line is not UTF-8; convert the file to UTF-8", e);
    }
  }

  static ObjectNode parse(String text, String source, long line) {
    JsonNode node;
    try {
      node = Json.MAPPER.readTree(text);
    } catch (JsonProcessingException e) {
      String where = e.getLocation() == null ? "" : " at column " + e.getLocation().getColumnNr();
      throw new InvalidInputException(
          source,
          line,
          "the line is not JSON" + where + ": " + e.getOriginalMessage() + "; one object a line",
          e);
    }
    if (node instanceof ObjectNode object) {
      return object;
    }
    throw new InvalidInputException(source, line, "the line must be one JSON object {...}");
  }
}
