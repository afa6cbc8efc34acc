package ai.kale.rationale;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Words of a relation's label. Graphs name relations in many styles: {@code place of birth}, {@code
 * place_of_birth}, {@code birthPlace}, {@code BirthPlace} and {@code people.person.place_of_birth}
 * (the last part says it). A label with spaces keeps its spelling.
 */
final class RelationLabels {
  private static final Pattern DOTTED =
      Pattern.compile("\\p{Lower}[\\p{Lower}\\d_ ]*(\\.\\p{Lower}[\\p{Lower}\\d_ ]*)+");
  private static final Pattern CAMEL =
      Pattern.compile("(\\p{Lower}{2,}|\\p{Upper}\\p{Lower}+)(\\p{Upper}[\\p{Lower}\\d]*)+");
  private static final Pattern HUMP = Pattern.compile("(?<=[\\p{Lower}\\d])(?=\\p{Upper})");

  private RelationLabels() {}

  /** The label as words with single spaces; empty only if the label has none. */
  static String words(String label) {
    String text = label.strip();
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
    }
    String spaced = text.replace('_', ' ').strip().replaceAll(" +", " ");
    String bare = spaced.endsWith("(s)") ? spaced.substring(0, spaced.length() - 3) : spaced;
    return bare.isEmpty() ? label : bare;
  }
}
