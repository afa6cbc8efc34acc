package ai.kale.train.djl;

import ai.kale.train.checkpoint.DecoderConfig;

/**
 * TorchScript source of what follows attention in a block: output projection and feed-forward part.
 */
final class FeedForwardScript {
  // x and o are [rows, hidden] and [rows, heads * head size] of any rows: no row sees another.
  private static final String FINISH =
      """
        def finish(self, ps: List[Tensor], ad: List[Tensor], i: int, x: Tensor, o: Tensor) -> Tensor:
          j = torch.add(1, torch.mul({{blockParameters}}, i))
          x = torch.add(x, {{output}})
          h = (self).norm(x, {{feedForwardNorm}})
      """;

  private static final String DENSE =
      """
          f = torch.mul({{activation}}, {{up}})
          return torch.add(x, {{down}})
      """;

  private static final String ROUTED =
      """
          return torch.add(x, (self).experts(ps, ad, j, h))
      """;

  private FeedForwardScript() {}

  static String source(DecoderConfig config, LinearScript linear) {
    boolean normed = config.architecture().hasOutputNorms();
    String output = linear.product("self_attn.o_proj", "o");
    String before = normed ? "pre_feedforward_layernorm" : "post_attention_layernorm";
    String finish =
        FINISH
            .replace(
                "{{output}}", normed ? norm(linear, output, "post_attention_layernorm") : output)
            .replace("{{feedForwardNorm}}", linear.tensor(before + ".weight"));
    if (config.experts().isPresent()) {
      return ExpertScript.source(config, config.experts().get(), linear) + finish + ROUTED;
    }
    String down = linear.product("mlp.down_proj", "f");
    return finish
        + DENSE
            .replace("{{activation}}", activation(config, linear.product("mlp.gate_proj", "h")))
            .replace("{{up}}", linear.product("mlp.up_proj", "h"))
            .replace("{{down}}", normed ? norm(linear, down, "post_feedforward_layernorm") : down);
  }

  private static String norm(LinearScript linear, String input, String name) {
    return "(self).norm(" + input + ", " + linear.tensor(name + ".weight") + ")";
  }

  private static String activation(DecoderConfig config, String gate) {
    return config.architecture().usesGelu()
        ? "torch.gelu(" + gate + ", approximate=\"tanh\")"
        : "torch.silu(" + gate + ")";
  }
}
