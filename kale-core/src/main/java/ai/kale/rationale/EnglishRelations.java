package ai.kale.rationale;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * Finds an English sentence for a relation by the shape of its label. Heuristics: short word lists
 * and endings, English only, the first shape that fits wins. A label of other letters, or of no
 * shape, is taken for a noun.
 *
 * <table>
 * <caption>Shapes</caption>
 * <tr><th>label</th><th>sentence</th></tr>
 * <tr><td>directed by, located in country</td><td>X was directed by Y. X is located in the country Y.</td></tr>
 * <tr><td>has genre, has won prize</td><td>X has the genre Y. X has won the prize Y.</td></tr>
 * <tr><td>capital of, part of, member of sports team</td><td>X is the capital of Y. …</td></tr>
 * <tr><td>is a, instance of</td><td>X is a Y. X is an instance of Y.</td></tr>
 * <tr><td>wrote, starred in, plays instrument</td><td>X wrote Y. X plays the instrument Y.</td></tr>
 * <tr><td>lyrics by</td><td>The lyrics of X are by Y.</td></tr>
 * <tr><td>in language</td><td>The language of X is Y.</td></tr>
 * <tr><td>starred actors</td><td>The starred actors of X include Y.</td></tr>
 * <tr><td>birthplace, place of birth</td><td>The birthplace of X is Y.</td></tr>
 * </table>
 */
final class EnglishRelations {
  private static final Pattern LATIN = Pattern.compile("[\\p{IsLatin}\\d '’(),/&-]+");

  private EnglishRelations() {}

  /** The phrase for a label that was cleaned. */
  static RelationPhrase phrase(String label) {
    String text = RelationLabels.words(label);
    if (!LATIN.matcher(text).matches()) {
      return RelationPhrase.of(RelationPhrases.DEFAULT_PATTERN);
    }
    List<String> words = Arrays.asList(text.split(" "));
    List<String> lower = words.stream().map(w -> w.toLowerCase(Locale.ROOT)).toList();
    return shape(words, lower).orElseGet(() -> noun(words));
  }

  private static Optional<RelationPhrase> shape(List<String> words, List<String> lower) {
    String first = lower.get(0);
    if (first.equals("has") || first.equals("have")) {
      return has(words, lower);
    } else if (EnglishWords.isAuxiliary(first) && words.size() > 1) {
      String aux = first.equals("was") || first.equals("were") ? "was" : "is";
      return Optional.of(being(aux, words.subList(1, words.size()), tail(lower)));
    } else if (lower.equals(List.of("starring"))) {
      return Optional.of(verb("stars", "star"));
    } else if (EnglishWords.isPreposition(first)) {
      return Optional.of(words.size() == 1 ? state("is", first) : noun(tail(words)));
    }
    return participle("", words, lower)
        .or(() -> verb(words, lower))
        .or(() -> adverb(words, lower))
        .or(() -> adjective(words, lower))
        .or(() -> nounBy(words, lower))
        .or(() -> nounWithPreposition("is", words, lower));
  }

  /** "has genre", "has a", "has won prize". */
  private static Optional<RelationPhrase> has(List<String> words, List<String> lower) {
    if (words.size() == 1) {
      return Optional.of(verb("has", "have"));
    }
    String second = lower.get(1);
    if (second.equals("a") || second.equals("an")) {
      return Optional.of(
          words.size() == 2
              ? RelationPhrase.of("{subject} has {a} {object}.")
              : have(words.subList(2, words.size())));
    } else if (EnglishWords.isParticiple(second)) {
      return Optional.of(verb("has " + second, "have " + second, words.subList(2, words.size())));
    }
    return Optional.of(have(tail(words)));
  }

  private static RelationPhrase have(List<String> noun) {
    String one = singularHead(noun);
    return RelationPhrase.of("{subject} has the " + one + " {object}.")
        .withObjects("{subject} has the " + pluralHead(noun) + " {object}.")
        .withSubjects("{subject} have the " + one + " {object}.");
  }

  /** What follows "is" or "was". */
  private static RelationPhrase being(String aux, List<String> words, List<String> lower) {
    if (lower.equals(List.of("a")) || lower.equals(List.of("an"))) {
      return RelationPhrase.of("{subject} " + aux + " {a} {object}.")
          .withSubjects("{subject} " + plural(aux) + " instances of {object}.");
    }
    if (words.size() > 1 && List.of("a", "an", "the").contains(lower.get(0))) {
      return nounWithPreposition(aux, tail(words), tail(lower))
          .orElseGet(() -> state(aux, String.join(" ", words)));
    }
    return participle(aux, words, lower)
        .or(() -> adjective(words, lower))
        .or(() -> nounWithPreposition(aux, words, lower))
        .orElseGet(() -> state(aux, String.join(" ", words)));
  }

