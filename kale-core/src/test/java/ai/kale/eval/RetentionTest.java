package ai.kale.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.kale.error.InvalidInputException;
import ai.kale.run.RunContext;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RetentionTest {
  private static Retention.State measure(
      FactProbes probes, Map<String, String> answers, double logLikelihood) {
    return Retention.measure(
        new FakeModel(
            answers,
            (prompt, answer) -> answer.equals(" France") ? 2 * logLikelihood : logLikelihood),
        probes,
        EvaluationSettings.defaults(),
        RunContext.silent());
  }

  @Test
  void countsWhatWasForgottenAndLearned() {
    FactProbes probes = Facts.probes(Facts.ASK);
    Retention.State before =
        measure(probes, Map.of("Ann lives in?", "Paris", "Paris part of?", "France"), -0.3);
    Retention.State after = measure(probes, Map.of("Bob works in?", "Paris"), -0.6);
    Retention retention = new Retention(before, after);
    // Three probes, the one about France counts twice: (0.3 + 0.6 + 0.3) / 3.
    assertThat(before.meanNegativeLogLikelihood()).isCloseTo(0.4, within(1e-12));
    assertThat(retention.negativeLogLikelihoodChange()).isCloseTo(0.4, within(1e-12));
    assertThat(before.facts().recall()).isCloseTo(2.0 / 3, within(1e-12));
    assertThat(retention.recallChange()).isCloseTo(-1.0 / 3, within(1e-12));
    assertThat(retention.forgotten()).isEqualTo(2);
    assertThat(retention.learned()).isEqualTo(1);
    Retention same = new Retention(before, before);
    assertThat(same.recallChange()).isZero();
    assertThat(same.negativeLogLikelihoodChange()).isZero();
    assertThat(same.forgotten() + same.learned()).isZero();
  }

  @Test
  void refusesDifferentProbes() {
    Retention.State before = measure(Facts.probes(Facts.ASK), Map.of(), -1);
    Retention.State after = measure(Facts.probes(Facts.CLOZE), Map.of(), -1);
    assertThatThrownBy(() -> new Retention(before, after))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("different fact probes");
  }
}
