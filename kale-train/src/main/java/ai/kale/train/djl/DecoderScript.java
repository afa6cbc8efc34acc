package ai.kale.train.djl;

import ai.kale.train.checkpoint.DecoderConfig;

/**
 * TorchScript source of the decoder: embedding, blocks and the reading of hidden rows.
 *
 * <p>{@code ps} holds the parameters in the order of {@link BlockLayout}, {@code ad} the adapter's
 * tensors, at least one so that the list is never empty.
 */
final class DecoderScript {
  private DecoderScript() {}

  // scaled is linear, so a gradient passes it by the same function. project_rows is the product
  // with the head alone, of rows that are normed.
  private static final String ENDS =
      """
        def scaled(self, x: Tensor) -> Tensor:
          return {{scaled}}
        def capped(self, y: Tensor) -> Tensor:
          return {{capped}}
        def embed(self, ps: List[Tensor], ids: Tensor) -> Tensor:
          return (self).scaled({{embedded}})
        def project_rows(self, ps: List[Tensor], h: Tensor) -> Tensor:
          return torch.linear(h, {{headWeight}})
        def logits(self, ps: List[Tensor], x: Tensor) -> Tensor:
          z = (self).project_rows(ps, (self).norm(x, ps[{{finalNorm}}]))
          return (self).capped({{z}})
      """;

  // Of a block that only some rows are read of, only these pass the output projection and the
  // feed-forward part.
  private static final String BLOCKS =
      """
        def block(self, ps: List[Tensor], ad: List[Tensor], i: int, x: Tensor, b: int, t: int, c: List[Tensor]) -> Tensor:
          p = (self).project(ps, ad, i, x, b, t, c[0])
          return (self).finish(ps, ad, i, x, (self).attend(i, p[0], p[1], p[2], b, t, c))
        def block_rows(self, ps: List[Tensor], ad: List[Tensor], i: int, x: Tensor, rows: Tensor, b: int, t: int, c: List[Tensor]) -> Tensor:
          p = (self).project(ps, ad, i, x, b, t, c[0])
          o = (self).attend(i, p[0], p[1], p[2], b, t, c)
          return (self).finish(ps, ad, i, torch.index_select(x, 0, rows), torch.index_select(o, 0, rows))
      """;

  // groups is a flat list of (layer, row count), sorted by layer; rows holds the rows of all
  // groups one after the other, each as sequence * time + position. Gives the hidden rows of each
  // group. shallow_rows is the number of rows that belong to layers above the deepest one.
  private static final String READ =
      """
        def shallow_rows(self, groups: List[int]) -> int:
          n = torch.floordiv(torch.len(groups), 2)
          start = 0
          for h in range(n):
            if torch.lt(groups[torch.mul(2, h)], groups[torch.sub(torch.mul(2, n), 2)]):
              start = torch.add(start, groups[torch.add(torch.mul(2, h), 1)])
            else:
              pass
          return start
        def hidden(self, ps: List[Tensor], ad: List[Tensor], ids: Tensor, rows: Tensor, groups: List[int]) -> List[Tensor]:
          b = torch.size(ids, 0)
          t = torch.size(ids, 1)
          n = torch.floordiv(torch.len(groups), 2)
          deepest = groups[torch.sub(torch.mul(2, n), 2)]
          x = (self).embed(ps, ids)
          c = (self).context(x, t)
          out = annotate(List[Tensor], [])
          start = 0
          at = 0
          for i in range(deepest):
            last = torch.eq(torch.add(i, 1), deepest)
            if last:
              x = (self).block_rows(ps, ad, i, x, torch.slice(rows, 0, (self).shallow_rows(groups)), b, t, c)
            else:
              x = (self).block(ps, ad, i, x, b, t, c)
            for h in range(n):
              count = groups[torch.add(torch.mul(2, h), 1)]
              if torch.eq(groups[torch.mul(2, h)], torch.add(i, 1)):
                if last:
                  y = torch.narrow(x, 0, at, count)
                  at = torch.add(at, count)
                else:
                  y = torch.index_select(x, 0, torch.narrow(rows, 0, start, count))
                out = torch.add(out, [y])
                start = torch.add(start, count)
              else:
                pass
          return out
      """;

  /** The methods, indented for the body of a module class. */
  static String source(ComputePlan plan) {
    DecoderConfig config = plan.config();
    LinearScript linear = new LinearScript(plan);
    String ends =
        ENDS.replace("{{embedded}}", plan.computed("torch.embedding(ps[0], torch.flatten(ids))"))
            .replace("{{headWeight}}", plan.computed("ps[{{head}}]"))
            .replace("{{z}}", plan.widened("z"))
            .replace("{{scaled}}", scaled(config))
            .replace("{{capped}}", capped(config));
    return ScriptTemplate.fill(
        NormScript.source(config)
            + RotaryScript.source()
            + AttentionScript.source(config, linear)
            + FeedForwardScript.source(config, linear)
            + linear.source()
            + ends
            + BLOCKS
            + READ,
        config);
  }

  /** The factor is rounded to the type of the embeddings, as the models were trained with it. */
  private static String scaled(DecoderConfig config) {
    double factor = Math.sqrt(config.hiddenSize());
    return config.architecture().scalesEmbeddings()
        ? "torch.mul(x, torch.tensor(" + factor + ", dtype=x.dtype, device=x.device))"
        : "x";
  }

  private static String capped(DecoderConfig config) {
    double cap = config.logitCap();
    return cap > 0 ? "torch.mul(torch.tanh(torch.div(y, " + cap + ")), " + cap + ")" : "y";
  }
}
