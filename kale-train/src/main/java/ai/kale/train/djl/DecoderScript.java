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

  // fold rewrites the weights of the first blocks for one call, and autograd leads back through it:
  // each norm's scale goes into the matrices behind it, and query and key rows become one matrix
  // in which the two halves of a rotary pair are neighbours, so that rotating is one complex
  // product. A block is then: query-key, value, output, gate, up, down. The last two entries are
  // the final norm and the head.
  private static final String FOLD =
      """
        def fold(self, ps: List[Tensor], depth: int) -> List[Tensor]:
          like = ps[0]
          pairs = torch.transpose(torch.view(torch.arange({{rotaryRows}}, dtype=4, device=like.device), [-1, 2, {{halfHead}}]), 1, 2)
          order = torch.flatten(pairs)
          out = annotate(List[Tensor], [])
          for i in range(depth):
            j = torch.add(1, torch.mul({{blockParameters}}, i))
            n = ps[j]
            m = ps[torch.add(j, 5)]
            qk = torch.index_select(torch.cat([ps[torch.add(j, 1)], ps[torch.add(j, 2)]], 0), 0, order)
            block = [torch.mul(qk, n), torch.mul(ps[torch.add(j, 3)], n), ps[torch.add(j, 4)], torch.mul(ps[torch.add(j, 6)], m), torch.mul(ps[torch.add(j, 7)], m), ps[torch.add(j, 8)]]
            out = torch.add(out, block)
          return torch.add(out, [ps[{{finalNorm}}], ps[{{head}}]])
        def angles(self, like: Tensor, length: int) -> Tensor:
          e = torch.div(torch.arange(0, {{headDim}}, 2, dtype=7, device=like.device), {{headDim}})
          f = torch.outer(torch.arange(length, dtype=7, device=like.device), torch.reciprocal(torch.pow({{theta}}, e)))
          cs = torch.stack([torch.to(torch.cos(f), like.dtype), torch.to(torch.sin(f), like.dtype)], -1)
          return torch.unsqueeze(torch.view_as_complex(cs), 1)
      """;

  // x is [tokens, hidden]; a holds the rotary angles as complex numbers, broadcast against
  // [batch, time, heads, head size / 2]. Attention is causal, so with right padding no real token
  // ever sees a pad.
  private static final String BLOCKS =
      """
        def unit(self, x: Tensor) -> Tensor:
          n = torch.linalg_vector_norm(x, 2, [-1], True)
          return torch.mul(x, torch.rsqrt(torch.add(torch.mul(torch.square(n), {{inverseHidden}}), {{eps}})))
        def project(self, ws: List[Tensor], i: int, x: Tensor, b: int, t: int, a: Tensor) -> List[Tensor]:
          j = torch.mul(6, i)
          h = (self).unit(x)
          qk = torch.view(torch.linear(h, ws[j]), [b, t, {{rotaryHeads}}, {{halfHead}}, 2])
          r = torch.flatten(torch.view_as_real(torch.mul(torch.view_as_complex(qk), a)), 3)
          split = torch.split_with_sizes(r, [{{heads}}, {{keyValueHeads}}], 2)
          v = torch.view(torch.linear(h, ws[torch.add(j, 1)]), [b, t, {{keyValueHeads}}, {{headDim}}])
          return [torch.transpose(split[0], 1, 2), torch.transpose(split[1], 1, 2), torch.transpose(v, 1, 2)]
        def spread(self, x: Tensor, b: int, t: int) -> Tensor:
      {{spread}}
        def attend(self, q: Tensor, k: Tensor, v: Tensor, b: int, t: int) -> Tensor:
          o = torch.scaled_dot_product_attention(q, (self).spread(k, b, t), (self).spread(v, b, t), None, 0., True)
          return torch.reshape(torch.transpose(o, 1, 2), [torch.mul(b, t), {{attentionSize}}])
        def finish(self, ws: List[Tensor], i: int, x: Tensor, o: Tensor) -> Tensor:
          j = torch.mul(6, i)
          x = torch.add(x, torch.linear(o, ws[torch.add(j, 2)]))
          h = (self).unit(x)
          f = torch.mul(torch.silu(torch.linear(h, ws[torch.add(j, 3)])), torch.linear(h, ws[torch.add(j, 4)]))
          return torch.add(x, torch.linear(f, ws[torch.add(j, 5)]))
        def logits(self, ws: List[Tensor], x: Tensor) -> Tensor:
          return torch.linear(torch.mul((self).unit(x), ws[-2]), ws[-1])
      """;

  // groups is a flat list of (layer, row count), sorted by layer; rows holds the rows of all
  // groups one after the other, each as sequence * time + position. In the deepest layer only the
  // rows that are read pass the output projection and the feed-forward part.
  private static final String READ =
      """
        def read(self, ps: List[Tensor], ids: Tensor, rows: Tensor, groups: List[int]) -> List[Tensor]:
          b = torch.size(ids, 0)
          t = torch.size(ids, 1)
          n = torch.floordiv(torch.len(groups), 2)
          deepest = groups[torch.sub(torch.mul(2, n), 2)]
          ws = (self).fold(ps, deepest)
          x = torch.embedding(ps[0], torch.flatten(ids))
          a = (self).angles(x, t)
          out = annotate(List[Tensor], [])
          start = 0
          for i in range(deepest):
            p = (self).project(ws, i, x, b, t, a)
            o = (self).attend(p[0], p[1], p[2], b, t)
            last = torch.eq(torch.add(i, 1), deepest)
            at = 0
            if last:
              deep = torch.slice(rows, 0, start)
              x = (self).finish(ws, i, torch.index_select(x, 0, deep), torch.index_select(o, 0, deep))
            else:
              x = (self).finish(ws, i, x, o)
            for h in range(n):
              count = groups[torch.add(torch.mul(2, h), 1)]
              if torch.eq(groups[torch.mul(2, h)], torch.add(i, 1)):
                if last:
                  y = torch.narrow(x, 0, at, count)
                else:
                  y = torch.index_select(x, 0, torch.narrow(rows, 0, start, count))
                out = torch.add(out, [(self).logits(ws, y)])
                at = torch.add(at, count)
                start = torch.add(start, count)
              else:
                pass
          return out
      """;

  /** The methods, indented for the body of a module class. */
  static String source(DecoderConfig config) {
    return ScriptTemplate.fill(FOLD + BLOCKS + READ, config);
  }
}
