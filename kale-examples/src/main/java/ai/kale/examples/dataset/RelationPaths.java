package ai.kale.examples.dataset;

import ai.kale.data.Question;
import ai.kale.error.InvalidInputException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The relation path that a question asks about, where its data set knows it: kept in the question's
 * extra field {@value #FIELD} as relation ids, an inverse hop prefixed by {@code '^'}.
 */
public final class RelationPaths {
  /** Name of the extra field. */
  public static final String FIELD = "relationPath";

  private RelationPaths() {}

  /**
   * One hop.
   *
   * @param relation relation id
   * @param inverse whether it is followed against its arrow
   */
  public record Hop(String relation, boolean inverse) {
    /** The hop as written in the field. */
    @Override
    public String toString() {
      return (inverse ? "^" : "") + relation;
    }

    static Hop parse(String text) {
      return text.startsWith("^") ? new Hop(text.substring(1), true) : new Hop(text, false);
    }
  }

  /**
   * Attaches a relation path.
   *
   * @param question a question
   * @param path its hops
   * @return a new question
   */
  public static Question attach(Question question, List<Hop> path) {
    Map<String, Object> extra = new HashMap<>(question.extra());
    extra.put(FIELD, path.stream().map(Hop::toString).toList());
    return question.withExtra(extra);
  }

  /**
   * The relation path of a question.
   *
   * @param question a question
   * @return its hops, or empty where the data set does not say
   * @throws InvalidInputException if the field is there but is not a list of texts, at least one
   */
  public static Optional<List<Hop>> of(Question question) {
    Object value = question.extra().get(FIELD);
    if (value == null) {
      return Optional.empty();
    }
    if (value instanceof List<?> list
        && !list.isEmpty()
        && list.stream().allMatch(String.class::isInstance)) {
      return Optional.of(list.stream().map(hop -> Hop.parse((String) hop)).toList());
    }
    throw new InvalidInputException(
        "question "
            + question.id()
            + ": "
            + FIELD
            + " must be a list of relation ids, at least one; got "
            + value);
  }

  /**
   * A name for the kind of question: its relation path, or {@code "?"}.
   *
   * @param question a question
   * @return ids joined by {@code '/'}
   */
  public static String signature(Question question) {
    return of(question)
        .map(path -> String.join("/", path.stream().map(Hop::toString).toList()))
        .orElse("?");
  }
}
