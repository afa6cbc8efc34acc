package ai.kale.train.djl;

import java.util.stream.Stream;

/** TorchScript source of the loss terms, their gradient, and the reading of distributions. */
final class LossScript {
  /** Numbers that describe one term in the {@code terms} argument. */
  static final int TERM_FIELDS = 5;

  /** Numbers of one term in the {@code scale} argument. */
  static final int TERM_SCALES = 3;

  private LossScript() {}

  // A divergence compares log-probabilities on k tokens and, if k is not the whole vocabulary, on
  // one bucket for all others, whose mass is summed over the others themselves: 1 minus the rest
  // would lose it to rounding. Where q is 0, q * log q is 0.
  private static final String DIVERGENCE =
      """
        def outcomes(self, logits: Tensor, temperature: float, top: Tensor) -> Tensor:
          lp = torch.log_softmax(torch.div(logits, temperature), -1)
          kept = torch.gather(lp, 1, top)
          if torch.lt(torch.size(top, 1), {{vocabulary}}):
            others = torch.logsumexp(torch.scatter(lp, 1, top, torch.neg(inf)), [1], True)
            kept = torch.cat([kept, others], 1)
          else:
            pass
          return kept
        def divergence(self, kind: int, beta: float, lp: Tensor, lq: Tensor) -> Tensor:
          q = torch.exp(lq)
          finite = torch.clamp(lq, -1.0e30)
          if torch.eq(kind, 1):
            d = torch.mul(q, torch.sub(finite, lp))
          else:
            p = torch.exp(lp)
            if torch.eq(kind, 2):
              d = torch.mul(p, torch.sub(lp, lq))
            else:
              rest = torch.sub(1., beta)
              lm = torch.logaddexp(torch.add(lp, torch.log(rest)), torch.add(lq, torch.log(beta)))
              d = torch.add(torch.mul(torch.mul(p, torch.sub(lp, lm)), rest), torch.mul(torch.mul(q, torch.sub(finite, lm)), beta))
          return torch.sum(d)
      """;

  // In-place operations go to members of argument lists only: TorchScript drops writes to the
  // members of a list made in the script as dead code.
  // terms is a flat list of (group, kind, start in tokens or top, start in topLog, k); kind 0 is
  // cross-entropy, 1 forward KL, 2 reverse KL, 3 Jensen-Shannon. scale is [terms, 3]: factor,
  // temperature and the mixture's weight of q, in double precision.
  private static final String LOSSES =
      """
        def losses(self, ps: List[Tensor], ad: List[Tensor], ids: Tensor, rows: Tensor, groups: Tensor, terms: Tensor, scale: Tensor, tokens: Tensor, top: Tensor, topLog: Tensor) -> Tensor:
          ts = annotate(List[int], terms.tolist())
          ls = (self).read(ps, ad, ids, rows, annotate(List[int], groups.tolist()))
          factors = annotate(List[float], scale.tolist())
          out = annotate(List[Tensor], [])
          for i in range(torch.floordiv(torch.len(ts), {{termFields}})):
            f = torch.mul(i, {{termFields}})
            logits = ls[ts[f]]
            kind = ts[torch.add(f, 1)]
            start = ts[torch.add(f, 2)]
            n = torch.size(logits, 0)
            if torch.eq(kind, 0):
              v = torch.cross_entropy_loss(logits, torch.narrow(tokens, 0, start, n), None, 2, -100, 0.)
            else:
              k = ts[torch.add(f, 4)]
              lp = (self).outcomes(logits, factors[torch.add(torch.mul(3, i), 1)], torch.view(torch.narrow(top, 0, start, torch.mul(n, k)), [n, k]))
              w = torch.size(lp, 1)
              lq = torch.view(torch.narrow(topLog, 0, ts[torch.add(f, 3)], torch.mul(n, w)), [n, w])
              v = (self).divergence(kind, factors[torch.add(torch.mul(3, i), 2)], lp, lq)
            out = torch.add(out, [torch.mul(v, factors[torch.mul(3, i)])])
          return torch.stack(out)
        def accumulate(self, ps: List[Tensor], ad: List[Tensor], acc: List[Tensor], ids: Tensor, rows: Tensor, groups: Tensor, terms: Tensor, scale: Tensor, tokens: Tensor, top: Tensor, topLog: Tensor) -> Tensor:
          torch.set_grad_enabled(True)
          v = (self).losses(ps, ad, ids, rows, groups, terms, scale, tokens, top, topLog)
          gs = annotate(List[int], groups.tolist())
          at = (self).trained(ps, ad, gs[torch.sub(torch.len(gs), 2)])
          used = annotate(List[Tensor], [])
          for i in range(torch.len(at)):
            used = torch.add(used, [{{trained}}[at[i]]])
          if torch.gt(torch.len(at), 0):
            found = torch.autograd.grad([torch.sum(v)], used)
            torch.set_grad_enabled(False)
            for i in range(torch.len(at)):
              torch.add_(acc[at[i]], unchecked_cast(Tensor, found[i]))
          else:
            pass
          torch.set_grad_enabled(False)
          return torch.detach(v)
      """;

