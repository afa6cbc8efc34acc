package ai.kale.kg.sparql;

import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The one place that keeps secrets out of messages, logs and causes: the credentials, and the query
 * of the endpoint's address, which may hold a key. A server may repeat any of them, as they are or
 * escaped for a URL, HTML or JSON. Text from elsewhere is shown only after {@link #redact}, and
 * whole: a secret that was cut before is not found.
 */
final class Secrets {
  private static final String HIDDEN = "***";

  /** Below this many characters only whole words are hidden, or nothing could be read any more. */
  private static final int SHORT = 4;

  private final List<Pattern> patterns;

  private Secrets(Set<String> texts) {
    this.patterns =
        texts.stream()
            .filter(text -> !text.isBlank())
            .sorted(Comparator.comparingInt(String::length).reversed()) // none is a part of a later
            .map(Secrets::pattern)
            .toList();
  }

  static Secrets of(URI endpoint, Credentials credentials) {
    Set<String> texts = new TreeSet<>();
    credentials.secrets().forEach(secret -> addForms(secret, texts));
    String query = endpoint.getRawQuery();
    if (query != null) {
      addForms(query, texts);
      for (String parameter : query.split("[&;]")) {
        addForms(parameter.substring(parameter.indexOf('=') + 1), texts);
      }
    }
    return new Secrets(texts);
  }

  private static void addForms(String secret, Set<String> texts) {
    for (String form : List.of(secret, decoded(secret), decoded(secret.replace("+", "%2B")))) {
      texts.add(form);
      texts.add(URLEncoder.encode(form, StandardCharsets.UTF_8));
      String html = form.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
      texts.add(html);
      texts.add(html.replace("\"", "&quot;").replace("'", "&#39;"));
      texts.add(form.replace("\\", "\\\\").replace("\"", "\\\""));
      texts.add(form.replace("\\", "\\\\").replace("\"", "\\\"").replace("/", "\\/"));
    }
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return text; // a password with a per cent sign
    }
  }

  private static Pattern pattern(String text) {
    String quoted = Pattern.quote(text);
    return text.length() >= SHORT
        ? Pattern.compile(quoted, Pattern.CASE_INSENSITIVE) // %2f is %2F
        : Pattern.compile("(?<![\\p{L}\\p{N}])" + quoted + "(?![\\p{L}\\p{N}])");
  }

  /** A text from elsewhere, such as a server's message, without the secrets it may repeat. */
  String redact(String text) {
    String clean = text;
    for (Pattern pattern : patterns) {
      clean = pattern.matcher(clean).replaceAll(HIDDEN);
    }
    return clean;
  }

  /**
   * A failure as it is, or a copy of its text and stack trace if it may hold a secret: in its own
   * text, in that of a cause, or in suppressed failures.
   */
  Throwable redact(Throwable failure) {
    Throwable at = failure;
    while (at != null) {
      if (!redact(at.toString()).equals(at.toString()) || at.getSuppressed().length > 0) {
        IOException clean = new IOException(redact(failure.toString()));
        clean.setStackTrace(failure.getStackTrace());
        return clean;
      }
      at = at.getCause();
    }
    return failure;
  }

  @Override
  public String toString() {
    return HIDDEN;
  }
}
