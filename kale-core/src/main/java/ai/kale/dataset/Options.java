package ai.kale.dataset;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The options of a multiple-choice question.
 *
 * @param labels what the data set calls them, as many as texts
 * @param texts the options
 */
record Options(List<String> labels, List<String> texts) {
  /** Options called A, B, C and so on. */
  static Options lettered(List<String> texts) {
    List<String> labels = new ArrayList<>();
    for (int i = 0; i < texts.size(); i++) {
      labels.add(String.valueOf((char) ('A' + i)));
    }
    return new Options(labels, texts);
  }

  /** The option of a label: {@code A}, {@code (A)}, {@code A)} and {@code A.} are the same. */
  Optional<String> byLabel(String label) {
    String bare = label.strip();
    if (bare.startsWith("(")) {
      bare = bare.substring(1);
    }
    if (bare.endsWith(")") || bare.endsWith(".")) {
      bare = bare.substring(0, bare.length() - 1);
    }
    int at = labels.indexOf(bare);
    return at < 0 ? Optional.empty() : Optional.of(texts.get(at));
  }
}
