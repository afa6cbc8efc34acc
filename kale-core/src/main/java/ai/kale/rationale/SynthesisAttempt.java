package ai.kale.rationale;

import ai.kale.data.GroundedQuestion;
import ai.kale.data.Provenance;
import ai.kale.data.Rationale;
import ai.kale.data.RationalizedQuestion;
import ai.kale.data.Synthesis;
import ai.kale.data.Synthesis.Outcome;
import ai.kale.spi.TeacherModel.Ending;
import ai.kale.spi.TeacherModel.Prompt;
import ai.kale.spi.TeacherModel.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** A {@link TeacherSynthesizer}'s work on one question. */
final class SynthesisAttempt {
  /** Asks a teacher; fails its future as {@link ai.kale.spi.TeacherModel#reply} throws. */
  @FunctionalInterface
  interface Ask {
    CompletableFuture<Reply> reply(Prompt prompt);
  }

  private final TeacherSynthesizerBuilder settings;
  private final String teacherId;
  private final GroundedQuestion question;
  private final Ask ask;
  private final boolean usePaths;
  private final RationalePrompt prompt;
  private final GroundedQuestion checkedAgainst;
  // One step follows another, each seeing what the one before wrote.
  private List<String> firstProblems = List.of();
  private List<String> secondProblems = List.of();
  private final List<String> reasons = new ArrayList<>();
  private long promptTokens;
  private long completionTokens;

  SynthesisAttempt(
      TeacherSynthesizerBuilder settings, String teacherId, GroundedQuestion question, Ask ask) {
    this.settings = settings;
    this.teacherId = teacherId;
    this.question = question;
    this.ask = ask;
    this.usePaths = !settings.ignoresPaths() && !question.paths().isEmpty();
    this.prompt = usePaths ? settings.prompt() : settings.promptWithoutPaths();
    this.checkedAgainst = usePaths ? question : withoutPaths(question);
  }

  CompletableFuture<Synthesis> run() {
    String user = prompt.user(question, settings.labels());
    return ask(user).thenCompose(first -> afterFirst(user, first));
  }

  private CompletableFuture<Synthesis> afterFirst(String user, Reply first) {
    firstProblems = problemsOf(first);
    if (firstProblems.isEmpty()) {
      return CompletableFuture.completedFuture(written(first, Outcome.KEPT));
    }
    String why = String.join("; ", firstProblems);
    return ask(prompt.retry(user, first.text().strip(), why)).thenApply(this::afterSecond);
  }

  private Synthesis afterSecond(Reply second) {
    secondProblems = problemsOf(second);
    return secondProblems.isEmpty() ? written(second, Outcome.RETRIED) : fallBack();
  }

  private CompletableFuture<Reply> ask(String user) {
    return ask.reply(
            new Prompt(prompt.system(), user, settings.maxTokens(), settings.temperature()))
        .thenApply(
            reply -> {
              promptTokens += reply.promptTokens();
              completionTokens += reply.completionTokens();
              return reply;
            });
  }

  private List<String> problemsOf(Reply reply) {
    List<String> problems = new ArrayList<>();
    if (reply.ending() == Ending.CUT) {
      problems.add(
          "cut-short: the limit of "
              + settings.maxTokens()
              + " tokens cut the text short; write less, or raise maxTokens");
    } else if (reply.ending() == Ending.REFUSED) {
      problems.add("refused: the text was withheld, or a part of it; write about the facts only");
    }
    String text = reply.text().strip();
    if (!text.isEmpty()) {
      problems.addAll(RationaleChecks.problems(settings.checks(), checkedAgainst, text));
    } else if (problems.isEmpty()) {
      problems.add("empty: the reply is empty; write the rationale");
    }
    return problems;
  }

  private Synthesis written(Reply reply, Outcome outcome) {
    return result(
        new Rationale(reply.text().strip(), teacherId, promptTokens, completionTokens), outcome);
  }

  /** Never where paths are not to be used: the template would smuggle them in. */
  private Synthesis fallBack() {
    Optional<TemplateVerbalizer> template = settings.fallback();
    if (template.isPresent() && usePaths) {
      TemplateText said = TemplateText.of(template.get(), question);
      if (said.problem().isEmpty()) {
        return result(new Rationale(said.text(), template.get().id(), 0, 0), Outcome.FELL_BACK);
      }
      reasons.add(said.problem().get());
    }
    return synthesis(Outcome.DROPPED, Optional.empty());
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
    return synthesis(
        outcome,
        Optional.of(new RationalizedQuestion(question, rationale, provenance, row.extra())));
  }

  private Synthesis synthesis(Outcome outcome, Optional<RationalizedQuestion> result) {
    return new Synthesis(
        outcome, result, firstProblems, secondProblems, reasons, promptTokens, completionTokens);
  }

  private static GroundedQuestion withoutPaths(GroundedQuestion q) {
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
