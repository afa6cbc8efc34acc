package ai.kale.train.djl;

import ai.djl.Device;
import ai.djl.pytorch.jni.JniUtils;

/** The whole TorchScript source of a model. */
final class ModelScript {
  private ModelScript() {}

  static String source(ComputePlan plan, Device device) {
    boolean deep = !device.isGpu() && JniUtils.getFeatures().contains("MKLDNN");
    return DecoderScript.source(plan)
        + TermScript.source(plan.config())
        + LossScript.source(plan.config(), TrainedParameters.of(plan))
        + ReadingScript.source(plan.config())
        + OptimizerScript.source()
        + TensorScript.source()
        + GenerationScript.source(plan, deep);
  }
}
