package ai.kale.jsonl;

import ai.kale.error.InvalidInputException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Objects of a JSON file that is not line by line, through Jackson's token stream. */
final class JsonSource implements JsonObjects.Source {
  private enum Layout {
    ARRAY,
    MEMBERS,
    SEQUENCE
  }

  private final Path file;
  private final JsonParser parser;
  private final Layout layout;
  private final Optional<String> member;
  private final Set<String> skipped;
  private boolean begun;
  private boolean ended;
  private long line;
  private String key = "";

  private JsonSource(Path file, Layout layout, Optional<String> member, Set<String> skipped) {
    this.file = file;
    this.layout = layout;
    this.member = member;
    this.skipped = skipped;
    try {
      this.parser = Json.MAPPER.createParser(TextFiles.reader(file));
    } catch (IOException e) {
      throw TextFiles.failure(file, e);
    }
  }

  static JsonSource ofArray(Path file, Optional<String> member, Set<String> skipped) {
    return new JsonSource(file, Layout.ARRAY, member, skipped);
  }

  static JsonSource ofMembers(Path file) {
    return new JsonSource(file, Layout.MEMBERS, Optional.empty(), Set.of());
  }

  static JsonSource ofSequence(Path file) {
    return new JsonSource(file, Layout.SEQUENCE, Optional.empty(), Set.of());
  }

  @Override
  public @Nullable ObjectNode next() throws IOException {
    try {
      if (!begun) {
        begun = true;
        begin();
      }
      return ended ? null : object();
    } catch (JsonProcessingException e) {
      long at = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
      String column = e.getLocation() == null ? "" : " at column " + e.getLocation().getColumnNr();
      throw new InvalidInputException(
          file.toString(),
          Math.max(at, 0),
          "the file is not JSON" + column + ": " + e.getOriginalMessage(),
          e);
    }
  }

  private void begin() throws IOException {
    if (member.isPresent()) {
      expect(parser.nextToken(), JsonToken.START_OBJECT, "the file must be one JSON object {...}");
      toMember(member.get());
      expect(parser.nextToken(), JsonToken.START_ARRAY, member.get() + " must be a list");
    } else if (layout == Layout.ARRAY) {
      expect(parser.nextToken(), JsonToken.START_ARRAY, "the file must be one JSON list [...]");
    } else if (layout == Layout.MEMBERS) {
      expect(parser.nextToken(), JsonToken.START_OBJECT, "the file must be one JSON object {...}");
    }
  }

  private void toMember(String name) throws IOException {
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      if (parser.currentName().equals(name)) {
        return;
      }
      parser.nextToken();
      parser.skipChildren();
    }
    throw wrong(name + " is missing; add it, or is this another format?");
  }

  private @Nullable ObjectNode object() throws IOException {
    JsonToken token = parser.nextToken();
    if (layout == Layout.MEMBERS && token == JsonToken.FIELD_NAME) {
      key = parser.currentName();
      token = parser.nextToken();
    } else if (layout == Layout.SEQUENCE ? token == null : token != null && token.isStructEnd()) {
      end();
      return null;
    }
    line = parser.currentTokenLocation().getLineNr();
    String what = key.isEmpty() ? "each item" : key;
    expect(token, JsonToken.START_OBJECT, what + " must be an object {...}");
    return Json.object(parser, skipped);
  }

  /** Reads the file to its end, so that one cut short behind the last object is noticed. */
  private void end() throws IOException {
    ended = true;
    if (member.isPresent()) {
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        parser.nextToken();
        parser.skipChildren();
      }
    }
    if (layout != Layout.SEQUENCE && parser.nextToken() != null) {
      throw wrong("there is something behind the end of the JSON value; remove it");
    }
  }

  private void expect(@Nullable JsonToken token, JsonToken wanted, String message) {
    if (token != wanted) {
      throw wrong(message + (token == null ? " but the file ends here" : ""));
    }
  }

  private InvalidInputException wrong(String message) {
    long at = parser.currentTokenLocation().getLineNr();
    return new InvalidInputException(file.toString(), Math.max(at, 1), message);
  }

  @Override
  public long line() {
    return line;
  }

  @Override
  public String key() {
    return key;
  }

  @Override
  public void close() {
    try {
      parser.close();
    } catch (IOException e) {
      throw TextFiles.failure(file, e);
    }
  }
}
