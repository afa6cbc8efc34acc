package ai.kale.train.djl;

import ai.kale.spi.tensor.Precision;
import ai.kale.train.adapter.AdapterConfig;
import ai.kale.train.adapter.AdapterLayout;
import ai.kale.train.checkpoint.DecoderConfig;
import java.util.Optional;

/**
 * What decides the script of a model.
 *
 * @param config shape of the model
 * @param precision number format of products and residual stream
 * @param adapter the adapter and its matrices; empty where all weights are trained
 */
record ComputePlan(DecoderConfig config, Precision precision, Optional<Adapter> adapter) {
  /** libtorch's number for 32-bit floats. */
  private static final int FLOAT = 6;

  /** libtorch's number for bfloat16. */
  private static final int BRAIN_FLOAT = 15;

  /** An adapter's configuration and where it sits. */
  record Adapter(AdapterConfig config, AdapterLayout layout) {}

  /** All weights in 32-bit floats. */
  static ComputePlan plain(DecoderConfig config) {
    return new ComputePlan(config, Precision.F32, Optional.empty());
  }

  /** Whether the checkpoint's own weights are kept in bfloat16. */
  boolean keepsHalfWeights() {
    return precision == Precision.BF16 && adapter.isPresent();
  }

  /** Whether weights are kept in 32-bit floats but multiplied in bfloat16. */
  boolean roundsWeights() {
    return precision == Precision.BF16 && adapter.isEmpty();
  }

  /** A script expression in the number format of products; the same if it is in it already. */
  String computed(String expression) {
    return precision == Precision.F32
        ? expression
        : "torch.to(" + expression + ", " + BRAIN_FLOAT + ")";
  }

  /** A script expression in 32-bit floats, from one in the number format of products. */
  String widened(String expression) {
    return precision == Precision.F32 ? expression : "torch.to(" + expression + ", " + FLOAT + ")";
  }
}
