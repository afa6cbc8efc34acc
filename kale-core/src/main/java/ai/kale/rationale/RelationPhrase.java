package ai.kale.rationale;

import java.util.Optional;

/**
 * How the triples of one relation are said. Each sentence has the places {@code {subject}} and
 * {@code {object}} and, if wanted, {@code {relation}} and {@code {a}}: {@code "a"} or {@code "an"},
 * whichever the object takes. Where there is no sentence for several objects or subjects, each
 * triple is said by itself.
 *
 * <pre>
 * RelationPhrase.of("The child of {subject} is {object}.")
 *     .withObjects("The children of {subject} are {object}.")
 *     .withInverse("{object} is a child of {subject}.")
 * </pre>
 *
 * @param one a triple
 * @param objects triples of one subject; {@code {object}} is then a list such as {@code "A, B and
 *     C"}
 * @param subjects triples with one object; {@code {subject}} is then a list
 * @param inverse a triple that a path goes against its arrow, from the object to the subject; where
 *     it is empty, as {@code one}
 */
public record RelationPhrase(
    String one, Optional<String> objects, Optional<String> subjects, Optional<String> inverse) {
  /** Checks the places. */
  public RelationPhrase {
    check(one);
    objects.ifPresent(RelationPhrase::check);
    subjects.ifPresent(RelationPhrase::check);
    inverse.ifPresent(RelationPhrase::check);
  }

  /**
   * One sentence for each triple.
   *
   * @param one the sentence
   * @return a phrase
   * @throws IllegalArgumentException if it lacks {@code {subject}} or {@code {object}}
   */
  public static RelationPhrase of(String one) {
    return new RelationPhrase(one, Optional.empty(), Optional.empty(), Optional.empty());
  }

  /**
   * The same with a sentence for several objects of one subject.
   *
   * @param pattern {@code {object}} in it is a list
   * @return a new phrase
   */
  public RelationPhrase withObjects(String pattern) {
    return new RelationPhrase(one, Optional.of(pattern), subjects, inverse);
  }

  /**
   * The same with a sentence for several subjects of one object.
   *
   * @param pattern {@code {subject}} in it is a list
   * @return a new phrase
   */
  public RelationPhrase withSubjects(String pattern) {
    return new RelationPhrase(one, objects, Optional.of(pattern), inverse);
  }

  /**
   * The same with a sentence for hops against the arrow.
   *
   * @param pattern says the triple from its object's side
   * @return a new phrase
   */
  public RelationPhrase withInverse(String pattern) {
    return new RelationPhrase(one, objects, subjects, Optional.of(pattern));
  }

  private static void check(String pattern) {
    if (!pattern.contains("{subject}") || !pattern.contains("{object}")) {
      throw new IllegalArgumentException(
          "a phrase needs the places {subject} and {object}; got '" + pattern + "'");
    }
  }
}
