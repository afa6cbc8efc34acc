package ai.kale.train.djl;

import ai.kale.train.checkpoint.DecoderConfig;

/** TorchScript source of the attention part of a block, without its output projection. */
final class AttentionScript {
  // x is [tokens, hidden], normed; a holds the rotary angles as complex numbers, broadcast against
  // [batch, time, heads, head size / 2]. Attention is causal, so with right padding no real token
  // ever sees a pad.
  private static final String SOURCE =
      """
        def project(self, ps: List[Tensor], ad: List[Tensor], i: int, x: Tensor, b: int, t: int, a: Tensor) -> List[Tensor]:
          j = torch.add(1, torch.mul({{blockParameters}}, i))
          h = (self).norm(x, {{inputNorm}})
          q = {{query}}
          k = {{key}}
          v = torch.transpose(torch.view({{value}}, [b, t, {{keyValueHeads}}, {{headDim}}]), 1, 2)
          return [(self).rotate(q, b, t, {{heads}}, a), (self).rotate(k, b, t, {{keyValueHeads}}, a), v]
        def spread(self, x: Tensor, b: int, t: int) -> Tensor:
      {{spread}}
        def attend(self, i: int, q: Tensor, k: Tensor, v: Tensor, b: int, t: int) -> Tensor:
          o = torch.scaled_dot_product_attention(q, (self).spread(k, b, t), (self).spread(v, b, t), None, 0., True)
          return torch.reshape(torch.transpose(o, 1, 2), [torch.mul(b, t), {{attentionSize}}])
      """;

  private AttentionScript() {}

  static String source(DecoderConfig config, LinearScript linear) {
    return SOURCE
        .replace("{{spread}}", spread(config))
        .replace("{{inputNorm}}", linear.tensor("input_layernorm.weight"))
        .replace("{{query}}", linear.product("self_attn.q_proj", "h"))
        .replace("{{key}}", linear.product("self_attn.k_proj", "h"))
        .replace("{{value}}", linear.product("self_attn.v_proj", "h"));
  }

  /** Repeats each key-value head for its group of query heads; nothing to do without groups. */
  private static String spread(DecoderConfig config) {
    if (config.heads() == config.keyValueHeads()) {
      return "    return x";
    }
    return """
              e = torch.expand(torch.unsqueeze(x, 2), [b, {{keyValueHeads}}, {{queriesPerKey}}, t, {{headDim}}])
              return torch.reshape(e, [b, {{heads}}, t, {{headDim}}])"""
        .indent(4)
        .stripTrailing();
  }
}
