package ai.kale.rationale;

import ai.kale.data.GroundedQuestion;
import ai.kale.data.KnowledgePath;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the template says to a question, and what is wrong with it. The paths to the answer that is
 * trained on come first; if no path names that answer, the conclusion alone would, after facts that
 * lead elsewhere. Paths that are a fallback prove nothing: their facts are said, and the last
 * sentence states the answer without drawing it from them, whatever the verbalizer's conclusion (no
 * conclusion stays none).
 */
record TemplateText(String text, Optional<String> problem) {
  static TemplateText of(TemplateVerbalizer verbalizer, GroundedQuestion question) {
    String answer = question.question().answer();
    List<KnowledgePath> paths = paths(question);
    boolean fallback = FallbackPaths.in(question);
    TemplateVerbalizer speaker = fallback ? verbalizer.withoutClaim() : verbalizer;
    String text = speaker.verbalize(paths, answer);
    Optional<String> problem =
        RationaleChecks.firstProblem(RationaleChecks.forTemplates(), question, text);
    boolean proven = fallback || paths.isEmpty() || leads(paths.get(0), question);
    if (problem.isPresent() || proven) {
      return new TemplateText(text, problem);
    }
    String facts = verbalizer.withConclusion("").verbalize(paths, answer);
    return new TemplateText(
        text,
        new ReachesAnswerCheck()
            .problem(question, facts)
            .map(
                misses ->
                    "misses-answer: no path leads to the first answer, the one to train on; put an"
                        + " answer first that a path leads to"));
  }

  private static List<KnowledgePath> paths(GroundedQuestion question) {
    return Stream.concat(
            question.paths().stream().filter(path -> leads(path, question)),
            question.paths().stream().filter(path -> !leads(path, question)))
        .toList();
  }

  private static boolean leads(KnowledgePath path, GroundedQuestion question) {
    String answer = question.question().answer();
    String words = Words.normal(answer);
    String label = path.target().label();
    boolean same =
        words.isBlank() ? label.strip().equals(answer.strip()) : Words.normal(label).equals(words);
    boolean only = question.question().answers().size() == 1;
    return same || (only && question.answerEntities().contains(path.target()));
  }
}
