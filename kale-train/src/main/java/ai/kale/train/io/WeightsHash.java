package ai.kale.train.io;

import ai.kale.spi.tensor.NamedTensor;
import ai.kale.spi.tensor.TensorModel;

/** The identity of a model's weights. */
public final class WeightsHash {
  private WeightsHash() {}

  /**
   * SHA-256 over names, shapes and bits of all parameters. O(parameters); copies one parameter at a
   * time.
   *
   * @param model any model
   * @return 64 lower-case hexadecimal digits; the same for the same weights, however they are
   *     stored
   */
  public static String of(TensorModel model) {
    Sha256 hash = new Sha256();
    for (String name : model.parameterNames()) {
      NamedTensor tensor = model.parameter(name);
      hash.add(name).add(tensor.shape().length);
      for (long size : tensor.shape()) {
        hash.add(size);
      }
      hash.add(tensor.values());
    }
    return hash.hex();
  }
}
