package ai.kale.kg.link;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Linking by definition, on strings: every name is compared at every place. */
final class NaiveLinker {
  private static final Pattern PIECE =
      Pattern.compile("(?s).[\\p{M}\\x{1160}-\\x{11FF}\\x{D7B0}-\\x{D7FF}\\x{FF9E}-\\x{FFDC}]*");
  private static final Pattern TOKEN =
      Pattern.compile("[\\p{L}\\p{Nd}][\\p{L}\\p{Nd}\\p{Mn}\\p{Mc}]*|.", Pattern.DOTALL);

  private NaiveLinker() {}

  /** Words, and where it counts each punctuation character; spaces in between as they matter. */
  static List<String> tokens(String text, boolean ignoreCase, boolean ignorePunctuation) {
    String folded = fold(text, ignoreCase).replaceAll("\\p{Cf}", "");
    List<String> tokens = new ArrayList<>();
    boolean space = false;
    Matcher matcher = TOKEN.matcher(folded);
    while (matcher.find()) {
      String token = matcher.group();
      boolean word = Character.isLetterOrDigit(token.codePointAt(0));
      if (!word && token.matches("[\\p{Z}\\p{Cc}_]")) {
        space = true;
      } else if (word || !ignorePunctuation) {
        tokens.add((space && !ignorePunctuation && !tokens.isEmpty() ? " " : "") + token);
        space = false;
      }
    }
    return tokens;
  }

  private static String fold(String text, boolean ignoreCase) {
    StringBuilder folded = new StringBuilder();
    Matcher matcher = PIECE.matcher(text);
    while (matcher.find()) {
      String piece = Normalizer.normalize(matcher.group(), Normalizer.Form.NFKC);
      if (ignoreCase) {
        StringBuilder lower = new StringBuilder();
        piece
            .toUpperCase(Locale.ROOT)
            .codePoints()
            .map(Character::toLowerCase)
            .forEach(lower::appendCodePoint);
        piece = Normalizer.normalize(lower, Normalizer.Form.NFKC);
      }
      folded.append(piece);
    }
    return folded.toString();
  }

  /** For each mention from left to right the ids of its entities: Q and the place of the name. */
  static List<String> link(
      List<String> names, String text, boolean ignoreCase, boolean ignorePunctuation) {
    List<String> tokens = tokens(text, ignoreCase, ignorePunctuation);
    List<List<String>> keys =
        names.stream().map(name -> tokens(name, ignoreCase, ignorePunctuation)).toList();
    List<String> found = new ArrayList<>();
    for (int start = 0; start < tokens.size(); ) {
      int longest = 0;
      TreeSet<String> ids = new TreeSet<>();
      for (int i = 0; i < keys.size(); i++) {
        List<String> key = keys.get(i);
        int end = start + key.size();
        if (!key.isEmpty() && end <= tokens.size() && startsHere(tokens, start, key)) {
          if (key.size() > longest) {
            longest = key.size();
            ids.clear();
          }
          if (key.size() == longest) {
            ids.add("Q" + i);
          }
        }
      }
      if (longest > 0) {
        found.add(ids.toString());
      }
      start += Math.max(1, longest);
    }
    return found;
  }

  /** A space before the first token is not part of a mention. */
  private static boolean startsHere(List<String> tokens, int start, List<String> key) {
    return tokens.get(start).strip().equals(key.get(0).strip())
        && tokens.subList(start + 1, start + key.size()).equals(key.subList(1, key.size()));
  }
}
