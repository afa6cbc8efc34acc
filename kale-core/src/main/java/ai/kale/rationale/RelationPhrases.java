package ai.kale.rationale;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How a triple is said: for each relation id a sentence with the places {@code {subject}}, {@code
 * {object}} and, if wanted, {@code {relation}}. Labels are put in as they are: a place inside a
 * label is not filled again.
 */
public final class RelationPhrases {
  /** The sentence for a relation without one of its own. */
  public static final String DEFAULT_PATTERN = "The {relation} of {subject} is {object}.";

  private static final RelationPhrases DEFAULTS = new RelationPhrases(DEFAULT_PATTERN, Map.of());

  private final String defaultPattern;
  private final SortedMap<String, String> patterns;

  private RelationPhrases(String defaultPattern, Map<String, String> patterns) {
    this.defaultPattern = check("the default pattern", defaultPattern);
    this.patterns = new TreeMap<>(patterns);
    this.patterns.forEach((id, pattern) -> check("the pattern of " + id, pattern));
  }

  /** {@link #DEFAULT_PATTERN} for every relation. */
  public static RelationPhrases defaults() {
    return DEFAULTS;
  }

  /**
   * Own sentences for some relations.
   *
   * @param patterns relation id to sentence, for example {@code "P19"} to {@code "{subject} was
   *     born in {object}."}
   * @return phrases with {@link #DEFAULT_PATTERN} for the rest
   * @throws IllegalArgumentException if a sentence lacks {@code {subject}} or {@code {object}}
   */
  public static RelationPhrases of(Map<String, String> patterns) {
    return new RelationPhrases(DEFAULT_PATTERN, patterns);
  }

  /**
   * The same with another sentence for relations without one of their own.
   *
   * @param pattern a sentence with {@code {subject}} and {@code {object}}
   * @return new phrases
   */
  public RelationPhrases withDefault(String pattern) {
    return new RelationPhrases(pattern, patterns);
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
    String pattern = patterns.getOrDefault(relationId, defaultPattern);
    return Patterns.fill(
        pattern, Map.of("relation", relation, "subject", subject, "object", object));
  }

  private static String check(String what, String pattern) {
    if (!pattern.contains("{subject}") || !pattern.contains("{object}")) {
      throw new IllegalArgumentException(
          what + " needs the places {subject} and {object}; got '" + pattern + "'");
    }
    return pattern;
  }

  /** Everything that determines the sentences. */
  @Override
  public String toString() {
    return "RelationPhrases[" + defaultPattern + ", " + patterns + "]";
  }
}
