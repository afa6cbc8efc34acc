package ai.kale.train.djl;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.kale.spi.tensor.AdamW;
import ai.kale.train.checkpoint.SafetensorsFile;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The optimizer's file, copied in parts, as no single copy may exceed two gigabytes. */
class OptimizerStateTest {
  private final Path folder;

  OptimizerStateTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private static Map<String, long[]> shapes() {
    Map<String, long[]> shapes = new LinkedHashMap<>();
    shapes.put("matrix", new long[] {5, 2});
    shapes.put("vector", new long[] {4});
    return shapes;
  }

  private static NDList filled(NDManager manager, ScriptModule script, float factor) {
    NDList list = NativeTensors.zeros(manager, shapes().values());
    list.forEach(
        tensor -> {
          float[] values = new float[(int) tensor.size()];
          for (int i = 0; i < values.length; i++) {
            values[i] = factor * (i + 1);
          }
          NativeTensors.write(script, manager, tensor, FloatBuffer.wrap(values), 3);
        });
    return list;
  }

  @Test
  void aStateThatIsLargerThanOnePartSurvivesItsFile() {
    Engine engine = NativeLibraries.load();
    Path whole = folder.resolve("whole.safetensors");
    Path parts = folder.resolve("parts.safetensors");
    String source = OptimizerScript.source() + TensorScript.source();
    try (NDManager manager = engine.newBaseManager(Device.cpu());
        ScriptModule script = ScriptModule.load(manager, TorchScriptArchive.bytes(source))) {
      OptimizerState state = new OptimizerState(manager, shapes());
      NDList weights = filled(manager, script, 1);
      for (int i = 0; i < 3; i++) {
        NDList gradients = filled(manager, script, 0.5f + i);
        state.step(script, weights, gradients, AdamW.withLearningRate(0.1));
      }
      state.save(whole, script, Map.of("seed", "7"));
      OptimizerState inParts = new OptimizerState(manager, shapes(), 3);
      assertThat(inParts.load(whole, script)).containsEntry("seed", "7");
      inParts.save(parts, script, Map.of("seed", "7"));
    }
    try (SafetensorsFile one = SafetensorsFile.open(whole);
        SafetensorsFile other = SafetensorsFile.open(parts)) {
      assertThat(other.tensors().keySet()).containsExactlyElementsOf(one.tensors().keySet());
      for (String name : one.tensors().keySet()) {
        assertThat(other.floats(name)).isEqualTo(one.floats(name));
      }
      assertThat(one.floats("step")).containsExactly(3);
      assertThat(one.floats("exp_avg.matrix")).doesNotContain(0f).doesNotHaveDuplicates();
      assertThat(one.tensors()).hasSize(5);
    }
  }
}
