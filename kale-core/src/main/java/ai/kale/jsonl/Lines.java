package ai.kale.jsonl;

import ai.kale.error.InvalidInputException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Splits a text file into lines and checks each on its own, so that an error has its exact line.
 * UTF-8, strictly; a byte order mark and gzip are allowed. Constant memory; for one thread, one
 * pass.
 */
public final class Lines implements AutoCloseable {
  /** Longest line; a longer one is not a text of lines but some other file. */
  static final int MAX_BYTES = 64 << 20;

  private final InputStream in;
  private final String source;
  private long number;

  Lines(InputStream in, String source) {
    this.in = in;
    this.source = source;
  }

  /**
   * Opens a file.
   *
   * @param file plain or gzip
   * @return its lines; close them
   * @throws ai.kale.error.SetupException if the file cannot be opened
   */
  public static Lines open(Path file) {
    return new Lines(TextFiles.open(file), file.toString());
  }

  /** Number of the line returned last, from 1; 0 before the first. */
  public long number() {
    return number;
  }

  /** The file's name, as errors have it. */
  public String source() {
    return source;
  }

  /**
   * The next line, blank or not, without its end.
   *
   * @return the line; empty at the end of the file
   * @throws InvalidInputException if it is not UTF-8, or longer than 64 MiB
   * @throws ai.kale.error.SetupException if the file cannot be read
   * @throws ai.kale.error.CorruptFileException if its gzip is damaged
   */
  public Optional<String> nextLine() {
    try {
      return Optional.ofNullable(raw());
    } catch (IOException e) {
      throw TextFiles.failure(Path.of(source), e);
    }
  }

  /** The next line that is not blank, or null at the end. */
  @Nullable String next() throws IOException {
    String text = raw();
    while (text != null && text.isBlank()) {
      text = raw();
    }
    return text;
  }

  private @Nullable String raw() throws IOException {
    int b = in.read();
    if (b < 0) {
      return null;
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
    number++;
    while (b >= 0 && b != '\n') {
      bytes.write(b);
      if (bytes.size() > MAX_BYTES) {
        throw new InvalidInputException(
            source, number, "the line is longer than 64 MiB; is this a JSONL file?");
      }
      b = in.read();
    }
    return decode(bytes.toByteArray());
  }

  private String decode(byte[] bytes) {
    int length =
        bytes.length > 0 && bytes[bytes.length - 1] == '\r' ? bytes.length - 1 : bytes.length;
    try {
      String text =
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, 0, length)).toString();
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
      throw notJson(e, source, line);
    }
    if (node instanceof ObjectNode object) {
      return object;
    }
    throw new InvalidInputException(source, line, "the line must be one JSON object {...}");
  }

  /** The same without some fields, which are skipped and never held as a tree. */
  static ObjectNode parse(String text, String source, long line, Set<String> skipped) {
    if (skipped.isEmpty()) {
      return parse(text, source, line);
    }
    try (JsonParser parser = Json.MAPPER.createParser(text)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return parse(text, source, line);
      }
      ObjectNode object = Json.object(parser, skipped);
      if (parser.nextToken() != null) {
        throw new InvalidInputException(source, line, "the line must be one JSON object {...}");
      }
      return object;
    } catch (JsonProcessingException e) {
      throw notJson(e, source, line);
    } catch (IOException e) {
      throw new IllegalStateException("a text in memory could not be read", e);
    }
  }

  private static InvalidInputException notJson(
      JsonProcessingException e, String source, long line) {
    String where = e.getLocation() == null ? "" : " at column " + e.getLocation().getColumnNr();
    return new InvalidInputException(
        source,
        line,
        "the line is not JSON" + where + ": " + e.getOriginalMessage() + "; one object a line",
        e);
  }

  @Override
  public void close() {
    try {
      in.close();
    } catch (IOException e) {
      throw TextFiles.failure(Path.of(source), e);
    }
  }
}
