package ai.kale.rationale;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What {@link EnglishRelations} knows of English words: short lists and endings, no dictionary. All
 * words are lower case.
 */
final class EnglishWords {
  private static final Set<String> PREPOSITIONS =
      words(
          "of by in at on from to with for as into near under after before through over against"
              + " within during about between among onto upon via per along around behind");

  /** Participles that are irregular. Those of one form with the past are in it too. */
  private static final Set<String> IRREGULAR_PARTICIPLES =
      words(
          "born written made known spoken sung held led built won given taken shown found set sold"
              + " drawn driven worn grown bred taught brought bought told fought begun chosen broken"
              + " seen cast shot sent lost kept met paid put said thought done gone run beaten woven"
              + " hidden eaten stolen torn thrown");

  /** The past of irregular verbs, where it is no participle that follows a noun. */
  private static final Set<String> IRREGULAR_PASTS =
      words(
          "wrote won sang built led made taught fought drew drove gave took became bore began chose"
              + " held knew left lost met ran saw sold shot spoke stole told wore beat bought sent"
              + " broke threw wove");

  private static final Set<String> NO_PARTICIPLES =
      words("bed red shed sled hundred sacred kindred infrared newlywed bed moped biped");

  /** Verbs that have no passive, so that "starred in" is something that the subject did. */
  private static final Set<String> INTRANSITIVE =
      words(
          "starred acted died lived worked studied played appeared graduated belonged participated"
              + " competed served emigrated immigrated moved occurred happened resided performed"
              + " collaborated debuted retired enlisted trained volunteered lectured travelled"
              + " traveled migrated evolved resulted ended started fought taught led ran began sang"
              + " spoke wrote drove met lost won");

  /** Participles of a state that lasts: "is located in", not "was located in". */
  private static final Set<String> LASTING =
      words(
          "located based situated bounded bordered married connected named composed made"
              + " headquartered owned operated known related used spoken found derived contained"
              + " included associated affiliated inhabited said set interested required linked"
              + " classified defined opposed dedicated adapted licensed compared shared governed"
              + " distributed motivated obstructed equipped");

  private static final Set<String> ADJECTIVES =
      words(
          "similar equivalent identical adjacent close next near prior parallel native"
              + " common responsible famous capable aware independent available due equal same"
              + " different north south east west northeast northwest southeast southwest inferior"
              + " superior specific relevant relative subject typical characteristic inverse endemic"
              + " present active notable part synonymous antonymous compatible");

  private static final Set<String> PRESENT_VERBS =
      words(
          "contains borders owns speaks produces employs includes precedes follows causes treats uses"
              + " lives belongs consists leads flows refers shares interacts influences imports"
              + " exports deals desires receives entails creates requires applies affects inhibits"
              + " activates binds regulates encodes expresses prevents depicts describes cites"
              + " operates manages teaches studies supports provides serves covers crosses overlaps"
              + " touches implies contradicts becomes knows likes loves hates visits governs replaces"
              + " depends extends holds wants needs makes sells buys writes directs sings stars works"
              + " plays resembles represents comprises occupies inhabits upregulates downregulates"
              + " palliates localizes participates");

  /** Verbs that are more often plural nouns unless something follows them. */
  private static final Set<String> NOUNS_ALONE = words("works plays stars studies covers needs");

  private static final Set<String> MODALS = words("can may might must should could will would");

  private static final Set<String> AUXILIARIES = words("is are was were");

  /** What one thing can be beside others of its kind: "a member of", not "the member of". */
  private static final Set<String> ONE_OF_MANY =
      words(
          "member subclass instance example kind type child son daughter sibling brother sister"
              + " citizen subsidiary tributary branch student subset variant component element"
              + " subproperty suburb district resident native employee product descendant ancestor"
              + " neighbour neighbor friend fan supporter politician synonym antonym hypernym hyponym"
              + " manner form symbol facet version edition translation adaptation participant subtype"
              + " species genus breed side effect disciple pupil follower party subregion region");

  /** After "of" these take what follows as the kind of the object: "member of sports team". */
  private static final Set<String> TAKES_KIND = words("member part citizen instance");

  /** "The award received by X", where "The award received of X" would be no English. */
  private static final Set<String> ENDS_BY =
      words("received held won played spoken practiced practised owned produced used written");

