package ai.kale.rationale;

import ai.kale.data.GroundedQuestion;
import ai.kale.data.PathStep;
import ai.kale.data.Provenance;
import ai.kale.data.Rationale;
import ai.kale.data.RationalizedQuestion;
import ai.kale.data.Synthesis;
import ai.kale.data.Synthesis.Outcome;
import ai.kale.data.TripleRef;
import ai.kale.run.Hashes;
import ai.kale.run.LibraryVersion;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What both synthesizers share: who is fit, and how a result is put together. */
final class Rows {
  static final String SNAPSHOT = "graph.snapshot";

  private Rows() {}

  /** Why nothing can be written for a question, or empty. */
  static Optional<String> unfit(GroundedQuestion question, WithoutPaths policy) {
    List<String> answers = question.question().answers();
    if (answers.isEmpty() || answers.get(0).isBlank()) {
      return Optional.of("no-answer: the question has no answer to train on; give it one, first");
    }
    if (question.paths().isEmpty() && policy == WithoutPaths.DROP) {
      return Optional.of("no-path: no path leads from the question to the answer in the graph");
    }
    return Optional.empty();
  }

  static Synthesis dropped(List<String> problems) {
    return new Synthesis(Outcome.DROPPED, Optional.empty(), problems);
  }

  /** A row with the provenance facts of every synthesizer. */
  static RationalizedQuestion row(GroundedQuestion question, Rationale rationale, Outcome outcome) {
    Set<TripleRef> triples = new LinkedHashSet<>();
    question.paths().forEach(path -> triples.addAll(path.triples()));
    Provenance provenance =
        Provenance.of("synthesize", Map.of())
            .with("teacher", rationale.teacher())
            .with("outcome", outcome.name().toLowerCase(Locale.ROOT).replace('_', '-'))
            .with("triples", Integer.toString(triples.size()))
            .with("triples.sha256", hash(triples))
            .with("kale.version", LibraryVersion.current());
    String snapshot = question.provenance().facts().get(SNAPSHOT);
    if (snapshot != null) {
      provenance = provenance.with(SNAPSHOT, snapshot);
    }
    if (FallbackPaths.in(question)) {
      provenance = provenance.with("fallback", question.report().fallback().text());
    }
    return new RationalizedQuestion(question, rationale, provenance, Map.of());
  }

  /**
   * An outcome as that of an equal question: the row keeps its text, provenance and extra, but has
   * the question, paths and snapshot of the question at hand.
   */
  static Synthesis rebound(Synthesis synthesis, GroundedQuestion question) {
    Optional<RationalizedQuestion> row =
        synthesis
            .result()
            .map(
                old -> {
                  String snapshot = question.provenance().facts().get(SNAPSHOT);
                  Provenance own =
                      snapshot == null
                          ? old.provenance()
                          : old.provenance().with(SNAPSHOT, snapshot);
                  return new RationalizedQuestion(question, old.rationale(), own, old.extra());
                });
    return new Synthesis(
        synthesis.outcome(),
        row,
        synthesis.firstProblems(),
        synthesis.secondProblems(),
        synthesis.reasons(),
        synthesis.promptTokens(),
        synthesis.completionTokens());
  }

  private static String hash(Set<TripleRef> triples) {
    List<String> ids = new ArrayList<>();
    for (TripleRef triple : triples) {
      ids.add(triple.subject().id());
      ids.add(triple.relation().id());
      ids.add(triple.object().id());
    }
    return Hashes.sha256(ids);
  }

  /**
   * Tells questions apart by everything that determines what a synthesizer writes. The question's
   * id is left out: equal questions are asked once. What the teacher is told of a fallback's paths
   * is in it.
   */
  static String key(GroundedQuestion grounded, String synthesizerId) {
    List<String> parts = new ArrayList<>();
    parts.add(synthesizerId);
    parts.add(grounded.question().text());
    if (!grounded.question().instruction().isEmpty() || !grounded.question().passage().isEmpty()) {
      parts.add(grounded.question().instruction());
      parts.add(grounded.question().passage());
    }
    addAll(grounded.question().answers(), parts);
    addAll(grounded.question().choices(), parts);
    addAll(
        grounded.questionEntities().stream().map(e -> e.id() + '\n' + e.label()).toList(), parts);
    addAll(grounded.answerEntities().stream().map(e -> e.id() + '\n' + e.label()).toList(), parts);
    parts.add(Integer.toString(grounded.paths().size()));
    grounded
        .paths()
        .forEach(
            path -> {
              parts.add(Integer.toString(path.hops()));
              parts.add(path.source().id());
              parts.add(path.source().label());
              for (PathStep step : path.steps()) {
                parts.add(step.relation().id());
                parts.add(step.relation().label());
                parts.add(step.inverse() ? "^" : "");
                parts.add(step.entity().id());
                parts.add(step.entity().label());
              }
            });
    FallbackPaths.note(grounded).ifPresent(parts::add);
    return Hashes.sha256(parts);
  }

  private static void addAll(List<String> texts, List<String> parts) {
    parts.add(Integer.toString(texts.size()));
    parts.addAll(texts);
  }
}