  /** "directed by", "officially named after", "located in the country". */
  private static Optional<RelationPhrase> participle(
      String aux, List<String> words, List<String> lower) {
    int at = words.size() > 2 && lower.get(0).endsWith("ly") ? 1 : 0;
    String head = lower.get(at);
    if (!EnglishWords.isParticiple(head) || words.size() < at + 2) {
      return Optional.empty();
    }
    String next = lower.get(at + 1);
    boolean passive = !EnglishWords.isIntransitive(head) || next.equals("by") || !aux.isEmpty();
    if (!EnglishWords.isPreposition(next) || !passive) {
      return Optional.empty();
    }
    String be = !aux.isEmpty() ? aux : EnglishWords.lasts(head) ? "is" : "was";
    boolean open = EnglishWords.isPreposition(lower.get(words.size() - 1));
    List<String> start = open ? words : words.subList(0, at + 2);
    List<String> rest = open ? List.of() : words.subList(at + 2, words.size());
    String said = String.join(" ", start);
    return Optional.of(verb(be + " " + said, plural(be) + " " + said, rest));
  }

  /** "wrote", "starred in", "wrote music for", "plays instrument", "may treat". */
  private static Optional<RelationPhrase> verb(List<String> words, List<String> lower) {
    String head = lower.get(0);
    boolean alone = words.size() == 1;
    boolean open = EnglishWords.isPreposition(lower.get(lower.size() - 1));
    if (EnglishWords.isModal(head) && !alone) {
      String text = String.join(" ", words);
      return Optional.of(verb(text, text));
    }
    boolean present =
        EnglishWords.isPresentVerb(head) && !(alone && EnglishWords.isNounAlone(head));
    boolean past =
        EnglishWords.isIrregularPast(head)
            || (EnglishWords.isPast(head) && alone)
            || (EnglishWords.isIntransitive(head) && open);
    if (!present && !past) {
      return Optional.empty();
    }
    int fixed = open ? words.size() : 1;
    if (!open && words.size() > 2 && EnglishWords.isPreposition(lower.get(1))) {
      fixed = 2;
    }
    String said = String.join(" ", words.subList(0, fixed));
    String several = present ? base(head) + said.substring(head.length()) : said;
    return Optional.of(verb(said, several, words.subList(fixed, words.size())));
  }

  /** "negatively regulates". */
  private static Optional<RelationPhrase> adverb(List<String> words, List<String> lower) {
    if (words.size() < 2 || !lower.get(0).endsWith("ly")) {
      return Optional.empty();
    }
    String subject = "{subject} ";
    UnaryOperator<String> with =
        pattern -> subject + words.get(0) + " " + pattern.substring(subject.length());
    return verb(tail(words), tail(lower))
        .map(
            bare ->
                new RelationPhrase(
                    with.apply(bare.one()),
                    bare.objects().map(with),
                    bare.subjects().map(with),
                    bare.inverse()));
  }

  /** "lyrics by", "music by". */
  private static Optional<RelationPhrase> nounBy(List<String> words, List<String> lower) {
    int end = words.size() - 1;
    if (end < 1 || !lower.get(end).equals("by")) {
      return Optional.empty();
    }
    List<String> noun = words.subList(0, end);
    String be = EnglishWords.isPlural(lower.get(headAt(noun))) ? "are" : "is";
    String said = "The " + String.join(" ", noun) + " of {subject} " + be + " by {object}.";
    return Optional.of(RelationPhrase.of(said).withObjects(said).withSubjects(said));
  }

  /** "similar to", "north of". */
  private static Optional<RelationPhrase> adjective(List<String> words, List<String> lower) {
    boolean fits =
        EnglishWords.isAdjective(lower.get(0))
            && words.size() > 1
            && EnglishWords.isPreposition(lower.get(1));
    if (!fits) {
      return Optional.empty();
    }
    String start = words.get(0) + " " + words.get(1);
    return Optional.of(verb("is " + start, "are " + start, words.subList(2, words.size())));
  }

