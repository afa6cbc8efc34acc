package ai.kale.rationale;

import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How triples are said: own sentences for relations by their ids, and for the rest a sentence by
 * the shape of the relation's label ("directed by", "capital of", "birthplace"; English only, see
 * docs/rationales.md), or one for all. What is put in is never searched for places again.
 * Immutable.
 */
public final class RelationPhrases {
  private static final PerLabel<RelationPhrase> BY_SHAPE = new PerLabel<>(EnglishRelations::phrase);
  private static final PerLabel<String> WORDS = new PerLabel<>(RelationLabels::words);

  /** The sentence for a relation whose label is a noun. */
  public static final String DEFAULT_PATTERN = "The {relation} of {subject} is {object}.";

  private static final RelationPhrases DEFAULTS = new RelationPhrases(Optional.empty(), Map.of());

  private final Optional<RelationPhrase> rest;
  private final SortedMap<String, RelationPhrase> phrases;

  private RelationPhrases(Optional<RelationPhrase> rest, Map<String, RelationPhrase> phrases) {
    this.rest = rest;
    this.phrases = new TreeMap<>(phrases);
  }

  /** Every relation by the shape of its label. */
  public static RelationPhrases defaults() {
    return DEFAULTS;
  }

  /**
   * Own sentences for some relations, one for each triple; the rest by the shapes of their labels.
   *
   * @param patterns relation id to sentence, for example {@code "P19"} to {@code "{subject} was
   *     born in {object}."}
   * @return phrases
   * @throws IllegalArgumentException if a sentence lacks {@code {subject}} or {@code {object}}
   */
  public static RelationPhrases of(Map<String, String> patterns) {
    RelationPhrases phrases = DEFAULTS;
    for (Map.Entry<String, String> entry : patterns.entrySet()) {
      phrases = phrases.with(entry.getKey(), checked(entry.getKey(), entry.getValue()));
    }
    return phrases;
  }

  /**
   * The same with own sentences for one more relation.
   *
   * @param relationId its id; an earlier phrase is replaced
   * @param phrase how it is said
   * @return new phrases
   */
  public RelationPhrases with(String relationId, RelationPhrase phrase) {
    SortedMap<String, RelationPhrase> more = new TreeMap<>(phrases);
    more.put(relationId, phrase);
    return new RelationPhrases(rest, more);
  }

  /**
   * The same with one sentence for all relations without a phrase of their own, whatever the shape
   * of their labels: for graphs that are not in English, or {@link #DEFAULT_PATTERN} to say
   * everything in the same way.
   *
   * @param pattern a sentence with {@code {subject}} and {@code {object}}
   * @return new phrases
   * @throws IllegalArgumentException if it lacks one of them
   */
  public RelationPhrases withDefault(String pattern) {
    return new RelationPhrases(Optional.of(checked("the default", pattern)), phrases);
  }

  /**
   * The phrase of a relation. O(length of the label).
   *
   * @param relationId chooses a phrase of its own
   * @param label text of the relation, else looked at for its shape
   * @return the phrase
   */
  public RelationPhrase phrase(String relationId, String label) {
    RelationPhrase own = phrases.get(relationId);
    return own != null ? own : rest.orElseGet(() -> BY_SHAPE.get(label));
  }

  /**
   * Says a triple.
   *
   * @param relationId chooses the sentence
   * @param relation text of the relation
   * @param subject text of the subject
   * @param object text of the object
   * @return the sentence
   */
  public String say(String relationId, String relation, String subject, String object) {
    return fill(phrase(relationId, relation).one(), relation, subject, object);
  }

  /** Puts texts into a sentence; a full stop after an object that ends in one is left out. */
  static String fill(String pattern, String relation, String subject, String object) {
    boolean stops = pattern.endsWith("{object}.") && object.endsWith(".");
    return Patterns.fill(
        stops ? pattern.substring(0, pattern.length() - 1) : pattern,
        Map.of(
            "relation",
            WORDS.get(relation),
            "subject",
            subject,
            "object",
            object,
            "a",
            EnglishWords.article(object)));
  }

  private static RelationPhrase checked(String of, String pattern) {
    try {
      return RelationPhrase.of(pattern);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(of + ": " + e.getMessage(), e);
    }
  }

  /** Everything that determines the sentences. */
  @Override
  public String toString() {
    return "RelationPhrases["
        + rest.map(RelationPhrase::toString).orElse("by shape")
        + ", "
        + phrases
        + "]";
  }
}
