package ai.kale.train.djl;

import static org.assertj.core.api.Assertions.assertThat;

import ai.kale.spi.tensor.EngineOptions;
import ai.kale.spi.tensor.LoraSpec;
import ai.kale.spi.tensor.NamedTensor;
import ai.kale.spi.tensor.Precision;
import ai.kale.spi.tensor.SavedAdapter;
import ai.kale.spi.tensor.TensorModel;
import ai.kale.train.checkpoint.Checkpoint;
import ai.kale.train.checkpoint.DecoderConfig;
import ai.kale.train.checkpoint.TensorType;
import ai.kale.train.io.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Models in bfloat16, whose 8 bits of mantissa round by up to 2^-9. */
class BrainFloatModelTest {
  private static final LoraSpec SPEC = LoraSpec.ofRank(2, 7);

  /**
   * Each value passes some 30 roundings of up to 2^-9, which add up like independent errors to
   * about 0.01 of the largest one.
   */
  private static final double CLOSE = 0.04;

  private final Path folder;

  BrainFloatModelTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private TensorModel open(EngineOptions options) {
    return new DjlTensorEngine().open(LoraFixture.base(folder.resolve("base")), options);
  }

  private static EngineOptions half() {
    return EngineOptions.cpu().withPrecision(Precision.BF16);
  }

