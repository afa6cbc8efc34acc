package ai.kale.rationale;

import ai.kale.data.GroundedQuestion;
import java.util.List;
import java.util.Optional;

/** Lists of checks. */
public final class RationaleChecks {
  private RationaleChecks() {}

  /**
   * What a teacher's text must hold by default: length, answer reached, no copy of the options, and
   * only known names ({@link KnownNamesCheck#capitalized}).
   */
  public static List<RationaleCheck> standard() {
    return List.of(
        LengthCheck.DEFAULT,
        new ReachesAnswerCheck(),
        NotTheChoicesCheck.DEFAULT,
        KnownNamesCheck.capitalized());
  }

  /** What a template's text must hold: length and answer reached; it can name nothing unknown. */
  public static List<RationaleCheck> forTemplates() {
    return List.of(LengthCheck.DEFAULT, new ReachesAnswerCheck());
  }

  /**
   * Runs checks in order up to the first problem.
   *
   * @param checks the checks
   * @param question what the rationale is for
   * @param rationale the text
   * @return the first problem, or empty if the text may be kept
   */
  public static Optional<String> firstProblem(
      List<RationaleCheck> checks, GroundedQuestion question, String rationale) {
    return checks.stream()
        .flatMap(check -> problem(check, question, rationale).stream())
        .findFirst();
  }

  /**
   * Runs all checks.
   *
   * @param checks the checks
   * @param question what the rationale is for
   * @param rationale the text
   * @return a problem for each check that fails, in order; none if the text may be kept
   */
  public static List<String> problems(
      List<RationaleCheck> checks, GroundedQuestion question, String rationale) {
    return checks.stream().flatMap(check -> problem(check, question, rationale).stream()).toList();
  }

  private static Optional<String> problem(
      RationaleCheck check, GroundedQuestion question, String rationale) {
    try {
      return check.problem(question, rationale);
    } catch (RuntimeException e) {
      throw new IllegalStateException(
          "the check " + check.name() + " failed on question " + question.question().id(), e);
    }
  }
}
