package ai.kale.train.text;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds labels in a text as Hugging Face's added tokens are found: at each position the longest
 * label wins, a label next to a word character is not one (so that Niger is not found in Nigeria),
 * and matches do not overlap. O(text × labels that start with the same character).
 */
final class LabelMatcher {
  /** A piece of a text: a label, or what lies between two. */
  record Piece(String text, boolean label) {}

  private final Map<Character, List<String>> byFirst = new HashMap<>();

  LabelMatcher(Collection<String> labels) {
    for (String label : labels) {
      byFirst.computeIfAbsent(label.charAt(0), c -> new ArrayList<>()).add(label);
    }
    byFirst.values().forEach(l -> l.sort(Comparator.comparingInt(String::length).reversed()));
  }

  /** The pieces of a text, in order; together they are the text. */
  List<Piece> pieces(String text) {
    List<Piece> pieces = new ArrayList<>();
    int plain = 0;
    for (int i = 0; i < text.length(); ) {
      String label = longestAt(text, i);
      if (label.isEmpty()) {
        i++;
        continue;
      }
      int end = i + label.length();
      if (isAlone(text, i, end)) {
        if (plain < i) {
          pieces.add(new Piece(text.substring(plain, i), false));
        }
        pieces.add(new Piece(label, true));
        plain = end;
      }
      i = end;
    }
    if (plain < text.length()) {
      pieces.add(new Piece(text.substring(plain), false));
    }
    return pieces;
  }

  private String longestAt(String text, int at) {
    for (String label : byFirst.getOrDefault(text.charAt(at), List.of())) {
      if (text.startsWith(label, at)) {
        return label;
      }
    }
    return "";
  }

  private static boolean isAlone(String text, int start, int end) {
    return (start == 0 || !WordSplitter.isWord(text.codePointBefore(start)))
        && (end == text.length() || !WordSplitter.isWord(text.codePointAt(end)));
  }
}
