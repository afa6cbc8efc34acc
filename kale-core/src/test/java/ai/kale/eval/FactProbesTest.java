package ai.kale.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.kale.data.GroundedQuestion;
import ai.kale.data.KnowledgePath;
import ai.kale.data.PathFallback;
import ai.kale.data.PathReport;
import ai.kale.data.Provenance;
import ai.kale.data.Question;
import ai.kale.data.TripleRef;
import ai.kale.error.InvalidInputException;
import ai.kale.eval.KnownFacts.Rule;
import ai.kale.run.RunContext;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FactProbesTest {
  private static final KnowledgePath OTHER =
      new KnowledgePath(Facts.BOB, List.of(Facts.step(Facts.WORKS_IN, Facts.PARIS)));

  private static KnownFacts measure(FactProbes probes, Map<String, String> answers) {
    return KnownFacts.measure(
        FakeModel.answering(answers), probes, EvaluationSettings.defaults(), RunContext.silent());
  }

  @Test
  void asksForEachTripleOfThePathInEachPhrasing() {
    FactProbes probes = Facts.probes(Facts.ASK, Facts.CLOZE);
    assertThat(Facts.of(probes, "q1"))
        .extracting(FactProbe::prompt)
        .containsExactly(
            "Ann lives in?", "Ann lives in ...", "Paris part of?", "Paris part of ...");
  }

  @Test
  void everyObjectOfTheGraphIsRightAndTheOwnComesFirst() {
    FactProbe probe = Facts.of(Facts.probes(Facts.ASK), "q1").get(1);
    assertThat(probe)
        .isEqualTo(
            new FactProbe(
                "Paris part of?",
                List.of("France", "Europe"),
                new TripleRef(Facts.PARIS, Facts.PART_OF, Facts.FRANCE)));
  }

  @Test
  void anInverseHopIsAskedInTheDirectionOfItsTriple() {
    assertThat(Facts.of(Facts.probes(Facts.ASK), "q3"))
        .containsExactly(
            new FactProbe(
                "Ann lives in?",
                List.of("Paris"),
                new TripleRef(Facts.ANN, Facts.LIVES_IN, Facts.PARIS)));
  }

  @Test
  void sharedFactsAreAskedOnce() {
    assertThat(Facts.probes(Facts.ASK).distinct())
        .extracting(FactProbe::prompt)
        .containsExactly("Ann lives in?", "Paris part of?", "Bob works in?");
  }

  @Test
  void aQuestionIsKnownIfAllItsFactsAre() {
    FactProbes probes = Facts.probes(Facts.ASK);
    KnownFacts facts =
        measure(probes, Map.of("Ann lives in?", "paris", "Paris part of?", "Europe"));
    assertThat(facts.questions(probes, Rule.EVERY_PHRASING)).containsExactly("q1", "q3");
    assertThat(facts.recall()).isEqualTo(2.0 / 3);
  }

  @Test
  void theRuleSaysWhetherOnePhrasingIsEnough() {
    FactProbes probes = Facts.probes(Facts.ASK, Facts.CLOZE);
    KnownFacts facts = measure(probes, Map.of("Ann lives in?", "Paris"));
    assertThat(facts.questions(probes, Rule.EVERY_PHRASING)).isEmpty();
    assertThat(facts.questions(probes, Rule.ANY_PHRASING)).containsExactly("q3");
  }

  @Test
  void refusesAPhrasingThatDependsOnTheObject() {
    ProbePhrasing inverse =
        t -> new ProbePhrasing.Phrase("What is in " + t.object().label(), t.subject().label());
    assertThatThrownBy(() -> Facts.probes(inverse))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("part_of");
  }

  @Test
  void refusesNothingToProbe() {
    assertThatThrownBy(() -> Facts.probes()).isInstanceOf(InvalidInputException.class);
    assertThatThrownBy(() -> FactProbes.of(Map.of(), List.of(Facts.ASK), Facts::objects))
        .isInstanceOf(InvalidInputException.class);
    assertThatThrownBy(() -> new KnownFacts(Map.of())).isInstanceOf(IllegalArgumentException.class);
    TripleRef triple = new TripleRef(Facts.ANN, Facts.LIVES_IN, Facts.PARIS);
    assertThatThrownBy(() -> new FactProbe("p", List.of(), triple))
        .isInstanceOf(IllegalArgumentException.class);
    KnownFacts facts = new KnownFacts(Map.of(new FactProbe("p", List.of("a"), triple), true));
    assertThatThrownBy(() -> facts.knows(new FactProbe("other", List.of("a"), triple)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("never asked");
  }

  @Test
  void takesTheFirstPathAndLeavesOutQuestionsWithoutOneOrWithAFallback() {
    KnowledgePath direct =
        new KnowledgePath(Facts.ANN, List.of(Facts.step(Facts.LIVES_IN, Facts.PARIS)));
    List<GroundedQuestion> questions =
        List.of(
            grounded("a", List.of(direct, OTHER)),
            grounded("b", List.of()),
            grounded("c", List.of(OTHER), PathFallback.FROM_QUESTION));
    FactProbes probes = FactProbes.ofFirstPaths(questions, List.of(Facts.ASK), Facts::objects);
    assertThat(probes.byQuestion()).containsOnlyKeys("a");
    assertThat(probes.distinct()).hasSize(1);
    List<GroundedQuestion> twice = List.of(questions.get(0), questions.get(0));
    assertThatThrownBy(() -> FactProbes.ofFirstPaths(twice, List.of(Facts.ASK), Facts::objects))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("twice");
  }

  private static GroundedQuestion grounded(String id, List<KnowledgePath> paths) {
    return grounded(id, paths, PathFallback.NONE);
  }

  private static GroundedQuestion grounded(
      String id, List<KnowledgePath> paths, PathFallback fallback) {
    return new GroundedQuestion(
        Question.of(id, id, List.of("x")),
        List.of(),
        List.of(),
        List.of(),
        paths,
        PathReport.complete(0).withFallback(fallback),
        Provenance.of("extract", Map.of()),
        Map.of());
  }
}
