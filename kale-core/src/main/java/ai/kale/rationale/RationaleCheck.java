package ai.kale.rationale;

import ai.kale.data.GroundedQuestion;
import java.util.Optional;

/** One thing a rationale must hold to be kept. Implementations are immutable. */
public interface RationaleCheck {
  /**
   * A short stable name with every setting that changes the verdict, for example {@code
   * "length(10-8000)"}; part of a synthesizer's id.
   */
  String name();

  /**
   * Looks for a problem.
   *
   * @param question what the rationale is for
   * @param rationale the text
   * @return empty if all is well, else what is wrong, as an instruction to whoever writes again:
   *     {@code "kind: explanation"}, where the kind is short, stable and counted in summaries
   */
  Optional<String> problem(GroundedQuestion question, String rationale);
}
