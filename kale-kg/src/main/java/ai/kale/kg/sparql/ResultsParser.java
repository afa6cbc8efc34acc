package ai.kale.kg.sparql;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads {@code application/sparql-results+json} as a stream. A cut answer never passes for a short
 * one.
 */
final class ResultsParser {
  private static final JsonFactory JSON = new JsonFactory();

  private ResultsParser() {}

  /**
   * The rows of a whole answer, each by variable.
   *
   * @throws DamagedAnswerException if it is no JSON or does not end properly
   * @throws NoResultsException if it is other JSON
   */
  static List<Map<String, Term>> parse(byte[] body)
      throws DamagedAnswerException, NoResultsException {
    try (JsonParser parser = JSON.createParser(body)) {
      try {
        return results(parser);
      } catch (NoResultsException e) {
        while (parser.nextToken() != null) {
          // It may still be damaged further on.
        }
        throw e;
      }
    } catch (JsonProcessingException e) {
      // The parser's own message repeats a part of the answer, in which no secret can be found.
      JsonLocation at = e.getLocation();
      throw new DamagedAnswerException(
          "it is no JSON at line " + at.getLineNr() + ", column " + at.getColumnNr());
    } catch (IOException e) {
      throw new DamagedAnswerException("it is no text in UTF-8, UTF-16 or UTF-32");
    }
  }

  private static List<Map<String, Term>> results(JsonParser parser)
      throws IOException, DamagedAnswerException, NoResultsException {
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
      throw new DamagedAnswerException("something follows its end");
    }
    if (!found) {
      throw new NoResultsException("it has no results");
    }
    return rows;
  }

  private static boolean bindings(JsonParser parser, List<Map<String, Term>> rows)
      throws IOException, DamagedAnswerException, NoResultsException {
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

  private static Map<String, Term> row(JsonParser parser)
      throws IOException, DamagedAnswerException, NoResultsException {
    Map<String, Term> row = new HashMap<>();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String variable = parser.currentName();
      expect(parser.nextToken(), JsonToken.START_OBJECT);
      row.put(variable, term(parser));
    }
    expect(parser.currentToken(), JsonToken.END_OBJECT);
    return row;
  }

  private static Term term(JsonParser parser)
      throws IOException, DamagedAnswerException, NoResultsException {
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
      throws DamagedAnswerException, NoResultsException {
    if (token == null) {
      throw new DamagedAnswerException("it ends too early");
    }
    if (token != expected) {
      throw new NoResultsException("it has " + token + " where " + expected + " should be");
    }
  }
}
