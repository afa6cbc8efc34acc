package ai.kale.train.djl;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.kale.spi.tensor.NamedTensor;
import ai.kale.spi.tensor.TensorModel;
import ai.kale.train.checkpoint.Architecture;
import ai.kale.train.checkpoint.DecoderConfig;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PreparedDecodingTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 8, 20})
  void promptsOfOneLengthContinueAsAmongOthersAndAlone(int count) {
    SplittableRandom random = new SplittableRandom(5);
    List<int[]> prompts = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      prompts.add(TestModels.tokens(random, 5, 11));
    }
    List<int[]> mixed = new ArrayList<>(prompts);
    mixed.add(TestModels.tokens(random, 9, 11));
    try (TensorModel model = TestModels.open(TestModels.tiny(true, false), 3)) {
      List<int[]> together = model.generate(prompts, count);
      List<int[]> among = model.generate(mixed, count);
      for (int i = 0; i < prompts.size(); i++) {
        assertThat(together.get(i)).hasSize(count).isEqualTo(among.get(i));
        assertThat(model.generate(List.of(prompts.get(i)), count).get(0))
            .isEqualTo(together.get(i));
      }
    }
  }

  @Test
  void theFirstTokensDoNotDependOnHowManyAreAskedFor() {
    List<int[]> prompts = List.of(new int[] {1, 2, 3}, new int[] {4, 5, 6});
    try (TensorModel model = TestModels.open(TestModels.tiny(false, true), 8)) {
      List<int[]> all = model.generate(prompts, 16);
      for (int count = 1; count < 16; count++) {
        List<int[]> some = model.generate(prompts, count);
        assertThat(some.get(0)).isEqualTo(Arrays.copyOf(all.get(0), count));
        assertThat(some.get(1)).isEqualTo(Arrays.copyOf(all.get(1), count));
      }
    }
  }

  @Test
  void eachRowEndsAtItsFirstStopToken() {
    List<int[]> prompts = List.of(new int[] {1, 2, 3}, new int[] {4, 5, 6}, new int[] {9, 8});
    try (TensorModel model = TestModels.open(TestModels.tiny(true, true), 4)) {
      List<int[]> all = model.generate(prompts, 12);
      int stop = all.get(0)[2];
      List<int[]> stopped = model.generate(prompts, 12, stop);
      for (int i = 0; i < prompts.size(); i++) {
        int[] expected = Arrays.stream(all.get(i)).takeWhile(token -> token != stop).toArray();
        assertThat(stopped.get(i)).isEqualTo(expected);
      }
    }
  }

  @Test
  void onlyPlainBlocksInSinglePrecisionArePrepared() {
    DecoderConfig plain = TestModels.tiny(true, true);
    assertThat(PreparedScript.covers(ComputePlan.plain(plain))).isTrue();
    for (TestArchitectures architecture : TestArchitectures.values()) {
      Architecture kind = architecture.config().architecture();
      if (kind.hasOutputNorms() || kind.hasOffsetNorms() || kind.hasQueryKeyNorms()) {
        assertThat(PreparedScript.covers(ComputePlan.plain(architecture.config()))).isFalse();
      }
    }
  }

  @Test
  void withoutOneDnnTheTokensAreTheSame() {
    DecoderConfig config = TestModels.tiny(true, true);
    ComputePlan plan = ComputePlan.plain(config);
    List<int[]> prompts = List.of(new int[] {1, 2, 3}, new int[] {4, 5});
    try (TensorModel model = TestModels.open(config, 4);
        NDManager manager = NativeLibraries.load().newBaseManager(Device.cpu())) {
      NDList weights = new NDList();
      for (String name : model.parameterNames()) {
        NamedTensor tensor = model.parameter(name);
        weights.add(manager.create(tensor.values(), new Shape(tensor.shape())));
      }
      String source = DecoderScript.source(plan) + GenerationScript.source(plan, false);
      try (ScriptModule script = ScriptModule.load(manager, TorchScriptArchive.bytes(source))) {
        NDList none = NativeTensors.zeros(manager, List.of(new long[] {1}));
        assertThat(
                new GreedyGeneration(config, manager, script, weights, none)
                    .run(prompts, 12, new int[0]))
            .usingRecursiveComparison()
            .isEqualTo(model.generate(prompts, 12));
      }
    }
  }
}
