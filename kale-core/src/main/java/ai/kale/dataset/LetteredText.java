package ai.kale.dataset;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Options written one after the other in a text: {@code A) this B) that}, or one a line. */
final class LetteredText {
  private LetteredText() {}

  /** The options, two at least, called A, B and so on by {@code )} or {@code .}; else nothing. */
  static Optional<Options> parse(String text) {
    String block = text.strip();
    if (!block.startsWith("A) ") && !block.startsWith("A. ")) {
      return Optional.empty();
    }
    char mark = block.charAt(1);
    char before = block.indexOf("\nB" + mark + " ") >= 0 ? '\n' : ' ';
    List<String> options = new ArrayList<>();
    int start = 3;
    while (true) {
      String label = before + "" + (char) ('B' + options.size()) + mark + " ";
      int next = block.indexOf(label, start);
      options.add(block.substring(start, next < 0 ? block.length() : next).strip());
      if (next < 0) {
        break;
      }
      start = next + label.length();
    }
    return options.size() < 2 || options.contains("")
        ? Optional.empty()
        : Optional.of(Options.lettered(options));
  }
}
