package ai.kale.kg.link;

/** Finds names in one text; for one thread. */
final class NameMatcher {
  private final FirstTokens firstTokens;
  private final NameAutomaton.Walk walk;
  private final FoldedText text;

  private int name = -1;
  private int tokens;

  /** A matcher of the names of a dictionary in a text. */
  NameMatcher(NameDictionary dictionary, FoldedText text) {
    this(dictionary.firstTokens(), dictionary.automaton().walk(), text);
  }

  private NameMatcher(FirstTokens firstTokens, NameAutomaton.Walk walk, FoldedText text) {
    this.firstTokens = firstTokens;
    this.walk = walk;
    this.text = text;
  }

  /** The number of a whole text as a name, or -1; with a walk that is used again and again. */
  static int whole(NameDictionary dictionary, NameAutomaton.Walk walk, FoldedText text) {
    NameMatcher matcher = new NameMatcher(dictionary.firstTokens(), walk, text);
    return text.tokens() > 0 && matcher.longestAt(0) && matcher.tokens == text.tokens()
        ? matcher.name
        : -1;
  }

  /** The number of a whole text as a name, or -1. */
  static int whole(NameDictionary dictionary, FoldedText text) {
    return whole(dictionary, dictionary.automaton().walk(), text);
  }

  /** Looks for the longest name that begins with a token and ends with one. */
  boolean longestAt(int token) {
    name = -1;
    tokens = 0;
    byte[] bytes = text.bytes();
    int at = text.firstByte(token);
    if (!firstTokens.mayHave(text.hash(token)) || !walk.begin(bytes[at])) {
      return false;
    }
    int last = token;
    int end = text.endByte(token);
    while (true) {
      if (++at == end) {
        int found = walk.number();
        if (found >= 0) {
          name = found;
          tokens = last - token + 1;
        }
        if (++last == text.tokens()) {
          return name >= 0;
        }
        end = text.endByte(last);
      }
      if (!walk.next(bytes[at])) {
        return name >= 0;
      }
    }
  }

  /** The number of the name that was found. */
  int name() {
    return name;
  }

  /** How many tokens it has. */
  int tokens() {
    return tokens;
  }
}
