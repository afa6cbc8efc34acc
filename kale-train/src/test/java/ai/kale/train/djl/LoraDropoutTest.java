package ai.kale.train.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.kale.error.CorruptFileException;
import ai.kale.spi.tensor.EngineOptions;
import ai.kale.spi.tensor.LoraSpec;
import ai.kale.spi.tensor.Precision;
import ai.kale.spi.tensor.SavedAdapter;
import ai.kale.spi.tensor.TensorModel;
import ai.kale.train.adapter.AdapterConfig;
import ai.kale.train.adapter.AdapterLayout;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Dropout in front of an adapter: its share, and that it can be repeated. */
class LoraDropoutTest {
  private static final int COUNT = 8192;

  private final Path folder;

  LoraDropoutTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private EngineOptions options(double dropout) {
    return EngineOptions.cpu().withAdapter(LoraSpec.ofRank(2, 7).withDropout(dropout));
  }

  private TensorModel open(EngineOptions options) {
    return new DjlTensorEngine().open(LoraFixture.base(folder.resolve("base")), options);
  }

  /** What the first matrix's dropout leaves of ones: [pass][element], through A = B = 1. */
  private static float[][] masks(double share, int slot, int passes) {
    AdapterConfig config =
        AdapterConfig.of(new LoraSpec(1, 1, share, List.of("q_proj", "v_proj"), 11));
    AdapterLayout layout = AdapterLayout.of(LoraFixture.CONFIG, config, "test");
    ComputePlan plan =
        new ComputePlan(
            LoraFixture.CONFIG,
            Precision.F32,
            Optional.of(new ComputePlan.Adapter(config, layout)));
    String source = new LinearScript(plan).source() + TensorScript.source();
    float[][] found = new float[passes][];
    try (NDManager manager = NativeLibraries.load().newBaseManager(Device.cpu());
        ScriptModule script =
            ScriptModule.load(manager, TorchScriptArchive.bytes(driver(slot) + source))) {
      NativeAdapter adapter = new NativeAdapter(manager, script, plan.adapter().orElseThrow(), 11);
      for (int pass = 0; pass < passes; pass++) {
        try (NDManager call = manager.newSubManager()) {
          NDList list = new NDList(adapter.nextPass(call));
          NDArray one = call.create(new float[] {1}, new Shape(1, 1));
          list.set(slot, one);
          list.set(slot + 1, call.create(new float[] {1}, new Shape(1, 1)));
          NDArray ones = call.create(filled(1), new Shape(COUNT, 1));
          NDArray zeros = call.create(filled(0), new Shape(COUNT, 1));
          found[pass] = script.call(call, "run", list, ones, zeros).toFloatArray();
        }
      }
    }
    return found;
  }

  private static String driver(int slot) {
    return """
      def run(self, ad: List[Tensor], x: Tensor, y: Tensor) -> Tensor:
        return (self).adapted(ad, %d, 1., x, y)
    """
        .formatted(slot);
  }

  private static float[] filled(float value) {
    float[] values = new float[COUNT];
    Arrays.fill(values, value);
    return values;
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.05, 0.5, 0.9})
  void keepsTheMean(double share) {
    float kept = (float) (1 / (1 - share));
    long dropped = 0;
    int passes = 8;
    for (float[] mask : masks(share, 0, passes)) {
      for (float value : mask) {
        assertThat(value == 0 || Math.abs(value - kept) < 1e-5 * kept).isTrue();
        dropped += value == 0 ? 1 : 0;
      }
    }
    // Five standard deviations of a binomial share.
    double deviation = Math.sqrt(share * (1 - share) / (passes * COUNT));
    assertThat(Math.abs((double) dropped / (passes * COUNT) - share)).isLessThan(5 * deviation);
  }

  @Test
  void differsFromPassToPassAndFromMatrixToMatrixButNotFromRunToRun() {
    float[][] first = masks(0.5, 0, 2);
    assertThat(masks(0.5, 0, 2)).isDeepEqualTo(first);
    // Independent masks agree in half of the places.
    assertThat(agreement(first[0], first[1])).isBetween(0.47, 0.53);
    assertThat(agreement(first[0], masks(0.5, 2, 1)[0])).isBetween(0.47, 0.53);
    float[] shifted = Arrays.copyOfRange(first[0], 1, COUNT);
    assertThat(agreement(shifted, first[0])).isBetween(0.47, 0.53);
  }

  private static double agreement(float[] a, float[] b) {
    int same = 0;
    for (int i = 0; i < a.length; i++) {
      same += a[i] == b[i] ? 1 : 0;
    }
    return (double) same / a.length;
  }

  @Test
  void isForTrainingPassesOnly() {
    try (TensorModel model = open(options(0.5));
        TensorModel without = open(options(0))) {
      LoraFixture.shake(model, 8);
      LoraFixture.shake(without, 8);
      double expected = without.evaluate(LoraFixture.BATCH, LoraFixture.terms()).total();
      assertThat(model.evaluate(LoraFixture.BATCH, LoraFixture.terms()).total())
          .isEqualTo(expected);
      assertThat(LoraFixture.logits(model)).isDeepEqualTo(LoraFixture.logits(without));
      double one = model.accumulate(LoraFixture.BATCH, LoraFixture.terms()).total();
      double other = model.accumulate(LoraFixture.BATCH, LoraFixture.terms()).total();
      assertThat(one).isNotEqualTo(expected).isNotEqualTo(other);
    }
  }

  @Test
  void blocksThatAreComputedAgainGetTheSameMasks() {
    EngineOptions options = options(0.4);
    try (TensorModel model = open(options);
        TensorModel again = open(options.withActivationCheckpointing(true))) {
      LoraFixture.shake(model, 8);
      LoraFixture.shake(again, 8);
      assertThat(again.accumulate(LoraFixture.BATCH, LoraFixture.terms()).values())
          .isEqualTo(model.accumulate(LoraFixture.BATCH, LoraFixture.terms()).values());
      for (String name : model.trainableParameterNames()) {
        assertThat(again.gradient(name).values()).isEqualTo(model.gradient(name).values());
      }
    }
  }

  @Test
  void aRunContinuesBitForBit() {
    try (TensorModel model = open(options(0.3))) {
      LoraFixture.train(model, 3);
      model.saveAdapter(folder.resolve("adapter"), "base");
      model.saveOptimizer(folder.resolve("optimizer"));
      double expected = LoraFixture.train(model, 4);
      EngineOptions saved =
          EngineOptions.cpu().withAdapter(new SavedAdapter(folder.resolve("adapter")));
      try (TensorModel again = open(saved)) {
        again.loadOptimizer(folder.resolve("optimizer"));
        assertThat(LoraFixture.train(again, 4)).isEqualTo(expected);
        List<String> different = new ArrayList<>();
        for (String name : model.parameterNames()) {
          if (!Arrays.equals(model.parameter(name).values(), again.parameter(name).values())) {
            different.add(name);
          }
        }
        assertThat(different).isEmpty();
      }
    }
  }

  @Test
  void optimizerStateOfAFullyTrainedModelIsRefused() {
    try (TensorModel plain = open(EngineOptions.cpu());
        TensorModel model = open(options(0.3))) {
      LoraFixture.train(plain, 1);
      plain.saveOptimizer(folder.resolve("optimizer"));
      assertThatThrownBy(() -> model.loadOptimizer(folder.resolve("optimizer")))
          .isInstanceOf(CorruptFileException.class)
          .hasMessageContaining("optimizer");
    }
  }
}
