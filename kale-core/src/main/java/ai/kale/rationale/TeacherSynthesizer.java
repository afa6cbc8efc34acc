package ai.kale.rationale;

import ai.kale.RationaleSynthesizer;
import ai.kale.data.GroundedQuestion;
import ai.kale.data.Synthesis;
import ai.kale.spi.TeacherModel;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.UnaryOperator;

/**
 * Has a {@link TeacherModel} write rationales, checks each, asks once more with the reasons if
 * checks fail, then falls back to the template, and drops what even the template cannot say. Every
 * step is visible in the outcome; see {@link Synthesis}. A reply that is blank, was cut short or
 * was withheld fails whatever the checks.
 *
 * <p>Immutable and as safe for use by several threads as its teacher is. Cost: at most two requests
 * for each question; questions without an answer, or dropped for want of a path, cost none.
 */
public final class TeacherSynthesizer implements RationaleSynthesizer {
  private final TeacherSynthesizerBuilder settings;
  private final TeacherModel teacher;

  TeacherSynthesizer(TeacherSynthesizerBuilder settings, TeacherModel teacher) {
    this.settings = settings;
    this.teacher = teacher;
  }

  /**
   * Starts with a teacher; everything else has a default.
   *
   * @param teacher writes the texts
   * @return a builder
   */
  public static TeacherSynthesizerBuilder builder(TeacherModel teacher) {
    return new TeacherSynthesizerBuilder(teacher);
  }

  @Override
  public String id() {
    return settings.id(teacher);
  }

  @Override
  public Optional<RationaleSynthesizer> throughTeacher(UnaryOperator<TeacherModel> change) {
    return Optional.of(new TeacherSynthesizer(settings, change.apply(teacher)));
  }

  @Override
  public Synthesis synthesize(GroundedQuestion question) {
    try {
      return with(question, prompt -> CompletableFuture.completedFuture(teacher.reply(prompt)))
          .join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw e;
    }
  }

  @Override
  public CompletableFuture<Synthesis> synthesizeAsync(
      GroundedQuestion question, Executor executor) {
    return with(question, prompt -> teacher.replyAsync(prompt, executor));
  }

  private CompletableFuture<Synthesis> with(GroundedQuestion question, SynthesisAttempt.Ask ask) {
    Optional<String> unfit = Rows.unfit(question, settings.pathPolicy());
    if (unfit.isPresent()) {
      return CompletableFuture.completedFuture(Rows.dropped(List.of(unfit.get())));
    }
    return new SynthesisAttempt(settings, teacher.id(), question, ask).run();
  }
}