  /** "capital of", "participant in", "member of sports team". */
  private static Optional<RelationPhrase> nounWithPreposition(
      String aux, List<String> words, List<String> lower) {
    int end = words.size() - 1;
    boolean open = end > 0 && EnglishWords.isPreposition(lower.get(end));
    boolean ofKind = end > 1 && EnglishWords.takesKind(lower.get(0)) && lower.get(1).equals("of");
    if (!open && !ofKind) {
      return Optional.empty();
    }
    int of = open ? end : 1;
    List<String> noun = words.subList(0, of);
    String head = lower.get(of - 1);
    boolean many = EnglishWords.isOneOfMany(head) || !lower.get(of).equals("of");
    String one = String.join(" ", noun);
    String article = many ? EnglishWords.article(one) + " " : "the ";
    String rest = " " + lower.get(of) + kind(words.subList(of + 1, words.size())) + " {object}.";
    boolean several = EnglishWords.isPlural(head);
    String said = several ? aux + " among the " + one : aux + " " + article + one;
    return Optional.of(
        RelationPhrase.of("{subject} " + said + rest)
            .withObjects("{subject} " + said + rest)
            .withSubjects(
                "{subject} " + plural(aux) + (many ? " " : " the ") + pluralHead(noun) + rest));
  }

  /** "birthplace", "starred actors", "award received". */
  private static RelationPhrase noun(List<String> words) {
    String text = String.join(" ", words);
    String last = words.get(words.size() - 1).toLowerCase(Locale.ROOT);
    boolean by = words.size() > 1 && EnglishWords.endsBy(last);
    int head = headAt(by ? words.subList(0, words.size() - 1) : words);
    boolean plural = EnglishWords.isPlural(words.get(head).toLowerCase(Locale.ROOT));
    String of = by ? " by {subject} " : " of {subject} ";
    String one = "The " + text + of + (plural ? "include" : "is") + " {object}.";
    return RelationPhrase.of(one)
        .withObjects("The " + pluralAt(words, head) + of + "are {object}.")
        .withSubjects(one);
  }

  private static RelationPhrase state(String aux, String rest) {
    return verb(aux + " " + rest, plural(aux) + " " + rest);
  }

  private static RelationPhrase verb(String one, String several) {
    return verb(one, several, List.of());
  }

  /** "speaks" with the kind "language": "speaks the language Y", "speaks the languages Y and Z". */
  private static RelationPhrase verb(String one, String several, List<String> kind) {
    return RelationPhrase.of("{subject} " + one + kind(kind) + " {object}.")
        .withObjects(
            "{subject} "
                + one
                + kind(kind.isEmpty() ? kind : List.of(pluralHead(kind).split(" ")))
                + " {object}.")
        .withSubjects("{subject} " + several + kind(kind) + " {object}.");
  }

  /** " the country" for a noun that says of which kind the object is. */
  private static String kind(List<String> words) {
    if (words.isEmpty()) {
      return "";
    }
    boolean article = words.get(0).equalsIgnoreCase("the");
    return " the " + String.join(" ", article ? tail(words) : words);
  }

  private static String plural(String aux) {
    return aux.equals("was") ? "were" : "are";
  }

  /** "consists" to "consist", "touches" to "touch". */
  private static String base(String verb) {
    if (verb.endsWith("ies")) {
      return verb.substring(0, verb.length() - 3) + "y";
    }
    boolean es = verb.matches(".*(sses|ches|shes|xes)");
    return verb.substring(0, verb.length() - (es ? 2 : 1));
  }

  /** The noun's head: the word before the first preposition or parenthesis, else the last. */
  private static int headAt(List<String> words) {
    for (int i = 1; i < words.size(); i++) {
      if (words.get(i).startsWith("(")
          || EnglishWords.isPreposition(words.get(i).toLowerCase(Locale.ROOT))) {
        return i - 1;
      }
    }
    return words.size() - 1;
  }

  private static String pluralHead(List<String> noun) {
    return pluralAt(noun, headAt(noun));
  }

  /** "tags" to "tag" where a plain "s" made the plural; other plurals stay. */
  private static String singularHead(List<String> noun) {
    List<String> changed = new ArrayList<>(noun);
    int head = headAt(noun);
    String word = noun.get(head);
    String lower = word.toLowerCase(Locale.ROOT);
    String shorter = word.substring(0, Math.max(1, word.length() - 1));
    if (EnglishWords.isPlural(lower) && EnglishWords.plural(shorter).equals(word)) {
      changed.set(head, shorter);
    }
    return String.join(" ", changed);
  }

  private static String pluralAt(List<String> words, int at) {
    List<String> changed = new ArrayList<>(words);
    changed.set(at, EnglishWords.plural(words.get(at)));
    return String.join(" ", changed);
  }

  private static List<String> tail(List<String> words) {
    return words.subList(1, words.size());
  }
}
