package ai.kale.train.djl;

import ai.kale.train.checkpoint.DecoderConfig;
import ai.kale.train.checkpoint.ExpertConfig;

/**
 * TorchScript source of a mixture of experts (Muennighoff et al., OLMoE: Open Mixture-of-Experts
 * Language Models, 2024, equation 1): each row passes the experts that the router finds most
 * probable, and only those.
 */
final class ExpertScript {
  // The rows are copied once for each choice and sorted by expert, so that each expert is one
  // product over its own rows; the sort is undone by its inverse. No row is written twice, so the
  // result is the same at each run. An expert without rows gets an empty product: its gradient is
  // zero, not missing.
  private static final String SOURCE =
      """
        def experts(self, ps: List[Tensor], ad: List[Tensor], j: int, x: Tensor) -> Tensor:
          r = torch.softmax({{router}}, -1, 6)
          w, chosen = torch.topk(r, {{perToken}}, -1, True, True)
      {{normalize}}
          expert, order = torch.sort(torch.flatten(chosen), stable=True, dim=0, descending=False)
          counts = annotate(List[int], torch.bincount(expert, None, {{experts}}).tolist())
          xs = torch.split_with_sizes(torch.index_select(x, 0, torch.floor_divide(order, {{perToken}})), counts, 0)
          ys = annotate(List[Tensor], [])
      {{tables}}
          for e in range({{experts}}):
            h = xs[e]
            f = torch.mul(torch.silu({{gate}}), {{up}})
            ys = torch.add(ys, [{{down}}])
          y = torch.index_select(torch.cat(ys, 0), 0, torch.argsort(order, 0, False))
          y = torch.view(y, [torch.size(x, 0), {{perToken}}, {{hidden}}])
          return torch.sum(torch.mul(y, torch.type_as(torch.unsqueeze(w, 2), x)), [1])
      """;

  private ExpertScript() {}

  static String source(DecoderConfig config, ExpertConfig experts, LinearScript linear) {
    String normalize = experts.normalized() ? "w = torch.div(w, torch.sum(w, [1], True))" : "pass";
    return SOURCE
        .replace("{{tables}}\n", linear.expertTables().indent(4))
        .replace("{{router}}", linear.product("mlp.gate", "x"))
        .replace("{{perToken}}", Integer.toString(experts.perToken()))
        .replace("{{normalize}}", "    " + normalize)
        .replace("{{experts}}", Integer.toString(experts.count()))
        .replace("{{hidden}}", Integer.toString(config.hiddenSize()))
        .replace("{{gate}}", linear.expertProduct("gate_proj", "h"))
        .replace("{{up}}", linear.expertProduct("up_proj", "h"))
        .replace("{{down}}", linear.expertProduct("down_proj", "f"));
  }
}
