package ai.kale.teacher.openai;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the first part of a secret where a text was cut behind it: at the end of the text or a
 * line, or before {@code ...}. Each of its characters may be escaped.
 */
final class CutSecrets {
  private static final Pattern CUT = Pattern.compile("\\s*(?:\\z|\\R|\\.\\.\\.|…)");

  /** An escape that was cut itself. */
  private static final Pattern HALF =
      Pattern.compile("(?:\\\\(?:u[0-9a-fA-F]{0,3})?|%.?|&[#\\w]*)\\z");

  private final List<String> secrets = new ArrayList<>();
  private final Map<Character, Pattern> characters = new HashMap<>();

  CutSecrets(List<String> secrets) {
    for (String secret : secrets) {
      this.secrets.add(secret);
      secret
          .chars()
          .forEach(
              c ->
                  characters.computeIfAbsent(
                      (char) c, one -> Pattern.compile(Redactor.escapable(String.valueOf(one)))));
    }
  }

  /**
   * Hides them.
   *
   * @param least how many characters of a secret are hidden at least
   */
  String hide(String text, int least, String hidden) {
    String clean = text;
    for (String secret : secrets) {
      if (secret.length() >= least) {
        clean = without(clean, secret, least, hidden);
      }
    }
    return clean;
  }

  private String without(String text, String secret, int least, String hidden) {
    Matcher first = pattern(secret, 0).matcher(text);
    StringBuilder clean = new StringBuilder();
    int copied = 0;
    int from = 0;
    while (from <= text.length() && first.find(from)) {
      from = first.start() + 1;
      int end = partEnd(text, first.start(), secret, least);
      if (end >= 0) {
        clean.append(text, copied, first.start()).append(hidden);
        copied = end;
        from = end;
      }
    }
    return copied == 0 ? text : clean.append(text, copied, text.length()).toString();
  }

  /** Where the part of a secret ends that begins here; -1 if none does, or the text goes on. */
  private int partEnd(String text, int start, String secret, int least) {
    int at = start;
    int length = 0;
    while (length < secret.length()) {
      Matcher next = pattern(secret, length).matcher(text).region(at, text.length());
      if (!next.lookingAt()) {
        break;
      }
      at = next.end();
      length++;
    }
    if (length < least) {
      return -1;
    }
    if (HALF.matcher(text).region(at, text.length()).lookingAt()) {
      return text.length();
    }
    return CUT.matcher(text).region(at, text.length()).lookingAt() ? at : -1;
  }

  private Pattern pattern(String secret, int at) {
    Pattern pattern = characters.get(secret.charAt(at));
    if (pattern == null) {
      throw new IllegalStateException("a character without a pattern");
    }
    return pattern;
  }

  @Override
  public String toString() {
    return "CutSecrets[hidden]";
  }
}
