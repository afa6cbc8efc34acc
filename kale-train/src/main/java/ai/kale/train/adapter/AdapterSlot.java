package ai.kale.train.adapter;

/**
 * One adapted matrix W {@code [outputs, inputs]} with its A {@code [rank, inputs]} and B {@code
 * [outputs, rank]}.
 *
 * @param layer index of the block, from 0
 * @param module path inside the block, such as {@code self_attn.q_proj}
 * @param inputs columns of W
 * @param outputs rows of W
 * @param rank columns of B
 * @param scale factor of B A
 */
public record AdapterSlot(
    int layer, String module, long inputs, long outputs, int rank, double scale) {
  private static final String PREFIX = "base_model.model.";

  /** The module's path in the model, such as {@code model.layers.0.self_attn.q_proj}. */
  public String path() {
    return "model.layers." + layer + "." + module;
  }

  /** The name of W in the checkpoint. */
  public String weightName() {
    return path() + ".weight";
  }

  /** PEFT's name of A. */
  public String nameOfA() {
    return PREFIX + path() + ".lora_A.weight";
  }

  /** PEFT's name of B. */
  public String nameOfB() {
    return PREFIX + path() + ".lora_B.weight";
  }
}
