package ai.kale.train.djl;

import ai.kale.train.checkpoint.DecoderConfig;

/** TorchScript source of greedy decoding with a key-value cache over ragged prompts. */
final class GenerationScript {
  private GenerationScript() {}

  // Prompts are right-padded. Row b's next token goes to cache position pos[b]: it overwrites
  // padding, and keys after pos[b] are masked, so rows never depend on each other's lengths.
  // The first entry of limits is the number of new tokens, the others are the stop tokens.
  private static final String SOURCE =
      """
        def decode(self, ps: List[Tensor], ad: List[Tensor], x: Tensor, kc: Tensor, vc: Tensor, pos: Tensor, span: int, a: Tensor) -> Tensor:
          b = torch.size(x, 0)
          r = torch.unsqueeze(torch.index_select(a, 0, pos), 1)
          at = torch.expand(torch.view(pos, [b, 1, 1, 1]), [b, {{keyValueHeads}}, 1, {{headDim}}])
          keys = torch.unsqueeze(torch.arange(span, dtype=4, device=x.device), 0)
          hidden = torch.view(torch.gt(keys, torch.unsqueeze(pos, 1)), [b, 1, 1, span])
          for i in range({{layers}}):
            p = (self).project(ps, ad, i, x, b, 1, r)
            kl = torch.select(kc, 0, i)
            vl = torch.select(vc, 0, i)
            torch.scatter_(kl, 2, at, p[1])
            torch.scatter_(vl, 2, at, p[2])
            q = torch.reshape(p[0], [b, {{keyValueHeads}}, {{queriesPerKey}}, {{headDim}}])
            w = {{scores}}
      {{hide}}
            w = torch.type_as(torch.softmax(torch.masked_fill(w, h, torch.neg(inf)), -1, 6), vl)
            o = torch.matmul(w, torch.narrow(vl, 2, 0, span))
            x = (self).finish(ps, ad, i, x, torch.reshape(o, [b, {{attentionSize}}]))
          return x
      {{methods}}
        def generate(self, ps: List[Tensor], ad: List[Tensor], ids: Tensor, lengths: Tensor, limits: Tensor) -> Tensor:
          torch.set_grad_enabled(False)
          b = torch.size(ids, 0)
          t = torch.size(ids, 1)
          l = annotate(List[int], limits.tolist())
          count = l[0]
          stops = torch.unsqueeze(torch.narrow(limits, 0, 1, torch.sub(torch.len(l), 1)), 0)
          x = (self).embed(ps, ids)
          c = (self).context(x, t)
          a = (self).angles(x, torch.add(t, count))
          kc = torch.zeros([{{layers}}, b, {{keyValueHeads}}, torch.add(t, count), {{headDim}}], dtype=x.dtype, device=x.device)
          vc = torch.zeros_like(kc)
          for i in range({{layers}}):
            p = (self).project(ps, ad, i, x, b, t, c[0])
            torch.copy_(torch.narrow(torch.select(kc, 0, i), 2, 0, t), p[1])
            torch.copy_(torch.narrow(torch.select(vc, 0, i), 2, 0, t), p[2])
            o = (self).attend(i, p[0], p[1], p[2], b, t, c)
            if torch.eq(torch.add(i, 1), {{layers}}):
              last = torch.add(torch.mul(torch.arange(b, dtype=4, device=x.device), t), torch.sub(lengths, 1))
              o = torch.index_select(o, 0, last)
              x = torch.index_select(x, 0, last)
            else:
              pass
            x = (self).finish(ps, ad, i, x, o)
          out = torch.zeros([b, count], dtype=4, device=x.device)
          done = torch.zeros([b], dtype=11, device=x.device)
          pos = lengths
      {{prepare}}
          g = 0
          more = True
          while more:
            next = {{next}}
            torch.copy_(torch.select(out, 1, g), next)
            g = torch.add(g, 1)
            more = torch.lt(g, count)
            if torch.__and__(more, torch.gt(torch.len(l), 1)):
              done = torch.logical_or(done, torch.any(torch.eq(torch.unsqueeze(next, 1), stops), 1))
              more = torch.__not__(bool(torch.all(done)))
            else:
              pass
            if more:
              x = {{decoded}}
              pos = torch.add(pos, 1)
            else:
              pass
          return out
      """;

  private static final String PLAIN =
      "torch.matmul(torch.mul(q, {{scale}}), torch.transpose(torch.narrow(kl, 2, 0, span), 2, 3))";

  private static final String CAPPED = "(self).scores(q, torch.narrow(kl, 2, 0, span))";

  // Keys that lie before the window of the query at pos are hidden too.
  private static final String WINDOWED =
      """
      if (self).narrowed(i, span):
        first = torch.view(torch.sub(pos, torch.sub((self).window(i), 1)), [b, 1, 1, 1])
        h = torch.logical_or(hidden, torch.lt(torch.view(keys, [1, 1, 1, span]), first))
      else:
        h = hidden""";

  // Preparing costs about as much as some tokens do.
  private static final String PREPARE =
      """
      even = bool(torch.all(torch.eq(lengths, t)))
      deep = torch.__and__({{deep}}, torch.ge(count, 8))
      pk = annotate(List[Tensor], [])
      if torch.gt(count, 1):
        pk = (self).prepared(ps, b, deep)
      else:
        pass
      """;

  private static final String GENERAL =
      "(self).decode(ps, ad, (self).embed(ps, next), kc, vc, pos, torch.add(t, g), a)";
  private static final String PREPARED =
      "(self).advance(pk, deep, (self).embed(ps, next), kc, vc, pos, even, torch.add(t, g), a)";

  /**
   * The methods, indented for the body of a module class.
   *
   * @param deep whether oneDNN's products are there
   */
  static String source(ComputePlan plan, boolean deep) {
    DecoderConfig config = plan.config();
    boolean capped = config.attention().scoreCap() > 0;
    String hide = config.attention().hasWindows() ? WINDOWED : "h = hidden";
    boolean prepared = PreparedScript.covers(plan);
    String prepare = PREPARE.replace("{{deep}}", deep ? "True" : "False").indent(4);
    return ScriptTemplate.fill(
        SOURCE
            .replace("{{methods}}\n", prepared ? PreparedScript.source(plan, deep) : "")
            .replace("{{prepare}}\n", prepared ? prepare : "")
            .replace(
                "{{next}}",
                prepared
                    ? "(self).next(ps, pk, x, deep)"
                    : "torch.argmax((self).logits(ps, x), -1)")
            .replace("{{decoded}}", prepared ? PREPARED : GENERAL)
            .replace("{{scores}}", capped ? CAPPED : PLAIN)
            .replace("{{hide}}", hide.indent(6).stripTrailing()),
        config);
  }
}
