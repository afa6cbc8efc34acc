package ai.kale.rationale;

import ai.kale.RationaleSynthesizer;
import ai.kale.data.GroundedQuestion;
import ai.kale.data.Rationale;
import ai.kale.data.RationalizedQuestion;
import ai.kale.data.Synthesis;
import ai.kale.data.Synthesis.Outcome;
import ai.kale.spi.TeacherModel;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Writes rationales with a {@link TemplateVerbalizer}: the embedded default, without a teacher.
 * Deterministic, immutable, safe for use by several threads.
 *
 * <p>A question is dropped, with the reason, if it has no answer, if it has no path (unless {@link
 * #withoutPaths} says otherwise), if its text fails {@link RationaleChecks#forTemplates}, or if no
 * path names its first answer, the one to train on. Paths to that answer are said first. Paths that
 * are a fallback are said too, but the text then ends in "The answer is …": it does not claim that
 * they lead there.
 */
public final class TemplateSynthesizer implements RationaleSynthesizer {
  private final TemplateVerbalizer verbalizer;
  private final WithoutPaths withoutPaths;

  private TemplateSynthesizer(TemplateVerbalizer verbalizer, WithoutPaths withoutPaths) {
    this.verbalizer = verbalizer;
    this.withoutPaths = withoutPaths;
  }

  /** With the default verbaliser; questions without a path are dropped. */
  public TemplateSynthesizer() {
    this(TemplateVerbalizer.defaults(), WithoutPaths.DROP);
  }

  /**
   * With own phrases; questions without a path are dropped.
   *
   * @param verbalizer writes the text
   */
  public TemplateSynthesizer(TemplateVerbalizer verbalizer) {
    this(verbalizer, WithoutPaths.DROP);
  }

  /**
   * The same with another treatment of questions without a path.
   *
   * @param policy with {@link WithoutPaths#FROM_ANSWER} the text is the conclusion alone
   * @return a new synthesizer
   */
  public TemplateSynthesizer withoutPaths(WithoutPaths policy) {
    return new TemplateSynthesizer(verbalizer, policy);
  }

  @Override
  public String id() {
    return verbalizer.id() + (withoutPaths == WithoutPaths.DROP ? "" : "+from-answer");
  }

  /** Itself: it asks no teacher. */
  @Override
  public Optional<RationaleSynthesizer> throughTeacher(UnaryOperator<TeacherModel> change) {
    return Optional.of(this);
  }

  @Override
  public Synthesis synthesize(GroundedQuestion question) {
    Optional<String> unfit = Rows.unfit(question, withoutPaths);
    if (unfit.isPresent()) {
      return Rows.dropped(List.of(unfit.get()));
    }
    TemplateText said = TemplateText.of(verbalizer, question);
    if (said.problem().isPresent()) {
      return Rows.dropped(List.of(said.problem().get()));
    }
    Rationale rationale = new Rationale(said.text(), verbalizer.id(), 0, 0);
    RationalizedQuestion row = Rows.row(question, rationale, Outcome.KEPT);
    return new Synthesis(Outcome.KEPT, Optional.of(row), List.of());
  }
}
