package ai.kale.train.djl;

/**
 * TorchScript source of what moves tensors: allocation in bfloat16, copies of parts from and to a
 * file or the heap, and the merging of an adapter.
 */
final class TensorScript {
  private TensorScript() {}

  // DJL has no bfloat16 arrays, so its bytes come as 16-bit floats and are reinterpreted here.
  private static final String SOURCE =
      """
        def half_zeros(self, like: Tensor, sizes: Tensor) -> Tensor:
          return torch.zeros(annotate(List[int], sizes.tolist()), dtype=15, device=like.device)
        def fill(self, target: Tensor, source: Tensor, start: Tensor) -> Tensor:
          torch.set_grad_enabled(False)
          return torch.copy_(torch.narrow(torch.view(target, [-1]), 0, int(start), torch.numel(source)), torch.view(source, [-1]))
        def fill_half(self, target: Tensor, source: Tensor, start: Tensor) -> Tensor:
          return (self).fill(target, torch.view_copy(source, dtype=15), start)
        def part(self, source: Tensor, start: Tensor, count: Tensor) -> Tensor:
          return torch.to(torch.narrow(torch.view(source, [-1]), 0, int(start), int(count)), 6, False, True)
        def rounded(self, ps: List[Tensor]) -> List[Tensor]:
          out = annotate(List[Tensor], [])
          for i in range(torch.len(ps)):
            if torch.gt(torch.dim(ps[i]), 1):
              out = torch.add(out, [torch.to(ps[i], 15)])
            else:
              out = torch.add(out, [ps[i]])
          return out
        def merge(self, w: Tensor, a: Tensor, b: Tensor, scale: Tensor) -> Tensor:
          delta = torch.mul(torch.matmul(torch.to(b, 7), torch.to(a, 7)), float(scale))
          return torch.to(torch.add(torch.to(w, 7), delta), 6)
      """;

  /** The methods, indented for the body of a module class. */
  static String source() {
    return SOURCE;
  }
}
