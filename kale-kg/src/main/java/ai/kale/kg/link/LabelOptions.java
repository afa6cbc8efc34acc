package ai.kale.kg.link;

import ai.kale.run.Hashes;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * How a {@link LabelLinker} links.
 *
 * @param ignored no mentions when they stand alone
 * @param folding which differences do not count
 * @param mostKept candidates of a mention
 * @param mostTaken entities that a mention in the question is taken for
 */
record LabelOptions(Set<String> ignored, Folding folding, int mostKept, int mostTaken) {
  private static final Set<String> FUNCTION_WORDS =
      Set.of(
          ("a an the this that these those it its he him his she her hers they them their we us our"
                  + " i me my you your and or nor but not no if then than as at by for from in into"
                  + " of off on out over to up with about is are was were be been being am do does"
                  + " did done has have had can could will would shall should may might must what"
                  + " which who whom whose when where why how s t there here so such also both any"
                  + " all some each every other")
              .split(" "));

  static final LabelOptions DEFAULT =
      new LabelOptions(FUNCTION_WORDS, Folding.LOOSE, TopicLinker.MOST, 1);

  LabelOptions {
    ignored = Set.copyOf(ignored);
    if (mostKept < 1 || mostTaken < 1) {
      throw new IllegalArgumentException(
          "at least 1 candidate is kept and 1 taken; got " + mostKept + " and " + mostTaken);
    }
  }

  LabelOptions withIgnored(Set<String> words) {
    return new LabelOptions(words, folding, mostKept, mostTaken);
  }

  LabelOptions withFolding(Folding newFolding) {
    return new LabelOptions(ignored, newFolding, mostKept, mostTaken);
  }

  LabelOptions withMostKept(int most) {
    return new LabelOptions(ignored, folding, most, mostTaken);
  }

  LabelOptions withMostTaken(int most) {
    return new LabelOptions(ignored, folding, mostKept, most);
  }

  /** The ignored words as they may stand in a text. */
  Set<String> ignoredForms() {
    if (folding.ignoreCase()) {
      return ignored;
    }
    Set<String> forms = new LinkedHashSet<>(ignored);
    for (String word : ignored) {
      String upper = word.toUpperCase(Locale.ROOT);
      String lower = word.toLowerCase(Locale.ROOT);
      forms.add(upper);
      forms.add(lower);
      if (!word.isEmpty()) {
        int first = lower.offsetByCodePoints(0, 1);
        forms.add(lower.substring(0, first).toUpperCase(Locale.ROOT) + lower.substring(first));
      }
    }
    return forms;
  }

  /** The linker's name in provenance. */
  String id() {
    StringBuilder id = new StringBuilder("label/2");
    if (!ignored.equals(FUNCTION_WORDS)) {
      id.append(" ignoring ").append(ignoredHash());
    }
    if (!folding.ignoreCase()) {
      id.append(" case-sensitive");
    }
    if (!folding.ignorePunctuation()) {
      id.append(" punctuation-sensitive");
    }
    if (mostKept != TopicLinker.MOST) {
      id.append(" candidates=").append(mostKept);
    }
    if (mostTaken != 1) {
      id.append(" taken=").append(mostTaken);
    }
    return id.toString();
  }

  private String ignoredHash() {
    Set<String> keys = new TreeSet<>();
    ignored.forEach(word -> keys.add(FoldedText.of(word, folding).key()));
    return "sha256:" + Hashes.sha256(keys).substring(0, 16);
  }
}
