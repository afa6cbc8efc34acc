package ai.kale.train.djl;

/**
 * TorchScript source of what follows attention in a block: output projection and feed-forward part.
 */
final class FeedForwardScript {
  // x and o are [rows, hidden] and [rows, heads * head size] of any rows: no row sees another.
  private static final String SOURCE =
      """
        def finish(self, ps: List[Tensor], ad: List[Tensor], i: int, x: Tensor, o: Tensor) -> Tensor:
          j = torch.add(1, torch.mul({{blockParameters}}, i))
          x = torch.add(x, {{output}})
          h = (self).norm(x, {{feedForwardNorm}})
          f = torch.mul(torch.silu({{gate}}), {{up}})
          return torch.add(x, {{down}})
      """;

  private FeedForwardScript() {}

  static String source(LinearScript linear) {
    return SOURCE
        .replace("{{feedForwardNorm}}", linear.tensor("post_attention_layernorm.weight"))
        .replace("{{output}}", linear.product("self_attn.o_proj", "o"))
        .replace("{{gate}}", linear.product("mlp.gate_proj", "h"))
        .replace("{{up}}", linear.product("mlp.up_proj", "h"))
        .replace("{{down}}", linear.product("mlp.down_proj", "f"));
  }
}