  private static float rounded(float value) {
    int bits = Float.floatToIntBits(value);
    int kept = bits & 0xffff0000;
    int rest = bits & 0xffff;
    boolean up = rest > 0x8000 || (rest == 0x8000 && (bits & 0x10000) != 0);
    return Float.intBitsToFloat(up ? kept + 0x10000 : kept);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void predictionsAreCloseToThoseInSinglePrecision(boolean adapter) {
    EngineOptions whole = adapter ? EngineOptions.cpu().withAdapter(SPEC) : EngineOptions.cpu();
    try (TensorModel exact = open(whole);
        TensorModel model = open(whole.withPrecision(Precision.BF16))) {
      if (adapter) {
        LoraFixture.shake(exact, 8);
      }
      for (String name : exact.trainableParameterNames()) {
        model.setParameter(exact.parameter(name));
      }
      double[][] expected = LoraFixture.logits(exact);
      double largest = LoraFixture.largestDifference(expected, new double[12][11]);
      double difference = LoraFixture.largestDifference(LoraFixture.logits(model), expected);
      assertThat(difference / largest).isBetween(1e-6, CLOSE);
      double loss = exact.accumulate(LoraFixture.BATCH, LoraFixture.terms()).total();
      assertThat(model.accumulate(LoraFixture.BATCH, LoraFixture.terms()).total())
          .isBetween(loss * (1 - CLOSE), loss * (1 + CLOSE));
      for (String name : exact.trainableParameterNames()) {
        compare(name, model.gradient(name).values(), exact.gradient(name).values());
      }
      assertThat(model.generate(LoraFixture.BATCH.sequences(), 4)).hasSize(3);
    }
  }

  /** Gradients pass about twice the roundings; their direction and size must stay. */
  private static void compare(String name, float[] found, float[] expected) {
    double error = 0;
    double size = 0;
    for (int i = 0; i < found.length; i++) {
      error += Math.pow(found[i] - expected[i], 2);
      size += Math.pow(expected[i], 2);
    }
    assertThat(Math.sqrt(error)).as(name).isLessThanOrEqualTo(0.1 * Math.sqrt(size) + 1e-4);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void lossesFallAndWhatIsTrainedIsKeptInSinglePrecision(boolean adapter) {
    try (TensorModel model = open(adapter ? half().withAdapter(SPEC) : half())) {
      double first = model.evaluate(LoraFixture.BATCH, LoraFixture.terms()).total();
      LoraFixture.train(model, 20);
      assertThat(model.evaluate(LoraFixture.BATCH, LoraFixture.terms()).total())
          .isLessThan(0.9 * first);
      model.accumulate(LoraFixture.BATCH, LoraFixture.terms());
      for (String name : model.trainableParameterNames()) {
        if (model.parameter(name).shape().length == 2) {
          assertThat(isRounded(model.parameter(name).values())).as(name).isFalse();
        }
      }
    }
  }

  private static boolean isRounded(float[] values) {
    for (float value : values) {
      if (value != rounded(value)) {
        return false;
      }
    }
    return true;
  }

  /** Weights of a file in each format, with values between two neighbours in bfloat16. */
  @ParameterizedTest
  @EnumSource(
      value = TensorType.class,
      names = {"F32", "F16", "BF16"})
  void frozenWeightsAreThoseOfTheFileRoundedToNearestEven(TensorType type) {
    DecoderConfig config = LoraFixture.CONFIG;
    SplittableRandom random = new SplittableRandom(4);
    Checkpoint.write(
        folder,
        config,
        name -> {
          long[] shape = config.parameterShapes().getOrDefault(name, new long[0]);
          float[] values = new float[(int) Arrays.stream(shape).reduce(1, (a, b) -> a * b)];
          for (int i = 0; i < values.length; i++) {
            // Nine bits after the point of a number in [1, 2): a tie in every other one.
            values[i] = 1 + random.nextInt(512) / 512f;
          }
          return values;
        },
        type,
        Long.MAX_VALUE);
    try (Checkpoint file = Checkpoint.open(folder);
        TensorModel model = new DjlTensorEngine().open(folder, half().withAdapter(SPEC))) {
      for (String name : config.parameterShapes().keySet()) {
        float[] expected = file.floats(name);
        for (int i = 0; i < expected.length; i++) {
          expected[i] = rounded(expected[i]);
        }
        assertThat(model.parameter(name).values()).as(name).isEqualTo(expected);
      }
    }
  }

  @Test
  void aSavedModelIsInTheFormatOfItsWeights() {
    try (TensorModel model = open(half().withAdapter(SPEC))) {
      model.save(folder.resolve("merged"));
      model.saveAdapter(folder.resolve("adapter"), "base");
      assertThat(Json.read(folder.resolve("merged/config.json")).path("torch_dtype").asText())
          .isEqualTo("bfloat16");
      EngineOptions saved = half().withAdapter(new SavedAdapter(folder.resolve("adapter")));
      double[][] expected = LoraFixture.logits(model);
      // B is zero, so that merging changes nothing and saving must lose nothing.
      try (TensorModel merged = new DjlTensorEngine().open(folder.resolve("merged"), half());
          TensorModel again = open(saved)) {
        assertThat(LoraFixture.logits(merged)).isDeepEqualTo(expected);
        assertThat(LoraFixture.logits(again)).isDeepEqualTo(expected);
      }
    }
  }

  @Test
  void aFullyTrainedModelIsSavedInSinglePrecision() {
    try (TensorModel model = open(half())) {
      LoraFixture.train(model, 2);
      model.save(folder.resolve("saved"));
      assertThat(Json.read(folder.resolve("saved/config.json")).path("torch_dtype").asText())
          .isEqualTo("float32");
      try (TensorModel again = new DjlTensorEngine().open(folder.resolve("saved"), half())) {
        for (String name : model.parameterNames()) {
          assertThat(again.parameter(name).values()).isEqualTo(model.parameter(name).values());
        }
        assertThat(LoraFixture.logits(again)).isDeepEqualTo(LoraFixture.logits(model));
      }
    }
  }

  @Test
  void tokensDoNotDependOnTheCache() {
    try (TensorModel model = open(half())) {
      List<int[]> prompts = LoraFixture.BATCH.sequences();
      List<int[]> together = model.generate(prompts, 6);
      for (int i = 0; i < prompts.size(); i++) {
        assertThat(model.generate(List.of(prompts.get(i)), 6).get(0)).isEqualTo(together.get(i));
      }
    }
  }

  @Test
  void frozenWeightsTakeHalfTheMemory() throws IOException {
    Path status = Path.of("/proc/self/status");
    Assumptions.assumeTrue(Files.isReadable(status), "skipped: no /proc on this system");
    // 20 million weights: 80 MB in single precision, 40 in half.
    DecoderConfig config = DecoderConfig.small(20_000, 500, 4, 1, 2, 16);
    Checkpoint.write(
        folder,
        config,
        name -> {
          long[] shape = config.parameterShapes().getOrDefault(name, new long[0]);
          return new float[(int) Arrays.stream(shape).reduce(1, (a, b) -> a * b)];
        });
    LoraSpec spec = SPEC.withTargetModules(List.of("q_proj"));
    TensorModel[] models = new TensorModel[6];
    try {
      long start = anonymousKilobytes(status);
      for (int i = 0; i < 3; i++) {
        models[i] = new DjlTensorEngine().open(folder, half().withAdapter(spec));
      }
      long halves = anonymousKilobytes(status) - start;
      for (int i = 3; i < 6; i++) {
        models[i] = new DjlTensorEngine().open(folder, EngineOptions.cpu().withAdapter(spec));
      }
      long wholes = anonymousKilobytes(status) - start - halves;
      assertThat((double) halves / wholes).isBetween(0.3, 0.7);
    } finally {
      for (TensorModel model : models) {
        if (model != null) {
          model.close();
        }
      }
    }
  }

  private static long anonymousKilobytes(Path status) throws IOException {
    return Files.readAllLines(status).stream()
        .filter(line -> line.startsWith("RssAnon:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void valuesThatAreSetAreRounded() {
    try (TensorModel model = open(half().withAdapter(SPEC))) {
      NamedTensor norm = model.parameter("model.norm.weight");
      Arrays.fill(norm.values(), 1.001f);
      model.setParameter(norm);
      assertThat(model.parameter("model.norm.weight").values()).containsOnly(rounded(1.001f));
    }
  }
}
