package ai.kale.kg.link;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** The names in a teacher's reply: a JSON array of strings, or one on each line. */
final class NamedTexts {
  private static final JsonFactory JSON = new JsonFactory();
  private static final Pattern FENCE = Pattern.compile("(?m)^\\s*```\\w*\\s*$");
  private static final Pattern BULLET = Pattern.compile("^(?:[-*•]|\\d{1,3}[.)])\\s+");
  private static final String NOTHING = "NONE";
  private static final String QUOTES = "\"'“”‘’«»`";

  private NamedTexts() {}

  /** Each name once, in order, without bullets and quotes around it. */
  static List<String> of(String reply) {
    String text = FENCE.matcher(reply).replaceAll("").strip();
    Set<String> names = new LinkedHashSet<>();
    if (!text.startsWith("[") || !addJson(text, names)) {
      names.clear();
      text.lines().map(NamedTexts::bare).forEach(names::add);
    }
    names.removeIf(name -> name.isBlank() || name.equals(NOTHING));
    return List.copyOf(names);
  }

  /** False if the text is something else than an array of strings. */
  private static boolean addJson(String text, Set<String> names) {
    try (JsonParser parser = JSON.createParser(text)) {
      parser.nextToken();
      while (parser.nextToken() == JsonToken.VALUE_STRING) {
        names.add(parser.getText().strip());
      }
      return parser.currentToken() == JsonToken.END_ARRAY && parser.nextToken() == null;
    } catch (IOException e) {
      return false;
    }
  }

  private static String bare(String line) {
    String name = BULLET.matcher(line.strip()).replaceFirst("").strip();
    while (name.length() > 1 && isQuote(name, 0) && isQuote(name, name.length() - 1)) {
      name = name.substring(1, name.length() - 1).strip();
    }
    return name;
  }

  private static boolean isQuote(String text, int index) {
    return QUOTES.indexOf(text.charAt(index)) >= 0;
  }
}
