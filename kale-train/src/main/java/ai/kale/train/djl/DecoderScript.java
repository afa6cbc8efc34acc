package ai.kale.train.djl;

import ai.kale.train.checkpoint.DecoderConfig;

/**
 * TorchScript source of the Llama decoder: embedding, blocks and the reading of hidden rows.
 *
 * <p>Parameters arrive as one list in the order of {@link DecoderConfig#parameterShapes()}: the
 * embedding, nine tensors for each block, the final norm, and the head unless it is tied.
 */
final class DecoderScript {
  /** Tensors of one block. */
  static final int BLOCK_PARAMETERS = 9;

  private DecoderScript() {}

  // x is [tokens, hidden]; c and s are the rotary cosines and signed sines, broadcast against
  // [batch, time, heads, head size]. Attention is causal, so with right padding no real token ever
  // sees a pad. In the deepest layer only the rows that are read pass the output projection and
  // the feed-forward part.
  private static final String BLOCKS =
      """
        def norm(self, x: Tensor, w: Tensor) -> Tensor:
          r = torch.rsqrt(torch.add(torch.mean(torch.square(x), [-1], True), {{eps}}))
          return torch.mul(torch.mul(x, r), w)
        def rotate(self, x: Tensor, c: Tensor, s: Tensor) -> Tensor:
          halves = torch.chunk(x, 2, -1)
          return torch.add(torch.mul(x, c), torch.mul(torch.cat([halves[1], halves[0]], -1), s))
        def angles(self, like: Tensor, length: int) -> List[Tensor]:
          e = torch.div(torch.arange(0, {{headDim}}, 2, dtype=7, device=like.device), {{headDim}})
          f = torch.outer(torch.arange(length, dtype=7, device=like.device), torch.reciprocal(torch.pow({{theta}}, e)))
          c = torch.to(torch.cos(f), like.dtype)
          s = torch.to(torch.sin(f), like.dtype)
          return [torch.unsqueeze(torch.cat([c, c], -1), 1), torch.unsqueeze(torch.cat([torch.neg(s), s], -1), 1)]
        def project(self, ps: List[Tensor], i: int, x: Tensor, b: int, t: int, c: Tensor, s: Tensor) -> List[Tensor]:
          j = torch.add(1, torch.mul({{blockParameters}}, i))
          h = (self).norm(x, ps[j])
          q = torch.view(torch.linear(h, ps[torch.add(j, 1)]), [b, t, {{heads}}, {{headDim}}])
          k = torch.view(torch.linear(h, ps[torch.add(j, 2)]), [b, t, {{keyValueHeads}}, {{headDim}}])
          v = torch.view(torch.linear(h, ps[torch.add(j, 3)]), [b, t, {{keyValueHeads}}, {{headDim}}])
          q = torch.transpose((self).rotate(q, c, s), 1, 2)
          k = torch.transpose((self).rotate(k, c, s), 1, 2)
          return [q, k, torch.transpose(v, 1, 2)]
        def spread(self, x: Tensor, b: int, t: int) -> Tensor:
      {{spread}}
        def attend(self, q: Tensor, k: Tensor, v: Tensor, b: int, t: int) -> Tensor:
          o = torch.scaled_dot_product_attention(q, (self).spread(k, b, t), (self).spread(v, b, t), None, 0., True)
          return torch.reshape(torch.transpose(o, 1, 2), [torch.mul(b, t), {{attentionSize}}])
        def finish(self, ps: List[Tensor], i: int, x: Tensor, o: Tensor) -> Tensor:
          j = torch.add(1, torch.mul({{blockParameters}}, i))
          x = torch.add(x, torch.linear(o, ps[torch.add(j, 4)]))
          h = (self).norm(x, ps[torch.add(j, 5)])
          f = torch.mul(torch.silu(torch.linear(h, ps[torch.add(j, 6)])), torch.linear(h, ps[torch.add(j, 7)]))
          return torch.add(x, torch.linear(f, ps[torch.add(j, 8)]))
        def logits(self, ps: List[Tensor], x: Tensor) -> Tensor:
          return torch.linear((self).norm(x, ps[{{finalNorm}}]), ps[{{head}}])
      """;

  // groups is a flat list of (layer, row count), sorted by layer; rows holds the rows of all
  // groups one after the other, each as sequence * time + position.
  private static final String READ =
      """
        def read(self, ps: List[Tensor], ids: Tensor, rows: Tensor, groups: List[int]) -> List[Tensor]:
          b = torch.size(ids, 0)
          t = torch.size(ids, 1)
          x = torch.embedding(ps[0], torch.flatten(ids))
          a = (self).angles(x, t)
          n = torch.floordiv(torch.len(groups), 2)
          deepest = groups[torch.sub(torch.mul(2, n), 2)]
          out = annotate(List[Tensor], [])
          start = 0
          g = 0
          for i in range(deepest):
            p = (self).project(ps, i, x, b, t, a[0], a[1])
            o = (self).attend(p[0], p[1], p[2], b, t)
            at = start
            if torch.eq(torch.add(i, 1), deepest):
              deep = torch.slice(rows, 0, start)
              x = (self).finish(ps, i, torch.index_select(x, 0, deep), torch.index_select(o, 0, deep))
              at = 0
            else:
              x = (self).finish(ps, i, x, o)
            for h in range(n):
              count = groups[torch.add(torch.mul(2, h), 1)]
              if torch.eq(groups[torch.mul(2, h)], torch.add(i, 1)):
                if torch.eq(torch.add(i, 1), deepest):
                  y = torch.narrow(x, 0, at, count)
                else:
                  y = torch.index_select(x, 0, torch.narrow(rows, 0, start, count))
                out = torch.add(out, [(self).logits(ps, y)])
                at = torch.add(at, count)
                start = torch.add(start, count)
              else:
                pass
          return out
      """;

  /** The methods, indented for the body of a module class. */
  static String source(DecoderConfig config) {
    return ScriptTemplate.fill(BLOCKS + READ, config);
  }
}
