package ai.kale.examples.bench.train;

import static org.assertj.core.api.Assertions.assertThat;

import ai.kale.spi.tensor.EngineOptions;
import ai.kale.spi.tensor.TensorModel;
import ai.kale.train.checkpoint.DecoderConfig;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainStepBenchmarkTest {
  private static final StepShape TINY =
      new StepShape("tiny", DecoderConfig.small(80, 16, 24, 2, 2, 64), 3, 10, 4, 12);

  @SuppressWarnings("NullAway.Init") // set by JUnit
  @TempDir
  Path out;

  @Test
  void theFloorHasEachProductOfTheStepOnce() {
    double linear = 3 * 16 * 16 * 30.0 + 16 * 16 * 30 + 3 * 16 * 24 * 30;
    double lastLayer = 3 * 16 * 16 * 30.0 + 16 * 16 * 12 + 3 * 16 * 24 * 12;
    double attention = 2 * 3 * 10 * 10 * 16.0;
    double head = 12 * 16 * 80.0;
    assertThat(Product.flops(Product.ofStep(TINY)))
        .isEqualTo(6 * (linear + lastLayer + 2 * attention + head));
    double reading = 3 * 16 * 16 * 36.0 + 16 * 16 * 36 + 3 * 16 * 24 * 36;
    double lastReading = 3 * 16 * 16 * 36.0 + 16 * 16 * 12 + 3 * 16 * 24 * 12;
    assertThat(Product.flops(Product.ofReading(TINY)))
        .isEqualTo(2 * (reading + lastReading + 2 * (2 * 3 * 12 * 12 * 16.0) + head));
  }

  @Test
  void aRowForEachContenderWithoutPyTorchToo() {
    StepRounds rounds = new StepRounds(TINY, 1);
    rounds.run(out.resolve("no-python").toString(), out);
    assertThat(rounds.report())
        .contains("| matrix products alone |", "| KALE, SFT |", "| KALE, KA, cached teacher |")
        .contains("| KALE, KA, live teacher |", "PyTorch: not installed.")
        .doesNotContain("| PyTorch");
  }

  @Test
  void decodingOverArraysGivesTheEnginesTokens() {
    DecoderConfig config = TINY.config();
    try (TensorModel model = StepRunner.open(config, EngineOptions.cpu());
        NdArrayDecoder arrays = new NdArrayDecoder(config, model)) {
      List<int[]> prompts = List.of(new int[] {3, 9, 27}, new int[] {4, 8, 16});
      assertThat(arrays.generate(prompts, 6))
          .usingRecursiveComparison()
          .isEqualTo(model.generate(prompts, 6));
    }
  }
}
