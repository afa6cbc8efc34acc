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

  private static final String ENDS =
      """
        def embed(self, ps: List[Tensor], ids: Tensor) -> Tensor:
          return {{embedded}}
        def logits(self, ps: List[Tensor], x: Tensor) -> Tensor:
          h = (self).norm(x, ps[{{finalNorm}}])
          return {{logits}}
      """;

  // groups is a flat list of (layer, row count), sorted by layer; rows holds the rows of all
  // groups one after the other, each as sequence * time + position. Gives the hidden rows of each
  // group. In the deepest layer only the rows that are read pass the output projection and the
  // feed-forward part.
  private static final String READ =
      """
        def hidden(self, ps: List[Tensor], ad: List[Tensor], ids: Tensor, rows: Tensor, groups: List[int]) -> List[Tensor]:
          b = torch.size(ids, 0)
          t = torch.size(ids, 1)
          n = torch.floordiv(torch.len(groups), 2)
          deepest = groups[torch.sub(torch.mul(2, n), 2)]
          x = (self).embed(ps, ids)
          a = (self).angles(x, t)
          out = annotate(List[Tensor], [])
          start = 0
          for i in range(deepest):
            p = (self).project(ps, ad, i, x, b, t, a)
            o = (self).attend(i, p[0], p[1], p[2], b, t)
            last = torch.eq(torch.add(i, 1), deepest)
            at = 0
            if last:
              deep = torch.slice(rows, 0, start)
              x = (self).finish(ps, ad, i, torch.index_select(x, 0, deep), torch.index_select(o, 0, deep))
            else:
              x = (self).finish(ps, ad, i, x, o)
            for h in range(n):
              count = groups[torch.add(torch.mul(2, h), 1)]
              if torch.eq(groups[torch.mul(2, h)], torch.add(i, 1)):
                if last:
                  y = torch.narrow(x, 0, at, count)
                else:
                  y = torch.index_select(x, 0, torch.narrow(rows, 0, start, count))
                out = torch.add(out, [y])
                at = torch.add(at, count)
                start = torch.add(start, count)
              else:
                pass
          return out
        def read(self, ps: List[Tensor], ad: List[Tensor], ids: Tensor, rows: Tensor, groups: List[int]) -> List[Tensor]:
          xs = (self).hidden(ps, ad, ids, rows, groups)
          out = annotate(List[Tensor], [])
          for g in range(torch.len(xs)):
            out = torch.add(out, [(self).logits(ps, xs[g])])
          return out
      """;

  /** The methods, indented for the body of a module class. */
  static String source(ComputePlan plan) {
    DecoderConfig config = plan.config();
    LinearScript linear = new LinearScript(plan);
    String ends =
        ENDS.replace("{{embedded}}", plan.computed("torch.embedding(ps[0], torch.flatten(ids))"))
            .replace(
                "{{logits}}",
                plan.widened("torch.linear(h, " + plan.computed("ps[{{head}}]") + ")"));
    return ScriptTemplate.fill(
        NormScript.source()
            + RotaryScript.source()
            + AttentionScript.source(config, linear)
            + FeedForwardScript.source(linear)
            + linear.source()
            + ends
            + READ,
        config);
  }
}
