package ai.kale.kg.sparql;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads {@code application/sparql-results+json} as a stream. A page that does not end properly is
 * an {@link IOException}: a cut answer never passes for a short one.
 */
final class ResultsParser {
  private static final JsonFactory JSON = new JsonFactory();

  private ResultsParser() {}

  /** The rows of a whole answer, each by variable. */
  static List<Map<String, Term>> parse(byte[] body) throws IOException {
    try (JsonParser parser = JSON.createParser(body)) {
      expect(parser.nextToken(), JsonToken.START_OBJECT);
      List<Map<String, Term>> rows = new ArrayList<>();
      boolean found = false;
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        boolean results = parser.currentName().equals("results");
        JsonToken value = parser.nextToken();
        if (results && value == JsonToken.START_OBJECT) {
          found |= bindings(parser, rows);
        } else {
          parser.skipChildren();
        }
      }
      expect(parser.currentToken(), JsonToken.END_OBJECT);
      if (parser.nextToken() != null) {
        throw new IOException("something follows the end of the answer");
      }
      if (!found) {
        throw new IOException("the answer has no results");
      }
      return rows;
    }
  }

  private static boolean bindings(JsonParser parser, List<Map<String, Term>> rows)
      throws IOException {
    boolean found = false;
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      boolean bindings = parser.currentName().equals("bindings");
      JsonToken value = parser.nextToken();
      if (bindings && value == JsonToken.START_ARRAY) {
        found = true;
        while (parser.nextToken() == JsonToken.START_OBJECT) {
          rows.add(row(parser));
        }
        expect(parser.currentToken(), JsonToken.END_ARRAY);
      } else {
        parser.skipChildren();
      }
    }
    expect(parser.currentToken(), JsonToken.END_OBJECT);
    return found;
  }

  private static Map<String, Term> row(JsonParser parser) throws IOException {
    Map<String, Term> row = new HashMap<>();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String variable = parser.currentName();
      expect(parser.nextToken(), JsonToken.START_OBJECT);
      row.put(variable, term(parser));
    }
    expect(parser.currentToken(), JsonToken.END_OBJECT);
    return row;
  }

  private static Term term(JsonParser parser) throws IOException {
    String type = "";
    String text = "";
    String language = "";
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String field = parser.currentName();
      JsonToken value = parser.nextToken();
      if (value == JsonToken.VALUE_STRING) {
        switch (field) {
          case "type" -> type = parser.getText();
          case "value" -> text = parser.getText();
          case "xml:lang" -> language = parser.getText();
          default -> {}
        }
      } else {
        parser.skipChildren(); // a quoted triple
      }
    }
    expect(parser.currentToken(), JsonToken.END_OBJECT);
    return new Term(type, text, language);
  }

  private static void expect(@org.jspecify.annotations.Nullable JsonToken token, JsonToken expected)
      throws IOException {
    if (token != expected) {
      throw new IOException(
          token == null
              ? "the answer is cut short"
              : "the answer is no SPARQL result: " + token + " where " + expected + " should be");
    }
  }
}