  // Which tensors of the trained list a pass down to a layer reaches: those of the blocks up to it,
  // the embedding, the final norm and the head; of an adapter, those of the blocks.
  private static final String TRAINED =
      """
        def trained(self, ps: List[Tensor], ad: List[Tensor], depth: int) -> List[int]:
          reached = torch.add(1, torch.mul({{blockParameters}}, depth))
          out = annotate(List[int], [])
          for i in range(torch.len(ps)):
            if torch.__or__(torch.lt(i, reached), torch.ge(i, {{finalNorm}})):
              out = torch.add(out, [i])
            else:
              pass
          return out
      """;

  private static final String TRAINED_ADAPTER =
      """
        def trained(self, ps: List[Tensor], ad: List[Tensor], depth: int) -> List[int]:
          blocks = annotate(List[int], {{adapterBlocks}})
          out = annotate(List[int], [])
          for i in range(torch.len(blocks)):
            if torch.lt(blocks[i], depth):
              out = torch.add(out, [i])
            else:
              pass
          return out
      """;

  // torch.topk leaves the order of equal values open. Where more than k values reach the k-th
  // largest, a stable sort decides by token id; equal values inside are put in order by the caller.
  private static final String DISTRIBUTIONS =
      """
        def log_probabilities(self, ps: List[Tensor], ad: List[Tensor], ids: Tensor, rows: Tensor, groups: Tensor, tokens: Tensor) -> Tensor:
          ls = (self).read(ps, ad, ids, rows, annotate(List[int], groups.tolist()))
          lp = torch.log_softmax(ls[0], -1)
          return torch.squeeze(torch.gather(lp, 1, torch.unsqueeze(tokens, 1)), 1)
        def top_k(self, ps: List[Tensor], ad: List[Tensor], ids: Tensor, rows: Tensor, groups: Tensor, k: Tensor, temperature: Tensor) -> List[Tensor]:
          ls = (self).read(ps, ad, ids, rows, annotate(List[int], groups.tolist()))
          n = int(k)
          lp = torch.log_softmax(torch.div(ls[0], float(temperature)), -1)
          whole = torch.eq(n, {{vocabulary}})
          if whole:
            tie = True
            values = lp
            top = torch.zeros_like(lp, dtype=4)
          else:
            values, top = torch.topk(lp, n, -1, True, True)
            reach = torch.sum(torch.ge(lp, torch.slice(values, 1, -1)), [1])
            tie = bool(torch.any(torch.gt(reach, n)))
          if tie:
            values, top = torch.sort(lp, stable=True, dim=-1, descending=True)
            values = torch.slice(values, 1, 0, n)
            top = torch.slice(top, 1, 0, n)
          else:
            pass
          tail = torch.logsumexp(torch.scatter(lp, 1, top, torch.neg(inf)), [1])
          return [values, top, tail]
      """;

  /** The methods, indented for the body of a module class. */
  static String source(ComputePlan plan) {
    String text =
        (DIVERGENCE + (plan.adapter().isPresent() ? TRAINED_ADAPTER : TRAINED) + LOSSES + DISTRIBUTIONS)
            .replace("{{trained}}", plan.adapter().isPresent() ? "ad" : "ps")
            .replace("{{adapterBlocks}}", adapterBlocks(plan))
            .replace("{{termFields}}", Integer.toString(TERM_FIELDS));
    return ScriptTemplate.fill(text, plan.config());
  }

  /** The block of each tensor of the adapter. */
  private static String adapterBlocks(ComputePlan plan) {
    return plan.adapter().stream()
        .flatMap(adapter -> adapter.layout().slots().stream())
        .flatMap(slot -> Stream.of(slot.layer(), slot.layer()))
        .toList()
        .toString();
  }
}
