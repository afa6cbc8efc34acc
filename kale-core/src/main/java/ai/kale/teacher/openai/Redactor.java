package ai.kale.teacher.openai;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes secrets out of what comes from elsewhere: error bodies, exceptions, replies. A server may
 * repeat a secret as it is, or with any of its characters escaped as in JSON, in a URL or in HTML,
 * or in Base64, also as a part of a longer text in Base64. The first part of a secret is found too
 * where a text was cut: see {@link CutSecrets}.
 */
final class Redactor {
  private static final String HIDDEN = "***";

  /** Shorter ones are words: hidden only where they stand alone, and not in replies. */
  private static final int WORD = 8;

  /** First parts of this length may be words: they are hidden in messages only. */
  private static final int PART = 6;

  private static final int PART_IN_REPLY = 12;

  private final List<Pattern> all = new ArrayList<>();
  private final List<Pattern> sure = new ArrayList<>();
  private final CutSecrets cut;

  /**
   * @param secrets hidden everywhere
   */
  Redactor(Collection<String> secrets) {
    this(secrets, List.of());
  }

  /**
   * @param secrets hidden everywhere
   * @param unshown hidden in what is shown, not in replies, where they may be words
   */
  Redactor(Collection<String> secrets, Collection<String> unshown) {
    List<String> forms = new ArrayList<>();
    addTo(sure, secrets, forms);
    // A longer text first: it may hold a secret.
    addTo(all, unshown, forms);
    all.addAll(sure);
    cut = new CutSecrets(forms);
  }

  private void addTo(List<Pattern> patterns, Collection<String> texts, List<String> forms) {
    List<String> longestFirst = new ArrayList<>(texts);
    longestFirst.sort(Comparator.comparingInt(String::length).reversed());
    for (String secret : longestFirst) {
      if (secret.isBlank()) {
        continue;
      }
      Pattern plain = Pattern.compile(escapable(secret));
      if (secret.length() < WORD) {
        all.add(Pattern.compile("(?<![\\p{L}\\p{N}])" + plain + "(?![\\p{L}\\p{N}])"));
        continue;
      }
      boolean everywhere = patterns == sure;
      patterns.add(plain);
      for (String coded : base64(secret)) {
        patterns.add(Pattern.compile(escapable(coded)));
        if (everywhere) {
          forms.add(coded);
        }
      }
      if (everywhere) {
        forms.add(secret);
      }
    }
  }

  /** A text that is shown, without secrets. */
  String redact(String text) {
    return cut.hide(without(text, all), PART, HIDDEN);
  }

  /** A reply, without secrets; those short enough to be words stay. */
  String redactReply(String text) {
    return cut.hide(without(text, sure), PART_IN_REPLY, HIDDEN);
  }

  private static String without(String text, List<Pattern> patterns) {
    String clean = text;
    for (Pattern pattern : patterns) {
      Matcher matcher = pattern.matcher(clean);
      clean = matcher.find() ? matcher.replaceAll(HIDDEN) : clean;
    }
    return clean;
  }

  /** A failure as it is, or a copy without causes if it holds a secret anywhere. */
  Throwable redact(Throwable failure) {
    StringWriter printed = new StringWriter();
    failure.printStackTrace(new PrintWriter(printed));
    String text = printed.toString();
    if (redact(text).equals(text)) {
      return failure;
    }
    IOException clean = new IOException(redact(failure.toString()));
    clean.setStackTrace(failure.getStackTrace());
    return clean;
  }

  /** Each character as itself or escaped. */
  static String escapable(String secret) {
    StringBuilder pattern = new StringBuilder();
    for (int i = 0; i < secret.length(); i++) {
      char c = secret.charAt(i);
      // Escaped forms first: they may begin with the character itself.
      String hex = Integer.toHexString(c);
      pattern.append("(?:\\\\u(?i:0{").append(4 - hex.length()).append('}').append(hex).append(')');
      pattern.append("|&#0*").append((int) c).append(";|&#(?i:x0*").append(hex).append(");");
      if (c < 128) {
        pattern.append("|%(?i:").append(hex).append(')');
      }
      switch (c) {
        case '"' -> pattern.append("|\\\\\"|&quot;");
        case '\\', '/' -> pattern.append("|\\\\").append(Pattern.quote(String.valueOf(c)));
        case '&' -> pattern.append("|&amp;");
        case '<' -> pattern.append("|&lt;");
        case '>' -> pattern.append("|&gt;");
        case '\'' -> pattern.append("|&apos;");
        default -> {}
      }
      pattern.append('|').append(Pattern.quote(String.valueOf(c))).append(')');
    }
    return pattern.toString();
  }

  /** The characters of any text in Base64 that stem from the secret alone, at all three phases. */
  private static Set<String> base64(String secret) {
    Set<String> coded = new LinkedHashSet<>();
    byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
    for (int before = 0; before < 3; before++) {
      byte[] shifted = new byte[before + bytes.length];
      System.arraycopy(bytes, 0, shifted, before, bytes.length);
      int from = before == 0 ? 0 : before + 1;
      int to = shifted.length * 8 / 6;
      coded.add(Base64.getEncoder().encodeToString(shifted).substring(from, to));
      coded.add(Base64.getUrlEncoder().encodeToString(shifted).substring(from, to));
    }
    return coded;
  }

  @Override
  public String toString() {
    return "Redactor[hidden]";
  }
}
