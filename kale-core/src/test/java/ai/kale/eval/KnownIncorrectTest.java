package ai.kale.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.kale.error.InvalidInputException;
import ai.kale.eval.KnownFacts.Rule;
import ai.kale.run.RunContext;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KnownIncorrectTest {
  private final FactProbes probes = Facts.probes(Facts.ASK);
  private final KnownFacts all =
      measure(
          Map.of("Ann lives in?", "Paris", "Paris part of?", "France", "Bob works in?", "Paris"));
  private final KnownFacts forgetful =
      measure(Map.of("Ann lives in?", "Paris", "Bob works in?", "Paris"));

  private KnownFacts measure(Map<String, String> answers) {
    return KnownFacts.measure(
        FakeModel.answering(answers), probes, EvaluationSettings.defaults(), RunContext.silent());
  }

  @Test
  void forgettingFlattersUnlessKnowledgeIsFixedAtTheBase() {
    EvaluationResult result =
        EvaluationResult.of("sft", 1, Map.of("q1", false, "q2", false, "q3", true, "q9", true));
    KnownIncorrect known = KnownIncorrect.of(result, probes, all, forgetful, Rule.EVERY_PHRASING);
    assertThat(known.fixedAtBase()).isEqualTo(new KnownIncorrect.Table(1, 2, 0, 0));
    assertThat(known.fixedAtBase().rate().orElseThrow()).isCloseTo(2.0 / 3, within(1e-12));
    assertThat(known.remeasured()).isEqualTo(new KnownIncorrect.Table(1, 0, 0, 2));
    assertThat(known.remeasured().rate().orElseThrow()).isZero();
    assertThat(known.unprobed()).isEqualTo(1);
    assertThat(known.fixedAtBase().total()).isEqualTo(3);
  }

  @Test
  void unknownQuestionsCanBeRight() {
    EvaluationResult result =
        EvaluationResult.of("base", 1, Map.of("q1", true, "q2", false, "q3", false));
    KnownIncorrect known =
        KnownIncorrect.of(result, probes, forgetful, forgetful, Rule.ANY_PHRASING);
    assertThat(known.fixedAtBase()).isEqualTo(new KnownIncorrect.Table(0, 1, 1, 1));
  }

  @Test
  void thereIsNoRateWhereNothingIsKnown() {
    assertThat(new KnownIncorrect.Table(0, 0, 3, 4).rate()).isEmpty();
  }

  @Test
  void refusesIdsThatDoNotFit() {
    EvaluationResult result = EvaluationResult.of("sft", 1, Map.of("other", true));
    assertThatThrownBy(() -> KnownIncorrect.of(result, probes, all, all, Rule.EVERY_PHRASING))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("ids");
  }
}
