package ai.kale.train.djl;

import ai.kale.spi.tensor.Precision;
import ai.kale.train.checkpoint.AttentionConfig;
import ai.kale.train.checkpoint.DecoderConfig;

/**
 * TorchScript source of decoding one token with weights that are prepared once for a call: the
 * matrices that share an input are one, and the rows of query and key lie in the order in which the
 * rotation wants them. For plain blocks in 32-bit floats; others take the general way.
 */
final class PreparedScript {
  // pk holds, for each layer: norm, query-key-value matrix, output matrix, norm, gate-up matrix,
  // down matrix and the bias of the first product if there is one; after the layers the head.
  // deep says that the matrices are in the layout of oneDNN, whose products of a few rows are
  // faster than those of the BLAS, which turns a matrix around at each use.
  private static final String PREPARE =
      """
        def pairs(self, w: Tensor, heads: int) -> Tensor:
          s = torch.floordiv(torch.numel(w), torch.size(w, 0))
          y = torch.transpose(torch.view(w, [heads, 2, {{halfHead}}, s]), 1, 2)
          return torch.reshape(y, torch.size(w))
        def laid(self, w: Tensor, b: int, deep: bool) -> Tensor:
      {{laid}}
        def times(self, x: Tensor, w: Tensor, bias: Optional[Tensor], deep: bool) -> Tensor:
      {{times}}
        def prepared(self, ps: List[Tensor], b: int, deep: bool) -> List[Tensor]:
          pk = annotate(List[Tensor], [])
          for i in range({{layers}}):
            j = torch.add(1, torch.mul({{blockParameters}}, i))
            w = torch.cat([(self).pairs({{q}}, {{heads}}), (self).pairs({{k}}, {{keyValueHeads}}), {{v}}], 0)
            g = torch.cat([{{gate}}, {{up}}], 0)
            pk = torch.add(pk, [{{inputNorm}}, (self).laid(w, b, deep), (self).laid({{o}}, b, deep)])
            pk = torch.add(pk, [{{outputNorm}}, (self).laid(g, b, deep), (self).laid({{down}}, b, deep)])
      {{biases}}
          return torch.add(pk, [(self).laid(ps[{{head}}], b, deep)])
      """;

  private static final String BIASES =
      "      pk = torch.add(pk, [torch.cat([(self).pairs({{qb}}, {{heads}}),"
          + " (self).pairs({{kb}}, {{keyValueHeads}}), {{vb}}], 0)])";

  // Row b's token is written at pos[b] of the cache; where all rows are as long, at one place of
  // all, and then no key has to be hidden. The queries of one key-value head are the rows of one
  // attention.
  private static final String ADVANCE =
      """
        def advance(self, pk: List[Tensor], deep: bool, x: Tensor, kc: Tensor, vc: Tensor, pos: Tensor, even: bool, span: int, a: Tensor) -> Tensor:
          b = torch.size(x, 0)
          at = torch.sub(span, 1)
          if even:
            r = torch.narrow(a, 0, at, 1)
            place = pos
            seen = annotate(Optional[Tensor], None)
          else:
            r = torch.index_select(a, 0, pos)
            place = torch.expand(torch.view(pos, [b, 1, 1, 1]), [b, {{keyValueHeads}}, 1, {{headDim}}])
            keys = torch.unsqueeze(torch.arange(span, dtype=4, device=x.device), 0)
            seen = annotate(Optional[Tensor], torch.view(torch.le(keys, torch.unsqueeze(pos, 1)), [b, 1, 1, span]))
          for i in range({{layers}}):
            j = torch.mul(i, {{tensors}})
            h = (self).norm(x, pk[j])
            y = (self).times(h, pk[torch.add(j, 1)], {{bias}}, deep)
            z = torch.view_as_complex(torch.view(torch.narrow(y, 1, 0, {{turned}}), [b, {{turnedHeads}}, {{halfHead}}, 2]))
            z = torch.view(torch.view_as_real(torch.mul(z, r)), [b, {{turnedHeads}}, {{headDim}}])
            k = torch.narrow(z, 1, {{heads}}, {{keyValueHeads}})
            v = torch.view(torch.narrow(y, 1, {{turned}}, {{values}}), [b, {{keyValueHeads}}, {{headDim}}])
            kl = torch.select(kc, 0, i)
            vl = torch.select(vc, 0, i)
            if even:
              torch.copy_(torch.select(kl, 2, at), k)
              torch.copy_(torch.select(vl, 2, at), v)
            else:
              torch.scatter_(kl, 2, place, torch.unsqueeze(k, 2))
              torch.scatter_(vl, 2, place, torch.unsqueeze(v, 2))
            q = torch.view(torch.narrow(z, 1, 0, {{heads}}), [b, {{keyValueHeads}}, {{queriesPerKey}}, {{headDim}}])
            o = torch.scaled_dot_product_attention(q, torch.narrow(kl, 2, 0, span), torch.narrow(vl, 2, 0, span), seen, 0., False{{fusedScale}})
            x = torch.add(x, (self).times(torch.reshape(o, [b, {{attentionSize}}]), pk[torch.add(j, 2)], None, deep))
            y = (self).times((self).norm(x, pk[torch.add(j, 3)]), pk[torch.add(j, 4)], None, deep)
            f = torch.mul(torch.silu(torch.narrow(y, 1, 0, {{width}})), torch.narrow(y, 1, {{width}}, {{width}}))
            x = torch.add(x, (self).times(f, pk[torch.add(j, 5)], None, deep))
          return x
        def next(self, ps: List[Tensor], pk: List[Tensor], x: Tensor, deep: bool) -> Tensor:
          if deep:
            h = (self).norm(x, ps[{{finalNorm}}])
            y = (self).capped((self).times(h, pk[torch.sub(torch.len(pk), 1)], None, deep))
          else:
            y = (self).logits(ps, x)
          return torch.argmax(y, -1)
      """;

