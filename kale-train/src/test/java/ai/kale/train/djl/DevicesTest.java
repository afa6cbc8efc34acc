package ai.kale.train.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import ai.djl.pytorch.jni.JniUtils;
import ai.kale.error.SetupException;
import ai.kale.error.UnsupportedCapabilityException;
import ai.kale.spi.tensor.EngineOptions;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names of devices, and what is said where there is none. */
class DevicesTest {
  @Test
  void namesMeanDevices() {
    assertThat(Devices.of("cpu")).isEqualTo(Device.cpu());
    assertThat(Devices.of("gpu")).isEqualTo(Device.gpu(0));
    assertThat(Devices.of("gpu:0")).isEqualTo(Device.gpu(0));
    assertThat(Devices.of("gpu:13")).isEqualTo(Device.gpu(13));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "CPU", "gpu:", "gpu:-1", "gpu:1x", "cuda:0", "mps", "gpu:99999"})
  void otherNamesAreRefused(String name) {
    assertThatThrownBy(() -> Devices.of(name))
        .isInstanceOf(UnsupportedCapabilityException.class)
        .hasMessageContaining("device " + name)
        .hasMessageContaining("gpu:N");
  }

  @Test
  void aBuildForTheCpuIsNamedWithWhatToInstall() {
    assertThatThrownBy(() -> Devices.check(1, false, 0))
        .isInstanceOf(SetupException.class)
        .hasMessageContaining("gpu:1")
        .hasMessageContaining("a build for the CPU")
        .hasMessageContaining("PYTORCH_LIBRARY_PATH")
        .hasMessageContaining("PYTORCH_VERSION=2.7.1")
        .hasMessageContaining("PYTORCH_FLAVOR=cu128")
        .hasMessageContaining("pytorch-native-cu128");
  }

  @Test
  void missingGpusAreCounted() {
    assertThatThrownBy(() -> Devices.check(0, true, 0))
        .isInstanceOf(SetupException.class)
        .hasMessageContaining("no GPU")
        .hasMessageContaining("nvidia-smi");
    assertThatThrownBy(() -> Devices.check(2, true, 2))
        .isInstanceOf(SetupException.class)
        .hasMessageContaining("2 GPUs");
    assertThatCode(() -> Devices.check(1, true, 2)).doesNotThrowAnyException();
  }

  @Test
  void openingOnAGpuThatIsNotThereFails(@TempDir Path folder) {
    NativeLibraries.load();
    Assumptions.assumeFalse(
        JniUtils.getFeatures().contains("CUDA"), "skipped: this libtorch is built for CUDA");
    LoraFixture.base(folder);
    assertThatThrownBy(
            () -> new DjlTensorEngine().open(folder, EngineOptions.cpu().withDevice("gpu")))
        .isInstanceOf(SetupException.class)
        .hasMessageContaining("gpu:0");
  }
}
