package ai.kale.rationale;

import ai.kale.RationaleSynthesizer;
import ai.kale.data.GroundedQuestion;
import ai.kale.data.Provenance;
import ai.kale.data.Rationale;
import ai.kale.data.RationalizedQuestion;
import ai.kale.data.Synthesis;
import ai.kale.data.Synthesis.Outcome;
import ai.kale.spi.TeacherModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Has a {@link TeacherModel} write rationales, checks each, asks once more with the reason if a
 * check fails, then falls back to the template, and drops what even the template cannot say. Every
 * step is visible in the outcome; see {@link Synthesis}.
 *
 * <p>Immutable and as safe for use by several threads as its teacher is. Cost: at most two requests
 * for each question; questions without an answer, or dropped for want of a path, cost none.
 */
public final class TeacherSynthesizer implements RationaleSynthesizer {
  private final TeacherSynthesizerBuilder settings;

  TeacherSynthesizer(TeacherSynthesizerBuilder settings) {
    this.settings = settings;
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
    return settings.id();
  }

  @Override
  public Synthesis synthesize(GroundedQuestion question) {
    Optional<String> unfit = Rows.unfit(question, settings.pathPolicy());
    if (unfit.isPresent()) {
      return Rows.dropped(List.of(unfit.get()));
    }
    boolean usePaths = !settings.ignoresPaths() && !question.paths().isEmpty();
    return new Attempt(question, usePaths).run();
  }

  /** The work on one question. */
  private final class Attempt {
    private final GroundedQuestion question;
    private final boolean usePaths;
    private final RationalePrompt prompt;
    private final GroundedQuestion checkedAgainst;
    private final List<String> problems = new ArrayList<>();
    private long promptTokens;
    private long completionTokens;

    Attempt(GroundedQuestion question, boolean usePaths) {
      this.question = question;
      this.usePaths = usePaths;
      this.prompt = usePaths ? settings.prompt() : settings.promptWithoutPaths();
      this.checkedAgainst = usePaths ? question : withoutPaths(question);
    }

    Synthesis run() {
      String user = prompt.user(question, settings.labels());
      String first = ask(user);
      Optional<String> problem = problemOf(first);
      if (problem.isEmpty()) {
        return written(first, Outcome.KEPT);
      }
      problems.add(problem.get());
      String second = ask(prompt.retry(user, first, problem.get()));
      problem = problemOf(second);
      if (problem.isEmpty()) {
        return written(second, Outcome.RETRIED);
      }
      problems.add(problem.get());
      return fallBack();
    }

    private String ask(String user) {
      TeacherModel.Reply reply =
          settings
              .teacher()
              .reply(
                  new TeacherModel.Prompt(
                      prompt.system(), user, settings.maxTokens(), settings.temperature()));
      promptTokens += reply.promptTokens();
      completionTokens += reply.completionTokens();
      return reply.text().strip();
    }

    private Optional<String> problemOf(String text) {
      return RationaleChecks.firstProblem(settings.checks(), checkedAgainst, text);
    }

    private Synthesis written(String text, Outcome outcome) {
      return result(
          new Rationale(text, settings.teacher().id(), promptTokens, completionTokens), outcome);
    }

    /** Never where paths are not to be used: the template would smuggle them in. */
    private Synthesis fallBack() {
      Optional<TemplateVerbalizer> template = settings.fallback();
      if (template.isPresent() && usePaths) {
        TemplateText said = TemplateText.of(template.get(), question);
        if (said.problem().isEmpty()) {
          return result(new Rationale(said.text(), template.get().id(), 0, 0), Outcome.FELL_BACK);
        }
        problems.add(said.problem().get());
      }
      return new Synthesis(
          Outcome.DROPPED, Optional.empty(), problems, promptTokens, completionTokens);
    }

    private Synthesis result(Rationale rationale, Outcome outcome) {
      RationalizedQuestion row = Rows.row(checkedAgainst, rationale, outcome);
      Provenance provenance =
          row.provenance()
              .with("prompt.version", prompt.version())
              .with("prompt.sha256", prompt.sha256(question));
      if (!usePaths) {
        provenance = provenance.with("triples", "0").with("triples.sha256", "none");
      }
      return new Synthesis(
          outcome,
          Optional.of(new RationalizedQuestion(question, rationale, provenance, row.extra())),
          problems,
          promptTokens,
          completionTokens);
    }

    private GroundedQuestion withoutPaths(GroundedQuestion q) {
      return new GroundedQuestion(
          q.question(),
          q.questionEntities(),
          q.answerEntities(),
          q.unlinked(),
          List.of(),
          q.report(),
          q.provenance(),
          q.extra());
    }
  }
}
