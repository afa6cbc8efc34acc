package ai.kale.train.djl;

import ai.kale.train.checkpoint.AttentionConfig;
import ai.kale.train.checkpoint.DecoderConfig;

/**
 * TorchScript source of the attention part of a block, without its output projection. What an
 * architecture does not have is not in its source.
 */
final class AttentionScript {
  // x is [tokens, hidden]; a holds the rotary angles as complex numbers, broadcast against
  // [batch, time, heads, head size / 2].
  private static final String PROJECT =
      """
        def project(self, ps: List[Tensor], ad: List[Tensor], i: int, x: Tensor, b: int, t: int, a: Tensor) -> List[Tensor]:
          j = torch.add(1, torch.mul({{blockParameters}}, i))
          h = (self).norm(x, {{inputNorm}})
          q = {{query}}
          k = {{key}}
          v = torch.transpose(torch.view({{value}}, [b, t, {{keyValueHeads}}, {{headDim}}]), 1, 2)
          return [(self).rotate(q, b, t, {{heads}}, a), (self).rotate(k, b, t, {{keyValueHeads}}, a), v]
      """;

  // c is the context of WindowScript. Attention is causal, so with right padding no real token ever
  // sees a pad.
  private static final String FUSED =
      """
        def spread(self, x: Tensor, b: int, t: int) -> Tensor:
      {{spread}}
        def attend(self, i: int, q: Tensor, k: Tensor, v: Tensor, b: int, t: int, c: List[Tensor]) -> Tensor:
      {{attention}}
          return torch.reshape(torch.transpose(o, 1, 2), [torch.mul(b, t), {{attentionSize}}])
      """;

  private static final String CAUSAL =
      "o = torch.scaled_dot_product_attention("
          + "q, (self).spread(k, b, t), (self).spread(v, b, t), None, 0., True{{fusedScale}})";

  private static final String WINDOWED =
      """
      if (self).narrowed(i, t):
        o = torch.scaled_dot_product_attention(q, (self).spread(k, b, t), (self).spread(v, b, t), c[(self).mask_of(i)], 0., False{{fusedScale}})
      else:
        {{causal}}""";

  // Scores are capped between product and mask, where no fused kernel lets one in. The queries of
  // one key-value head are rows of one product.
  private static final String CAPPED =
      """
        def scores(self, q: Tensor, k: Tensor) -> Tensor:
          w = torch.matmul(torch.mul(q, {{cappedScale}}), torch.transpose(k, 2, 3))
          return torch.mul(torch.tanh(w), {{scoreCap}})
        def attend(self, i: int, q: Tensor, k: Tensor, v: Tensor, b: int, t: int, c: List[Tensor]) -> Tensor:
          g = torch.reshape(q, [b, {{keyValueHeads}}, torch.mul({{queriesPerKey}}, t), {{headDim}}])
          w = torch.view((self).scores(g, k), [b, {{heads}}, t, t])
          p = torch.type_as(torch.softmax(torch.add(w, c[(self).mask_of(i)]), -1, 6), v)
          o = torch.matmul(torch.view(p, [b, {{keyValueHeads}}, torch.mul({{queriesPerKey}}, t), t]), v)
          o = torch.transpose(torch.view(o, [b, {{heads}}, t, {{headDim}}]), 1, 2)
          return torch.reshape(o, [torch.mul(b, t), {{attentionSize}}])
      """;

  private AttentionScript() {}

  static String source(DecoderConfig config, LinearScript linear) {
    boolean normed = config.architecture().hasQueryKeyNorms();
    String query = linear.product("self_attn.q_proj", "h");
    String key = linear.product("self_attn.k_proj", "h");
    if (normed) {
      query = "(self).query_norm(" + query + ", " + linear.tensor("self_attn.q_norm.weight") + ")";
      key = "(self).key_norm(" + key + ", " + linear.tensor("self_attn.k_norm.weight") + ")";
    }
    return WindowScript.source(config)
        + PROJECT
            .replace("{{inputNorm}}", linear.tensor("input_layernorm.weight"))
            .replace("{{query}}", clipped(config, query))
            .replace("{{key}}", clipped(config, key))
            .replace("{{value}}", clipped(config, linear.product("self_attn.v_proj", "h")))
        + attend(config);
  }

  private static String clipped(DecoderConfig config, String projection) {
    double clip = config.attention().projectionClip();
    return clip > 0 ? "torch.clamp(" + projection + ", " + -clip + ", " + clip + ")" : projection;
  }

  private static String attend(DecoderConfig config) {
    AttentionConfig attention = config.attention();
    if (attention.scoreCap() > 0) {
      return CAPPED
          .replace("{{cappedScale}}", Double.toString(attention.scale() / attention.scoreCap()))
          .replace("{{scoreCap}}", Double.toString(attention.scoreCap()));
    }
    String body = attention.hasWindows() ? WINDOWED.replace("{{causal}}", CAUSAL) : CAUSAL;
    boolean plain = attention.scale() == AttentionConfig.plain(config.headDim()).scale();
    return FUSED
        .replace("{{spread}}", spread(config))
        .replace("{{attention}}", body.indent(4).stripTrailing())
        .replace("{{fusedScale}}", plain ? "" : ", scale=" + attention.scale());
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