  private static final Set<String> SINGULAR_IN_S =
      words(
          "headquarters series species news means corps lens gas canvas atlas alias bias chaos sales"
              + " cosmos kudos thermos pancreas christmas texas gallows crossroads barracks");

  private static final Map<String, String> PLURALS =
      Map.of(
          "child",
          "children",
          "person",
          "people",
          "man",
          "men",
          "woman",
          "women",
          "series",
          "series",
          "species",
          "species",
          "headquarters",
          "headquarters",
          "basis",
          "bases",
          "genus",
          "genera",
          "taxon",
          "taxa");

  private static final Set<String> PARTICIPLE_NOUNS = words("cast set run thought");

  private static final Set<String> IRREGULAR_PLURALS =
      words("children people men women genera taxa criteria phenomena media alumni lyrics");

  private EnglishWords() {}

  private static Set<String> words(String text) {
    return Set.copyOf(List.of(text.split(" ")).stream().distinct().toList());
  }

  static boolean isPreposition(String word) {
    return PREPOSITIONS.contains(word);
  }

  static boolean isParticiple(String word) {
    boolean regular =
        word.length() > 3
            && word.endsWith("ed")
            && !word.endsWith("eed")
            && !NO_PARTICIPLES.contains(word);
    return regular || IRREGULAR_PARTICIPLES.contains(word);
  }

  static boolean isPast(String word) {
    return IRREGULAR_PASTS.contains(word)
        || (isParticiple(word) && !IRREGULAR_PARTICIPLES.contains(word));
  }

  static boolean isIrregularPast(String word) {
    return IRREGULAR_PASTS.contains(word);
  }

  static boolean isIntransitive(String word) {
    return INTRANSITIVE.contains(word);
  }

  static boolean lasts(String participle) {
    return LASTING.contains(participle);
  }

  static boolean isAdjective(String word) {
    return ADJECTIVES.contains(word);
  }

  static boolean isPresentVerb(String word) {
    return PRESENT_VERBS.contains(word);
  }

  static boolean isNounAlone(String word) {
    return NOUNS_ALONE.contains(word);
  }

  static boolean isModal(String word) {
    return MODALS.contains(word);
  }

  static boolean isAuxiliary(String word) {
    return AUXILIARIES.contains(word);
  }

  static boolean isOneOfMany(String noun) {
    return ONE_OF_MANY.contains(noun);
  }

  static boolean takesKind(String noun) {
    return TAKES_KIND.contains(noun);
  }

  static boolean endsBy(String participle) {
    return ENDS_BY.contains(participle);
  }

  /** Whether a noun is a plural, by its ending. */
  static boolean isPlural(String noun) {
    if (IRREGULAR_PLURALS.contains(noun)) {
      return true;
    }
    boolean other =
        noun.length() < 4
            || noun.endsWith("ss")
            || noun.endsWith("us")
            || noun.endsWith("is")
            || noun.endsWith("ics");
    return noun.endsWith("s") && !other && !SINGULAR_IN_S.contains(noun);
  }

  /** The plural of a noun; one that is a plural already stays, and what is no noun. */
  static String plural(String noun) {
    String known = PLURALS.get(noun);
    if (known != null) {
      return known;
    } else if (isPlural(noun) || isNoNoun(noun)) {
      return noun;
    } else if (noun.matches("(?i).*[^aeiou]y")) {
      return noun.substring(0, noun.length() - 1) + "ies";
    }
    return noun + (noun.matches("(?i).*(s|x|z|ch|sh)") ? "es" : "s");
  }

  private static boolean isNoNoun(String word) {
    boolean sign =
        word.isEmpty() || !Character.isLetterOrDigit(word.codePointBefore(word.length()));
    return sign || (isParticiple(word) && !PARTICIPLE_NOUNS.contains(word));
  }

  /** {@code "an"} before a vowel's letter, else {@code "a"}; the common exceptions are known. */
  static String article(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    boolean vowel = !lower.isEmpty() && "aeiou".indexOf(lower.charAt(0)) >= 0;
    boolean silent = lower.matches("(heir|hour|honest|hono).*");
    boolean consonant = lower.matches("(uni[^mn]|use|usu|eu|one\\b|once\\b).*");
    return silent || (vowel && !consonant) ? "an" : "a";
  }
}
