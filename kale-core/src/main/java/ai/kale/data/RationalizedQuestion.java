package ai.kale.data;

import java.util.Map;

/**
 * A question with a rationale that passed its checks.
 *
 * @param grounded the question, its entities and paths
 * @param rationale the rationale
 * @param provenance how this was made
 * @param extra JSON fields this version does not know, kept as they are
 */
public record RationalizedQuestion(
    GroundedQuestion grounded,
    Rationale rationale,
    Provenance provenance,
    Map<String, Object> extra) {
  /** Copies the extras. */
  public RationalizedQuestion {
    extra = Extras.copy(extra);
  }

  /** The question itself. */
  public Question question() {
    return grounded.question();
  }
}