  private static final String PLAIN_LAYOUT = "return w";
  private static final String PLAIN_PRODUCT = "return torch.linear(x, w, bias)";
  private static final String DEEP_LAYOUT =
      """
          if deep:
            y = ops.mkldnn._reorder_linear_weight(w, b)
          else:
            y = w
          return y""";
  private static final String DEEP_PRODUCT =
      """
          if deep:
            y = ops.mkldnn._linear_pointwise(x, w, bias, "none", annotate(List[Optional[number]], []), "")
          else:
            y = torch.linear(x, w, bias)
          return y""";

  private PreparedScript() {}

  /** Whether a model's blocks are plain ones, so that the source below computes them. */
  static boolean covers(ComputePlan plan) {
    DecoderConfig config = plan.config();
    AttentionConfig attention = config.attention();
    return plan.precision() == Precision.F32
        && plan.adapter().isEmpty()
        && config.experts().isEmpty()
        && !config.architecture().hasQueryKeyNorms()
        && !config.architecture().hasOutputNorms()
        && !config.architecture().hasOffsetNorms()
        && !config.architecture().usesGelu()
        && attention.projectionClip() <= 0
        && attention.scoreCap() <= 0
        && !attention.hasWindows();
  }

  /** The methods, indented for the body of a module class. */
  static String source(ComputePlan plan, boolean deep) {
    DecoderConfig config = plan.config();
    LinearScript linear = new LinearScript(plan);
    boolean biased = config.architecture().hasAttentionBias();
    boolean plain = config.attention().scale() == AttentionConfig.plain(config.headDim()).scale();
    int turnedHeads = config.heads() + config.keyValueHeads();
    String biases = biased ? biases(linear) : "";
    String source =
        (PREPARE + ADVANCE)
            .replace("{{laid}}", indented(deep ? DEEP_LAYOUT : PLAIN_LAYOUT))
            .replace("{{times}}", indented(deep ? DEEP_PRODUCT : PLAIN_PRODUCT))
            .replace("{{biases}}\n", biases)
            .replace("{{bias}}", biased ? "pk[torch.add(j, 6)]" : "None")
            .replace("{{tensors}}", biased ? "7" : "6")
            .replace("{{q}}", linear.tensor("self_attn.q_proj.weight"))
            .replace("{{k}}", linear.tensor("self_attn.k_proj.weight"))
            .replace("{{v}}", linear.tensor("self_attn.v_proj.weight"))
            .replace("{{o}}", linear.tensor("self_attn.o_proj.weight"))
            .replace("{{gate}}", linear.tensor("mlp.gate_proj.weight"))
            .replace("{{up}}", linear.tensor("mlp.up_proj.weight"))
            .replace("{{down}}", linear.tensor("mlp.down_proj.weight"))
            .replace("{{inputNorm}}", linear.tensor("input_layernorm.weight"))
            .replace("{{outputNorm}}", linear.tensor("post_attention_layernorm.weight"))
            .replace("{{turnedHeads}}", Integer.toString(turnedHeads))
            .replace("{{turned}}", Integer.toString(turnedHeads * config.headDim()))
            .replace("{{values}}", Integer.toString(config.keyValueHeads() * config.headDim()))
            .replace("{{width}}", Integer.toString(config.intermediateSize()))
            .replace("{{fusedScale}}", plain ? "" : ", scale=" + config.attention().scale());
    return ScriptTemplate.fill(source, config);
  }

  private static String biases(LinearScript linear) {
    return BIASES
            .replace("{{qb}}", linear.tensor("self_attn.q_proj.bias"))
            .replace("{{kb}}", linear.tensor("self_attn.k_proj.bias"))
            .replace("{{vb}}", linear.tensor("self_attn.v_proj.bias"))
        + "\n";
  }

  private static String indented(String body) {
    return body.indent(4).stripTrailing();
  }
}
