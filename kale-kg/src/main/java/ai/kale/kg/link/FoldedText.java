package ai.kale.kg.link;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A text as the sequence of tokens that names are compared by, in UTF-8, with the place of each
 * token in the text. A token is a word (letters, digits and the marks on them) or, where
 * punctuation counts, a single punctuation character. Between tokens stands one space: always
 * between words, and where punctuation counts only where the text has white space. Underscores are
 * white space, since ids have them in place of spaces.
 *
 * <p>ASCII is taken byte by byte; the rest is normalised (NFKC) piece by piece, each a character
 * with the marks on it, so that the places in the text stay known.
 */
final class FoldedText {
  private static final byte[] LOWER = new byte[128];
  private static final byte[] KIND = new byte[128];

  static {
    for (int c = 0; c < 128; c++) {
      LOWER[c] = (byte) Character.toLowerCase(c);
      KIND[c] = (byte) Characters.kind(c);
    }
  }

  private final boolean ignorePunctuation;
  private byte[] bytes;
  private int length;
  private int tokens;

  /** Of each token: first byte, end of its bytes, first char, end of its chars. */
  private int[] places = new int[4 * 8];

  private boolean inWord;
  private boolean spaceSeen;

  private FoldedText(String text, Folding folding) {
    ignorePunctuation = folding.ignorePunctuation();
    bytes = new byte[text.length() + 16];
    int size = text.length();
    for (int i = 0; i < size; ) {
      char c = text.charAt(i);
      if (c < 128 && (i + 1 == size || !Characters.joins(text.charAt(i + 1)))) {
        if (KIND[c] == Characters.WORD) {
          i = asciiWord(text, i, folding.ignoreCase());
        } else {
          add(c, KIND[c], i, i + 1);
          i++;
        }
      } else {
        i = piece(text, i, folding.ignoreCase());
      }
    }
  }

  static FoldedText of(String text, Folding folding) {
    return new FoldedText(text, folding);
  }

  /** A text as a whole: where only words count and it has none, by its punctuation. */
  static FoldedText whole(String text, Folding folding) {
    FoldedText folded = of(text, folding);
    return folded.tokens == 0 && folding.ignorePunctuation()
        ? of(text, folding.withPunctuation())
        : folded;
  }

  /** A run of ASCII letters and digits, none of which is joined by what follows. */
  private int asciiWord(String text, int from, boolean ignoreCase) {
    if (!inWord) {
      begin(from);
      inWord = true;
    }
    int size = text.length();
    if (length + size - from > bytes.length) {
      bytes = Arrays.copyOf(bytes, 2 * (length + size - from));
    }
    int i = from;
    char c = text.charAt(i);
    while (true) {
      bytes[length++] = ignoreCase ? LOWER[c] : (byte) c;
      if (++i == size) {
        break;
      }
      c = text.charAt(i);
      boolean goesOn = c < 128 && KIND[c] == Characters.WORD;
      if (!goesOn || (i + 1 < size && Characters.joins(text.charAt(i + 1)))) {
        break;
      }
    }
    endsAt(i);
    return i;
  }

  private int piece(String text, int from, boolean ignoreCase) {
    int to = from + Character.charCount(text.codePointAt(from));
    while (to < text.length() && Characters.joins(text.codePointAt(to))) {
      to += Character.charCount(text.codePointAt(to));
    }
    String folded = Characters.fold(text, from, to, ignoreCase);
    for (int i = 0; i < folded.length(); ) {
      int c = folded.codePointAt(i);
      add(c, Characters.kind(c), from, to);
      i += Character.charCount(c);
    }
    return to;
  }

  private void add(int c, int kind, int from, int to) {
    switch (kind) {
      case Characters.WORD -> addToWord(c, from, to);
      case Characters.MARK -> {
        if (inWord) {
          addToWord(c, from, to);
        } else {
          addPunctuation(c, from, to);
        }
      }
      case Characters.PUNCTUATION -> addPunctuation(c, from, to);
      case Characters.SPACE -> {
        inWord = false;
        spaceSeen = true;
      }
      default -> {
        // An invisible character neither ends a word nor begins one.
      }
    }
  }

  private void addToWord(int c, int from, int to) {
    if (!inWord) {
      begin(from);
      inWord = true;
    }
    append(c);
    endsAt(to);
  }

  private void addPunctuation(int c, int from, int to) {
    inWord = false;
    if (!ignorePunctuation) {
      begin(from);
      append(c);
      endsAt(to);
    }
  }

  private void begin(int from) {
    if (tokens > 0 && (ignorePunctuation || spaceSeen)) {
      append(' ');
    }
    spaceSeen = false;
    if (4 * tokens == places.length) {
      places = Arrays.copyOf(places, 2 * places.length);
    }
    places[4 * tokens] = length;
    places[4 * tokens + 2] = from;
    tokens++;
  }

  private void endsAt(int to) {
    places[4 * tokens - 3] = length;
    places[4 * tokens - 1] = to;
  }

  private void append(int c) {
    if (length + 4 > bytes.length) {
      bytes = Arrays.copyOf(bytes, 2 * bytes.length);
    }
    if (c < 0x80) {
      bytes[length++] = (byte) c;
    } else if (c < 0x800) {
      bytes[length++] = (byte) (0xC0 | (c >> 6));
      bytes[length++] = (byte) (0x80 | (c & 0x3F));
    } else if (c < 0x10000) {
      bytes[length++] = (byte) (0xE0 | (c >> 12));
      bytes[length++] = (byte) (0x80 | ((c >> 6) & 0x3F));
      bytes[length++] = (byte) (0x80 | (c & 0x3F));
    } else {
      bytes[length++] = (byte) (0xF0 | (c >> 18));
      bytes[length++] = (byte) (0x80 | ((c >> 12) & 0x3F));
      bytes[length++] = (byte) (0x80 | ((c >> 6) & 0x3F));
      bytes[length++] = (byte) (0x80 | (c & 0x3F));
    }
  }

  /** The first token from which on another text stands here token by token, or -1. */
  int indexOf(FoldedText other) {
    for (int token = 0; token + other.tokens <= tokens && other.tokens > 0; token++) {
      int from = firstByte(token);
      int to = endByte(token + other.tokens - 1);
      if (Arrays.equals(bytes, from, to, other.bytes, 0, other.length)) {
        return token;
      }
    }
    return -1;
  }

  /** The bytes, of which the first {@link #length} count; do not write to them. */
  byte[] bytes() {
    return bytes;
  }

  int length() {
    return length;
  }

  /** The tokens as names are compared by them. */
  String key() {
    return new String(bytes, 0, length, StandardCharsets.UTF_8);
  }

  int tokens() {
    return tokens;
  }

  int firstByte(int token) {
    return places[4 * token];
  }

  int endByte(int token) {
    return places[4 * token + 1];
  }

  /** Where a token begins in the text; with the character it comes from. */
  int firstChar(int token) {
    return places[4 * token + 2];
  }

  int endChar(int token) {
    return places[4 * token + 3];
  }

  /** A hash of a token's bytes. */
  int hash(int token) {
    int hash = 1;
    for (int i = firstByte(token); i < endByte(token); i++) {
      hash = 31 * hash + bytes[i];
    }
    return hash * 0x9E3779B1;
  }
}
