package ai.kale.train.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDManager;
import ai.kale.error.InsufficientMemoryException;
import ai.kale.spi.tensor.AdamW;
import ai.kale.spi.tensor.EngineOptions;
import ai.kale.spi.tensor.LossTerm;
import ai.kale.spi.tensor.RowSelection;
import ai.kale.spi.tensor.RowTarget;
import ai.kale.spi.tensor.TensorModel;
import ai.kale.spi.tensor.TokenBatch;
import ai.kale.train.checkpoint.DecoderConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Memory that runs out, as libtorch reports it. */
class NativeMemoryTest {
  @Test
  void anAllocationBeyondTheAddressSpaceIsNamedWithWhatToLower() {
    String source =
        """
          def fill_memory(self, ids: Tensor) -> Tensor:
            return torch.zeros([1125899906842624])
        """;
    try (NDManager manager = NativeLibraries.load().newBaseManager(Device.cpu());
        ScriptModule module = ScriptModule.load(manager, TorchScriptArchive.bytes(source))) {
      assertThatThrownBy(
              () ->
                  module.call(
                      manager, "fill_memory", NativeTensors.longs(manager, new long[6], 2, 3)))
          .isInstanceOf(InsufficientMemoryException.class)
          .hasMessageContaining("fill_memory")
          .hasMessageContaining("2 sequences of up to 3 tokens")
          .hasMessageContaining("4503599627370496 bytes")
          .hasMessageContaining("microBatch")
          .hasMessageContaining("maxTokens")
          .hasMessageContaining("LoRA")
          .hasCauseInstanceOf(EngineException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CUDA out of memory. Tried to allocate 2.00 GiB. GPU 0 has a total capacity of 4.00 GiB",
        "[enforce fail at alloc_cpu.cpp:117] err == 0. DefaultCPUAllocator: can't allocate memory",
        "DefaultCPUAllocator: not enough memory: you tried to allocate 40 bytes.",
        "std::bad_alloc"
      })
  void theWordsOfTheAllocatorsAreKnown(String message) {
    RuntimeException failure = new EngineException("first line\n" + message + "\nlast line");
    assertThat(NativeMemory.explain(failure, "step"))
        .isInstanceOf(InsufficientMemoryException.class)
        .hasMessageContaining(message)
        .hasCause(failure);
  }

  @Test
  void otherFailuresStayAsTheyAre() {
    RuntimeException failure = new EngineException("mat1 and mat2 shapes cannot be multiplied");
    assertThat(NativeMemory.explain(failure, "step")).isSameAs(failure);
    RuntimeException silent = new EngineException((String) null);
    assertThat(NativeMemory.explain(silent, "step")).isSameAs(silent);
  }

  /** Logits of half a million rows over a million tokens: two terabytes. */
  @Test
  void trainingGoesOnAfterAPassThatWasTooLarge() throws IOException {
    Path policy = Path.of("/proc/sys/vm/overcommit_memory");
    Assumptions.assumeTrue(
        Files.isReadable(policy) && !Files.readString(policy).strip().equals("1"),
        "skipped: this system promises memory that it does not have");
    DecoderConfig config = DecoderConfig.small(1 << 20, 4, 4, 1, 1, 16);
    try (TensorModel model =
        TestModels.open(config, 1, EngineOptions.cpu().withLogitRows(1 << 30))) {
      TokenBatch batch = TestModels.batch(2, 100, 8);
      LossTerm small = term(4);
      double before = model.accumulate(batch, List.of(small)).total();
      assertThatThrownBy(() -> model.accumulate(batch, List.of(term(1 << 19))))
          .isInstanceOf(InsufficientMemoryException.class)
          .hasMessageContaining("accumulate over 1 sequences of up to 8 tokens")
          .hasMessageContaining("logitRows");
      assertThat(model.gradient("model.norm.weight").values()).containsOnly(0);
      assertThat(model.accumulate(batch, List.of(small)).total()).isEqualTo(before);
      assertThat(model.step(AdamW.withLearningRate(0.01))).isPositive().isFinite();
    }
  }

  private static LossTerm term(int rows) {
    RowSelection selection = new RowSelection(-1, new int[rows], new int[rows]);
    return LossTerm.mean("ce", selection, new RowTarget.Tokens(new int[rows]));
  }
}
