package ai.kale.train.djl;

/** TorchScript source of gradient clipping, AdamW, and copies into tensors the model owns. */
final class OptimizerScript {
  private OptimizerScript() {}

  // Matrices (p, g, m, v, t: weights, gradients, moments, steps) are decayed, vectors (q, h, n, w,
  // u: the same) are not. hyper: learning rate, beta1, beta2, epsilon, weight decay, largest
  // gradient norm, all double. A norm that is not finite changes nothing but the gradients, which
  // are zeroed. The fused kernel must get argument lists: writes to lists made here are dropped.
  private static final String SOURCE =
      """
        def gradient_norm(self, gs: List[Tensor]) -> float:
          squares = annotate(List[Tensor], [])
          for i in range(torch.len(gs)):
            squares = torch.add(squares, [torch.square(torch.to(torch.linalg_vector_norm(gs[i]), 7))])
          return float(torch.sqrt(torch.sum(torch.stack(squares))))
        def step(self, p: List[Tensor], g: List[Tensor], m: List[Tensor], v: List[Tensor], t: List[Tensor], q: List[Tensor], h: List[Tensor], n: List[Tensor], w: List[Tensor], u: List[Tensor], hyper: Tensor) -> Tensor:
          torch.set_grad_enabled(False)
          y = annotate(List[float], hyper.tolist())
          norm = (self).gradient_norm(torch.add(g, h))
          if torch.lt(norm, inf):
            if torch.gt(norm, y[5]):
              torch._foreach_mul_(g, torch.div(y[5], norm))
              torch._foreach_mul_(h, torch.div(y[5], norm))
            else:
              pass
            torch._foreach_add_(t, 1)
            torch._foreach_add_(u, 1)
            e = annotate(List[Tensor], [])
            torch._fused_adamw_(p, g, m, v, e, t, lr=y[0], beta1=y[1], beta2=y[2], weight_decay=y[4], eps=y[3], amsgrad=False, maximize=False)
            torch._fused_adamw_(q, h, n, w, e, u, lr=y[0], beta1=y[1], beta2=y[2], weight_decay=0., eps=y[3], amsgrad=False, maximize=False)
          else:
            pass
          torch._foreach_zero_(g)
          torch._foreach_zero_(h)
          return torch.tensor(norm, dtype=7)
        def zero(self, gs: List[Tensor]) -> Tensor:
          torch.set_grad_enabled(False)
          torch._foreach_zero_(gs)
          return gs[0]
        def assign(self, target: Tensor, source: Tensor) -> Tensor:
          torch.set_grad_enabled(False)
          return torch.copy_(target, source)
      """;

  /** The methods, indented for the body of a module class. */
  static String source() {
    return SOURCE;
  }
}
