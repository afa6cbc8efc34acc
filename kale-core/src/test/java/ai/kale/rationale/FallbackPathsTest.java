package ai.kale.rationale;

import static ai.kale.tck.Samples.entity;
import static ai.kale.tck.Samples.hop;
import static org.assertj.core.api.Assertions.assertThat;

import ai.kale.data.EntityRef;
import ai.kale.data.GroundedQuestion;
import ai.kale.data.KnowledgePath;
import ai.kale.data.PathFallback;
import ai.kale.data.PathReport;
import ai.kale.data.Synthesis;
import ai.kale.data.Synthesis.Outcome;
import ai.kale.tck.Samples;
import ai.kale.testing.ScriptedTeacher;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the rationale stage makes of paths that do not lead to the answer. */
class FallbackPathsTest {
  private static GroundedQuestion on(PathFallback kind) {
    GroundedQuestion q = Samples.curie();
    return new GroundedQuestion(
        q.question(),
        q.questionEntities(),
        List.of(new EntityRef("Polish_zloty", "Polish zloty")),
        List.of(),
        List.of(new KnowledgePath(entity("Marie Curie"), List.of(hop("birthplace", "Warsaw")))),
        PathReport.complete(7).withFallback(kind),
        q.provenance(),
        Map.of());
  }

  @Test
  void theTemplateSaysTheFactsAndDrawsNothingFromThem() {
    Synthesis kept = new TemplateSynthesizer().synthesize(on(PathFallback.TOWARD_ANSWER));
    assertThat(kept.outcome()).isEqualTo(Outcome.KEPT);
    assertThat(kept.result().orElseThrow().rationale().text())
        .isEqualTo("The birthplace of Marie Curie is Warsaw. The answer is Polish zloty.");
    assertThat(kept.result().orElseThrow().provenance().facts())
        .containsEntry("fallback", "toward-answer");
    TemplateVerbalizer hence = TemplateVerbalizer.defaults().withConclusion("Hence: {answer}.");
    Synthesis own = new TemplateSynthesizer(hence).synthesize(on(PathFallback.FROM_QUESTION));
    assertThat(own.result().orElseThrow().rationale().text())
        .endsWith("The answer is Polish zloty.");
    Synthesis silent =
        new TemplateSynthesizer(TemplateVerbalizer.defaults().withConclusion(""))
            .synthesize(on(PathFallback.FROM_QUESTION));
    assertThat(silent.problems()).singleElement().asString().startsWith("misses-answer");
  }

  @Test
  void pathsToTheAnswerAreSaidAsBefore() {
    Synthesis kept = new TemplateSynthesizer().synthesize(Samples.curie());
    assertThat(kept.result().orElseThrow().rationale().text())
        .endsWith("So the answer is Polish zloty.");
    assertThat(kept.result().orElseThrow().provenance().facts()).doesNotContainKey("fallback");
  }

  @Test
  void theTeacherIsToldWhatThePathsAre() {
    RationalePrompt prompt = RationalePrompt.standard();
    String toward = prompt.user(on(PathFallback.TOWARD_ANSWER), UntrustedLabels.DEFAULT);
    assertThat(toward)
        .containsSubsequence(
            "</facts>",
            "Write the rationale.\n\nThese facts lead from the question toward the answer but do not",
            "do not claim that they prove it");
    assertThat(prompt.user(on(PathFallback.FROM_QUESTION), UntrustedLabels.DEFAULT))
        .contains("about the entities of the question; it is not known that any of them leads to");
    assertThat(prompt.user(Samples.curie(), UntrustedLabels.DEFAULT))
        .endsWith("</facts>\n\nWrite the rationale.");
    assertThat(
            RationalePrompt.standardWithoutPaths()
                .user(on(PathFallback.TOWARD_ANSWER), UntrustedLabels.DEFAULT))
        .endsWith("Write the rationale.");
  }

  @Test
  void theHashOfThePromptCoversTheNote() {
    RationalePrompt prompt = RationalePrompt.standard();
    assertThat(prompt.sha256(Samples.curie())).isEqualTo(prompt.sha256());
    assertThat(prompt.sha256(on(PathFallback.TOWARD_ANSWER)))
        .isNotEqualTo(prompt.sha256())
        .isNotEqualTo(prompt.sha256(on(PathFallback.FROM_QUESTION)));
    ScriptedTeacher teacher = ScriptedTeacher.saying("The answer is Polish zloty.");
    GroundedQuestion question = on(PathFallback.TOWARD_ANSWER);
    Synthesis kept = TeacherSynthesizer.builder(teacher).build().synthesize(question);
    assertThat(kept.result().orElseThrow().provenance().facts())
        .containsEntry("prompt.sha256", prompt.sha256(question))
        .containsEntry("fallback", "toward-answer");
  }

  @Test
  void rowsWrittenWithoutThePathsAreOnNoFallback() {
    ScriptedTeacher teacher = ScriptedTeacher.saying("The answer is Polish zloty.");
    Synthesis kept =
        TeacherSynthesizer.builder(teacher)
            .ignorePaths()
            .build()
            .synthesize(on(PathFallback.TOWARD_ANSWER));
    assertThat(kept.result().orElseThrow().provenance().facts())
        .doesNotContainKey("fallback")
        .containsEntry("triples", "0")
        .containsEntry("prompt.sha256", RationalePrompt.standardWithoutPaths().sha256());
    assertThat(kept.result().orElseThrow().grounded()).isEqualTo(on(PathFallback.TOWARD_ANSWER));
  }

  @Test
  void theTeachersTextIsCheckedAgainstThePathsItWasGiven() {
    GroundedQuestion question = on(PathFallback.TOWARD_ANSWER);
    ScriptedTeacher teacher =
        ScriptedTeacher.saying("Marie Curie was born in Warsaw. The answer is Polish zloty.");
    Synthesis kept = TeacherSynthesizer.builder(teacher).build().synthesize(question);
    assertThat(kept.outcome()).isEqualTo(Outcome.KEPT);
    assertThat(
            KnownNamesCheck.capitalized()
                .problem(question, "It is Polish zloty, said Ada Lovelace."))
        .isPresent();
    assertThat(new ReachesAnswerCheck().problem(question, "Marie Curie was born in Warsaw."))
        .isPresent();
  }

  @Test
  void theJournalTellsAFallbackFromAPathToTheAnswer() {
    String none = Rows.key(on(PathFallback.NONE), "id");
    assertThat(Rows.key(on(PathFallback.TOWARD_ANSWER), "id"))
        .isNotEqualTo(none)
        .isNotEqualTo(Rows.key(on(PathFallback.FROM_QUESTION), "id"));
    // The key of a question without a fallback is the one of the release before.
    assertThat(Rows.key(Samples.curie(), "id"))
        .isEqualTo("ddbb7f6a865fc88b47e013dd7031b7f0f2f1c6a223f3be8facb711fff5b76842");
  }

  @Test
  void theSummaryCountsFallbacksAmongThoseWithoutACompletePath() {
    List<GroundedQuestion> questions = List.of(Samples.curie(), on(PathFallback.TOWARD_ANSWER));
    SynthesisSummary summary =
        SynthesisRun.with(new TemplateSynthesizer()).run(questions).summary();
    assertThat(summary.withoutPath()).isEqualTo(1);
    assertThat(summary.onFallback()).isEqualTo(1);
    assertThat(summary.kept()).isEqualTo(2);
    assertThat(summary.describe()).contains("50.0 % have no complete path (1 a fallback's)");
  }
}
