package ai.kale.teacher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.kale.spi.TeacherModel.Prompt;
import ai.kale.spi.TeacherModel.Reply;
import java.math.BigDecimal;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CostEstimatorTest {
  private static final Prompt PROMPT = new Prompt("", "x".repeat(400), 80, 0);

  @Test
  void pricesAreExact() {
    Prices prices = Prices.perMillion("0.15", "0.60", "USD");
    assertThat(prices.cost(1, 1).amount()).isEqualByComparingTo(new BigDecimal("0.00000075"));
    assertThat(prices.cost(1_000_000, 2_000_000)).hasToString("1.3500 USD");
    assertThat(prices.cost(1, 0)).hasToString("0.0001 USD");
    assertThatThrownBy(() -> Prices.perMillion("-1", "1", "USD"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void bytesAreFourATokenAndAtMostOne() {
    assertThat(TokenEstimator.bytes().expected(PROMPT)).isEqualTo(108);
    assertThat(TokenEstimator.bytes().atMost(PROMPT)).isEqualTo(464);
    assertThat(TokenEstimator.bytes().atMost(new Prompt("é", "漢", 1, 0))).isEqualTo(64 + 5);
    TokenEstimator words = TokenEstimator.of(text -> text.split(" ").length);
    assertThat(words.expected(new Prompt("a b", "c", 1, 0))).isEqualTo(3 + 8);
    assertThat(words.atMost(new Prompt("a b", "c", 1, 0))).isEqualTo(3 + 64);
  }

  @Test
  void guessesUntilRepliesTell() {
    CostEstimator estimator =
        new CostEstimator(TokenEstimator.bytes(), Optional.of(Prices.perMillion("1", "1", "USD")));
    for (int i = 0; i < 10; i++) {
      estimator.question();
      estimator.request(PROMPT, false);
    }
    CostEstimate estimate = estimator.estimate();
    assertThat(estimate)
        .returns(10L, CostEstimate::requests)
        .returns(10L, CostEstimate::retries)
        .returns(1L, CostEstimate::expectedRetries)
        .returns(1268L, CostEstimate::promptTokens)
        .returns(220L, CostEstimate::completionTokens)
        .returns(1600L, CostEstimate::completionTokensAtMost);
    assertThat(estimate.cost().orElseThrow()).hasToString("0.0015 USD");
    assertThat(estimate.describe()).contains("10 requests and about 1 retries (at most 10)");
  }

  @Test
  void learnsFromTheJournal() {
    CostEstimator estimator = new CostEstimator(TokenEstimator.bytes(), Optional.empty());
    for (int i = 0; i < 90; i++) {
      estimator.journalled(PROMPT, new Reply("x", 216, 40), false);
    }
    estimator.request(PROMPT, true);
    CostEstimate estimate = estimator.estimate();
    assertThat(estimate)
        .returns(90L, CostEstimate::journalled)
        .returns(0L, CostEstimate::retries)
        .returns(216L, CostEstimate::promptTokens)
        .returns(40L, CostEstimate::completionTokens)
        .returns(464L, CostEstimate::promptTokensAtMost)
        .returns(80L, CostEstimate::completionTokensAtMost);
    assertThat(estimate.cost()).isEmpty();
  }

  @Test
  void aLimiterIsAskedForWhatPromptsWereSeenToCount() {
    Calibration calibration = new Calibration(TokenEstimator.bytes());
    assertThat(calibration.promptHardlyMore(PROMPT)).isEqualTo(464);
    for (int i = 0; i < 20; i++) {
      calibration.learn(PROMPT, new Reply("x", 120, 40));
    }
    assertThat(calibration.promptHardlyMore(PROMPT)).isEqualTo(134);
    assertThat(calibration.promptAtMost(PROMPT)).isEqualTo(464);
  }
}
