package ai.kale.train.djl;

import ai.kale.train.checkpoint.DecoderConfig;
import java.util.stream.Collectors;

/**
 * TorchScript source of a training pass: the terms' values and the gradient of their sum.
 *
 * <p>Each block has an autograd graph of its own, whose leaf is the block's input. The way back
 * goes block by block, and the gradient of a block's parameters is added to the stored one at once,
 * so no second set of gradients exists. A block's graph is either kept from the way forward or,
 * with activation checkpointing, made again from its input (Chen et al., Training Deep Nets with
 * Sublinear Memory Cost, 2016, with one segment for each block).
 */
final class LossScript {
  private LossScript() {}

  // limits: rows of logits held at a time; whether blocks are computed again.
  // In-place operations go to arguments and members of argument lists only: TorchScript drops
  // writes to the members of a list made in the script as dead code.
  // rows_loss takes the hidden rows of one group through final norm and head, some rows at a time;
  // logits and their gradient are gone before the next. The head's gradient is a product that is
  // added in place, the norm's and the rows' come by autograd. Gives the gradient of the rows.
  private static final String ROWS =
      """
        def rows_loss(self, ps: List[Tensor], acc: List[Tensor], rows: Tensor, group: int, chunk: int, gradient: bool, out: Tensor, terms: List[int], scale: List[float], tokens: Tensor, top: Tensor, topLog: Tensor) -> Tensor:
          torch.set_grad_enabled(gradient)
          x = torch.requires_grad_(torch.detach(rows), gradient)
          y = (self).norm(x, ps[{{finalNorm}}])
          n = torch.size(x, 0)
          parts = annotate(List[Tensor], [])
          for first in range(0, n, chunk):
            count = torch.sub(n, first)
            if torch.gt(count, chunk):
              count = chunk
            else:
              pass
            torch.set_grad_enabled(False)
            h = torch.narrow(torch.detach(y), 0, first, count)
            z = torch.requires_grad_(torch.detach(torch.to((self).project_rows(ps, h), 6)), gradient)
            torch.set_grad_enabled(gradient)
            v = (self).values((self).capped(z), group, first, out, terms, scale, tokens, top, topLog)
            if gradient:
              found = torch.autograd.grad([v], [z])
              torch.set_grad_enabled(False)
              d = unchecked_cast(Tensor, found[0])
              parts = torch.add(parts, [torch.matmul(torch.type_as(d, h), torch.type_as(ps[{{head}}], h))])
      {{headGradient}}
            else:
              pass
          if gradient:
            torch.set_grad_enabled(True)
            found = torch.autograd.grad([y], {{normInputs}}, annotate(List[Optional[Tensor]], [torch.cat(parts)]))
            torch.set_grad_enabled(False)
      {{normGradient}}
            x = unchecked_cast(Tensor, found[0])
          else:
            pass
          return x
      """;

  private static final String LOSSES =
      """
        def losses(self, ps: List[Tensor], ad: List[Tensor], ids: Tensor, rows: Tensor, groups: Tensor, terms: Tensor, scale: Tensor, tokens: Tensor, top: Tensor, topLog: Tensor, limits: Tensor) -> Tensor:
          ts = annotate(List[int], terms.tolist())
          fs = annotate(List[float], scale.tolist())
          chunk = (annotate(List[int], limits.tolist()))[0]
          xs = (self).hidden(ps, ad, ids, rows, annotate(List[int], groups.tolist()))
          out = torch.zeros([torch.floordiv(torch.len(ts), {{termFields}})], dtype=6, device=ids.device)
          for g in range(torch.len(xs)):
            x = (self).rows_loss(ps, ps, xs[g], g, chunk, False, out, ts, fs, tokens, top, topLog)
          return out
      """;

