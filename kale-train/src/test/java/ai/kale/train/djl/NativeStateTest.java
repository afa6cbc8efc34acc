package ai.kale.train.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.jni.JniUtils;
import ai.kale.spi.tensor.AdamW;
import ai.kale.spi.tensor.LossTerm;
import ai.kale.spi.tensor.RowSelection;
import ai.kale.spi.tensor.RowTarget;
import ai.kale.spi.tensor.TensorModel;
import ai.kale.spi.tensor.TokenBatch;
import ai.kale.train.checkpoint.DecoderConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** Threads, gradient mode and native memory. */
class NativeStateTest {
  private static List<Double> losses(long seed, int steps) {
    DecoderConfig config = DecoderConfig.small(97, 32, 48, 2, 2, 64);
    List<Double> losses = new ArrayList<>();
    try (TensorModel model = TestModels.open(config, seed)) {
      for (int i = 0; i < steps; i++) {
        TokenBatch batch = TestModels.batch(seed + i, 97, 9, 12, 7, 12);
        RowSelection rows = new RowSelection(-1, new int[] {0, 1, 3}, new int[] {8, 11, 5});
        RowTarget target = new RowTarget.Tokens(new int[] {1, 2, 3});
        losses.add(model.accumulate(batch, List.of(LossTerm.mean("ce", rows, target))).total());
        model.step(AdamW.withLearningRate(0.003));
        model.generate(batch.sequences(), 3);
      }
    }
    return losses;
  }

  @Test
  void modelsOnDifferentThreadsGiveTheResultsOfOneThread() throws Exception {
    List<Double> first = losses(1, 40);
    List<Double> second = losses(100, 40);
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      Future<List<Double>> one = threads.submit(() -> losses(1, 40));
      Future<List<Double>> other = threads.submit(() -> losses(100, 40));
      assertThat(one.get()).isEqualTo(first);
      assertThat(other.get()).isEqualTo(second);
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void gradientModeIsRestoredAfterAScriptException() {
    Engine engine = NativeLibraries.load();
    String source =
        """
          def fail(self, x: Tensor) -> Tensor:
            torch.set_grad_enabled(True)
            return torch.matmul(x, torch.ones([7, 7]))
        """;
    try (NDManager manager = engine.newBaseManager(Device.cpu());
        ScriptModule module = ScriptModule.load(manager, TorchScriptArchive.bytes(source))) {
      for (boolean before : new boolean[] {true, false}) {
        JniUtils.setGradMode(before);
        assertThatThrownBy(() -> module.call(manager, "fail", manager.create(new float[3])))
            .hasMessageContaining("fail");
        assertThat(JniUtils.isGradMode()).isEqualTo(before);
      }
    } finally {
      JniUtils.setGradMode(false);
    }
  }

  @Test
  void nativeMemoryStaysFlat() throws IOException {
    Path status = Path.of("/proc/self/status");
    Assumptions.assumeTrue(Files.isReadable(status), "skipped: no /proc on this system");
    losses(1, 100);
    long before = residentKilobytes(status);
    losses(1, 300);
    assertThat(residentKilobytes(status) - before).isLessThan(48 << 10);
  }

  private static long residentKilobytes(Path status) throws IOException {
    return Files.readAllLines(status).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aClosedModelLeavesNothingBehind() {
    Engine engine = NativeLibraries.load();
    try (NDManager probe = engine.newBaseManager(Device.cpu())) {
      NDManager system = probe.getParentManager();
      losses(1, 1);
      int before = system.getManagedArrays().size();
      losses(1, 3);
      assertThat(system.getManagedArrays()).hasSize(before);
    }
  }
}
