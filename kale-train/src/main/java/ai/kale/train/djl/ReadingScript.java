package ai.kale.train.djl;

import ai.kale.train.checkpoint.DecoderConfig;

/** TorchScript source of reading next-token distributions, some rows at a time. */
final class ReadingScript {
  private ReadingScript() {}

  // chunk is the number of rows whose logits are held at a time. torch.topk leaves the order of
  // equal values open. Where more than k values reach the k-th largest, a stable sort decides by
  // token id; equal values inside are put in order by the caller.
  private static final String SOURCE =
      """
        def log_softmax_rows(self, ps: List[Tensor], x: Tensor, first: int, chunk: int, temperature: float) -> Tensor:
          n = torch.sub(torch.size(x, 0), first)
          if torch.gt(n, chunk):
            n = chunk
          else:
            pass
          z = torch.to((self).logits(ps, torch.narrow(x, 0, first, n)), 6)
          if torch.ne(temperature, 1.):
            z = torch.div(z, temperature)
          else:
            pass
          return torch.log_softmax(z, -1)
        def log_probabilities(self, ps: List[Tensor], ad: List[Tensor], ids: Tensor, rows: Tensor, groups: Tensor, tokens: Tensor, limits: Tensor) -> Tensor:
          chunk = (annotate(List[int], limits.tolist()))[0]
          x = ((self).hidden(ps, ad, ids, rows, annotate(List[int], groups.tolist())))[0]
          out = annotate(List[Tensor], [])
          for first in range(0, torch.size(x, 0), chunk):
            lp = (self).log_softmax_rows(ps, x, first, chunk, 1.)
            some = torch.narrow(tokens, 0, first, torch.size(lp, 0))
            out = torch.add(out, [torch.squeeze(torch.gather(lp, 1, torch.unsqueeze(some, 1)), 1)])
          return torch.cat(out)
        def top(self, lp: Tensor, n: int) -> List[Tensor]:
          if torch.eq(n, {{vocabulary}}):
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
        def top_k(self, ps: List[Tensor], ad: List[Tensor], ids: Tensor, rows: Tensor, groups: Tensor, k: Tensor, temperature: Tensor, limits: Tensor) -> List[Tensor]:
          chunk = (annotate(List[int], limits.tolist()))[0]
          x = ((self).hidden(ps, ad, ids, rows, annotate(List[int], groups.tolist())))[0]
          n = int(k)
          values = annotate(List[Tensor], [])
          tops = annotate(List[Tensor], [])
          tails = annotate(List[Tensor], [])
          for first in range(0, torch.size(x, 0), chunk):
            found = (self).top((self).log_softmax_rows(ps, x, first, chunk, float(temperature)), n)
            values = torch.add(values, [found[0]])
            tops = torch.add(tops, [torch.to(found[1], 3)])
            tails = torch.add(tails, [found[2]])
          return [torch.cat(values), torch.cat(tops), torch.cat(tails)]
      """;

  /** The methods, indented for the body of a module class. */
  static String source(DecoderConfig config) {
    return ScriptTemplate.fill(SOURCE, config);
  }
}