  // Blocks below the lowest trained one need no graph. xs holds the inputs of the blocks, leaves of
  // their graphs, and ys their outputs; with activation checkpointing ys stays empty, and the
  // deepest block is computed on the way back only.
  private static final String ACCUMULATE =
      """
        def forward_block(self, ps: List[Tensor], ad: List[Tensor], i: int, last: bool, x: Tensor, deep: Tensor, b: int, t: int, c: List[Tensor]) -> Tensor:
          if last:
            y = (self).block_rows(ps, ad, i, x, deep, b, t, c)
          else:
            y = (self).block(ps, ad, i, x, b, t, c)
          return y
        def backward_block(self, ps: List[Tensor], ad: List[Tensor], acc: List[Tensor], i: int, x: Tensor, y: Tensor, g: Tensor) -> Tensor:
          starts = [{{starts}}]
          used = annotate(List[Tensor], [])
          if torch.__or__({{ends}}, torch.gt(i, {{lowest}})):
            used = torch.add(used, [x])
          else:
            pass
          skip = torch.len(used)
          for j in range(starts[i], starts[torch.add(i, 1)]):
            used = torch.add(used, [{{trained}}[j]])
          found = torch.autograd.grad([y], used, annotate(List[Optional[Tensor]], [g]), None, False, True)
          for j in range(skip, torch.len(used)):
            f = found[j]
            if torch.__isnot__(f, None):
              torch.add_(acc[torch.add(starts[i], torch.sub(j, skip))], unchecked_cast(Tensor, f))
            else:
              pass
          if torch.gt(skip, 0):
            d = unchecked_cast(Tensor, found[0])
          else:
            d = g
          return d
        def accumulate(self, ps: List[Tensor], ad: List[Tensor], acc: List[Tensor], ids: Tensor, rows: Tensor, groups: Tensor, terms: Tensor, scale: Tensor, tokens: Tensor, top: Tensor, topLog: Tensor, limits: Tensor) -> Tensor:
          ts = annotate(List[int], terms.tolist())
          fs = annotate(List[float], scale.tolist())
          gs = annotate(List[int], groups.tolist())
          ls = annotate(List[int], limits.tolist())
          again = torch.ne(ls[1], 0)
          b = torch.size(ids, 0)
          t = torch.size(ids, 1)
          n = torch.floordiv(torch.len(gs), 2)
          deepest = gs[torch.sub(torch.mul(2, n), 2)]
          deep = torch.slice(rows, 0, (self).shallow_rows(gs))
          out = torch.zeros([torch.floordiv(torch.len(ts), {{termFields}})], dtype=6, device=ids.device)
          torch.set_grad_enabled(False)
          x = (self).embed(ps, ids)
          c = (self).context(x, t)
          xs = annotate(List[Tensor], [])
          ys = annotate(List[Tensor], [])
          for i in range(deepest):
            last = torch.eq(torch.add(i, 1), deepest)
            leaf = torch.requires_grad_(torch.detach(x), torch.__or__({{ends}}, torch.gt(i, {{lowest}})))
            xs = torch.add(xs, [leaf])
            if torch.__not__(torch.__and__(again, last)):
              torch.set_grad_enabled(torch.__and__(torch.__not__(again), torch.ge(i, {{lowest}})))
              x = (self).forward_block(ps, ad, i, last, leaf, deep, b, t, c)
              torch.set_grad_enabled(False)
              if torch.__not__(again):
                ys = torch.add(ys, [x])
              else:
                pass
            else:
              pass
          g = x
          end = torch.size(rows, 0)
          group = torch.sub(n, 1)
          for back in range(deepest):
            i = torch.sub(torch.sub(deepest, 1), back)
            last = torch.eq(back, 0)
            if again:
              if torch.__or__(last, torch.ge(i, {{lowest}})):
                torch.set_grad_enabled(torch.ge(i, {{lowest}}))
                y = (self).forward_block(ps, ad, i, last, xs[i], deep, b, t, c)
                torch.set_grad_enabled(False)
              else:
                y = xs[torch.add(i, 1)]
            else:
              y = ys[i]
            read = torch.detach(y)
            parts = annotate(List[Tensor], [])
            more = torch.ge(group, 0)
            while more:
              if torch.eq(gs[torch.mul(2, group)], torch.add(i, 1)):
                count = gs[torch.add(torch.mul(2, group), 1)]
                end = torch.sub(end, count)
                at = torch.narrow(rows, 0, end, count)
                if last:
                  some = torch.narrow(read, 0, torch.sub(end, (self).shallow_rows(gs)), count)
                else:
                  some = torch.index_select(read, 0, at)
                d = (self).rows_loss(ps, acc, some, group, ls[0], True, out, ts, fs, tokens, top, topLog)
                if last:
                  parts = torch.add([d], parts)
                else:
                  if torch.ge(i, {{lowest}}):
                    g = torch.index_add(g, 0, at, d)
                  else:
                    pass
                group = torch.sub(group, 1)
                more = torch.ge(group, 0)
              else:
                more = False
            if last:
              g = torch.cat(parts)
            else:
              pass
            if torch.ge(i, {{lowest}}):
              g = (self).backward_block(ps, ad, acc, i, xs[i], y, g)
            else:
              pass
      {{embeddingGradient}}
          return out
      """;

  private static final String HEAD_GRADIENT =
      "        w = torch.addmm_(acc[{{head}}], torch.t(d), torch.to(h, 6))";

  private static final String NORM_GRADIENT =
      "      w = torch.add_(acc[{{finalNorm}}], unchecked_cast(Tensor, found[1]))";

  private static final String EMBEDDING_GRADIENT =
      "    w = torch.index_add_(acc[0], 0, torch.flatten(ids), torch.to((self).scaled(g), 6))";

  /**
   * The methods, indented for the body of a module class.
   *
   * @param config the model
   * @param trained what gets a gradient
   */
  static String source(DecoderConfig config, TrainedParameters trained) {
    boolean ends = trained.ends();
    String starts =
        trained.starts().stream().map(String::valueOf).collect(Collectors.joining(", "));
    String text =
        (ROWS + LOSSES + ACCUMULATE)
            .replace("{{headGradient}}", ends ? HEAD_GRADIENT : "        pass")
            .replace("{{normInputs}}", ends ? "[x, ps[{{finalNorm}}]]" : "[x]")
            .replace("{{normGradient}}", ends ? NORM_GRADIENT : "      pass")
            .replace("{{embeddingGradient}}", ends ? EMBEDDING_GRADIENT : "    pass")
            .replace("{{ends}}", ends ? "True" : "False")
            .replace("{{lowest}}", Integer.toString(trained.lowestBlock()))
            .replace("{{starts}}", starts)
            .replace("{{trained}}", trained.list())
            .replace("{{termFields}}", Integer.toString(TermScript.TERM_FIELDS));
    return ScriptTemplate.fill(text, config);
  }
}
