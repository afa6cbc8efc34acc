package ai.kale.train.djl;

import ai.kale.train.checkpoint.DecoderConfig;

/** TorchScript source of the loss terms' values on some rows of logits. */
final class TermScript {
  /** Numbers that describe one term in the {@code terms} argument. */
  static final int TERM_FIELDS = 5;

  /** Numbers of one term in the {@code scale} argument. */
  static final int TERM_SCALES = 3;

  private TermScript() {}

  // A divergence compares log-probabilities on k tokens and, if k is not the whole vocabulary, on
  // one bucket for all others, whose mass is summed over the others themselves: 1 minus the rest
  // would lose it to rounding. Where q is 0, q * log q is 0.
  private static final String DIVERGENCE =
      """
        def outcomes(self, logits: Tensor, temperature: float, top: Tensor) -> Tensor:
          if torch.ne(temperature, 1.):
            logits = torch.div(logits, temperature)
          else:
            pass
          lp = torch.log_softmax(logits, -1)
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

  // logits are the rows of a group from row first on. The values of the group's terms are added to
  // out; the result is their sum.
  // terms is a flat list of (group, kind, start in tokens or top, start in topLog, k); kind 0 is
  // cross-entropy, 1 forward KL, 2 reverse KL, 3 Jensen-Shannon. scale is a flat list of (factor,
  // temperature, the mixture's weight of q).
  private static final String VALUES =
      """
        def values(self, logits: Tensor, group: int, first: int, out: Tensor, terms: List[int], scale: List[float], tokens: Tensor, top: Tensor, topLog: Tensor) -> Tensor:
          n = torch.size(logits, 0)
          total = torch.zeros([], dtype=6, device=logits.device)
          for i in range(torch.floordiv(torch.len(terms), {{termFields}})):
            f = torch.mul(i, {{termFields}})
            s = torch.mul(i, {{termScales}})
            if torch.eq(terms[f], group):
              kind = terms[torch.add(f, 1)]
              start = terms[torch.add(f, 2)]
              if torch.eq(kind, 0):
                v = torch.cross_entropy_loss(logits, torch.narrow(tokens, 0, torch.add(start, first), n), None, 2, -100, 0.)
              else:
                k = terms[torch.add(f, 4)]
                begin = torch.add(start, torch.mul(first, k))
                lp = (self).outcomes(logits, scale[torch.add(s, 1)], torch.to(torch.view(torch.narrow(top, 0, begin, torch.mul(n, k)), [n, k]), 4))
                w = torch.size(lp, 1)
                logBegin = torch.add(terms[torch.add(f, 3)], torch.mul(first, w))
                lq = torch.view(torch.narrow(topLog, 0, logBegin, torch.mul(n, w)), [n, w])
                v = (self).divergence(kind, scale[torch.add(s, 2)], lp, lq)
              v = torch.mul(v, scale[s])
              torch.add_(torch.select(out, 0, i), torch.detach(v))
              total = torch.add(total, v)
            else:
              pass
          return total
      """;

  /** The methods, indented for the body of a module class. */
  static String source(DecoderConfig config) {
    String text =
        (DIVERGENCE + VALUES)
            .replace("{{termScales}}", Integer.toString(TERM_SCALES))
            .replace("{{termFields}}", Integer.toString(TERM_FIELDS));
    return ScriptTemplate.fill(text, config);
  }
}
