package ai.kale.rationale;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Words of a relation's label. Graphs name relations in many styles: {@code place of birth}, {@code
 * place_of_birth}, {@code PLACE_OF_BIRTH}, {@code birthPlace}, {@code BirthPlace}, {@code
 * people.person.place_of_birth}, {@code /people/person/place_of_birth} and {@code
 * ex:place_of_birth} (the last part says it). A label with spaces keeps its spelling, unless it is
 * all in capitals.
 */
final class RelationLabels {
  private static final Pattern DOTTED =
      Pattern.compile("\\p{Lower}[\\p{Lower}\\d_ ]*(\\.\\p{Lower}[\\p{Lower}\\d_ ]*)+");
  private static final Pattern PREFIXED = Pattern.compile("[!-~]*[/#:]([^/#: ]+)[/#:]*");
  private static final Pattern CAMEL =
      Pattern.compile("(\\p{Lower}{2,}|\\p{Upper}\\p{Lower}+)(\\p{Upper}[\\p{Lower}\\d]*)+");
  private static final Pattern HUMP = Pattern.compile("(?<=[\\p{Lower}\\d])(?=\\p{Upper})");

  private RelationLabels() {}

  /** The label as words with single spaces; empty only if the label has none. */
  static String words(String label) {
    String text = label.strip();
    Matcher prefixed = PREFIXED.matcher(text);
    if (prefixed.matches()) {
      text = prefixed.group(1);
    }
    if (DOTTED.matcher(text).matches()) {
      text = text.substring(text.lastIndexOf('.') + 1);
    }
    if (CAMEL.matcher(text).matches()) {
      List<String> words = new ArrayList<>();
      for (String hump : HUMP.split(text)) {
        boolean acronym = hump.length() > 1 && hump.equals(hump.toUpperCase(Locale.ROOT));
        words.add(acronym ? hump : hump.toLowerCase(Locale.ROOT));
      }
      text = String.join(" ", words);
    } else if (shouts(text)) {
      text = text.toLowerCase(Locale.ROOT);
    }
    String spaced = text.replace('_', ' ').strip().replaceAll(" +", " ");
    String bare = spaced.endsWith("(s)") ? spaced.substring(0, spaced.length() - 3) : spaced;
    if (bare.endsWith("by") && EnglishWords.isParticiple(bare.substring(0, bare.length() - 2))) {
      return bare.substring(0, bare.length() - 2) + " by"; // containedby
    }
    return bare.isEmpty() ? label : bare;
  }

  /** ACTED_IN and DIRECTED, which are words, but not ISBN and VIAF ID, which are names. */
  private static boolean shouts(String text) {
    if (text.chars().noneMatch(Character::isUpperCase)
        || text.chars().anyMatch(Character::isLowerCase)) {
      return false;
    }
    String lower = text.toLowerCase(Locale.ROOT);
    return text.indexOf('_') >= 0
        || (text.indexOf(' ') >= 0 && !lower.endsWith(" id"))
        || EnglishWords.isPresentVerb(lower)
        || EnglishWords.isPast(lower);
  }
}
