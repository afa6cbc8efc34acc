package ai.kale.train.djl;

import ai.djl.Device;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.util.cuda.CudaUtils;
import ai.kale.error.SetupException;
import ai.kale.error.UnsupportedCapabilityException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Devices by the names of {@link ai.kale.spi.tensor.EngineOptions#device}. */
final class Devices {
  private static final Pattern GPU = Pattern.compile("gpu(?::([0-9]{1,4}))?");
  private static final String CUDA_FLAVOR = "cu128";

  private Devices() {}

  /**
   * The device of a name; does not look whether it is there.
   *
   * @throws UnsupportedCapabilityException if there are no such devices
   */
  static Device of(String name) {
    if (name.equals("cpu")) {
      return Device.cpu();
    }
    Matcher gpu = GPU.matcher(name);
    if (!gpu.matches()) {
      throw new UnsupportedCapabilityException(
          "device " + name + " is not supported by the engine djl-pytorch; use cpu, gpu or gpu:N");
    }
    return Device.gpu(gpu.group(1) == null ? 0 : Integer.parseInt(gpu.group(1)));
  }

  /**
   * Checks that libtorch, which must be loaded, can use a device.
   *
   * @throws SetupException if not; says what was found and what to install
   */
  static void require(Device device) {
    if (device.isGpu()) {
      boolean cuda = JniUtils.getFeatures().contains("CUDA");
      check(device.getDeviceId(), cuda, cuda ? CudaUtils.getGpuCount() : 0);
    }
  }

  /** The decision and its message. */
  static void check(int gpu, boolean cuda, int gpus) {
    if (!cuda) {
      throw new SetupException(
          "gpu:"
              + gpu
              + " is asked for, but the libtorch that was loaded is a build for the CPU. Install"
              + " libtorch "
              + NativeLibraries.LIBTORCH_VERSION
              + " for CUDA and set the environment variables PYTORCH_LIBRARY_PATH to its lib"
              + " folder, PYTORCH_VERSION="
              + NativeLibraries.LIBTORCH_VERSION
              + " and PYTORCH_FLAVOR="
              + CUDA_FLAVOR
              + "; or put DJL's artifact ai.djl.pytorch:pytorch-native-"
              + CUDA_FLAVOR
              + " in the place of pytorch-native-cpu. Or use the device cpu.");
    }
    if (gpu >= gpus) {
      throw new SetupException(
          "gpu:"
              + gpu
              + " is asked for, but CUDA sees "
              + (gpus == 0 ? "no GPU" : gpus + (gpus == 1 ? " GPU, gpu:0" : " GPUs"))
              + "; check the driver with nvidia-smi and the variable CUDA_VISIBLE_DEVICES, or use"
              + " another device");
    }
  }
}
