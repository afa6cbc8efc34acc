package ai.kale.kg.graph;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A few short texts by number: names of graphs, tags of languages. Number 0 is the empty text. */
final class ShortTexts {
  private final List<String> texts = new ArrayList<>(List.of(""));
  private final Map<String, Integer> numbers = new HashMap<>(Map.of("", 0));

  /**
   * The number of a text that may be new.
   *
   * @throws IllegalArgumentException if it is not valid Unicode
   */
  int add(String text) {
    Integer known = numbers.get(text);
    if (known != null) {
      return known;
    }
    IdKeys.require(text);
    numbers.put(text, texts.size());
    texts.add(text);
    return texts.size() - 1;
  }

  String get(int number) {
    return texts.get(number);
  }

  int size() {
    return texts.size();
  }
}
