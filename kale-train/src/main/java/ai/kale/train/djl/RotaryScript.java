package ai.kale.train.djl;

/** TorchScript source of the rotary position embedding. */
final class RotaryScript {
  // angles gives cos + i sin as [length, 1, half]. rotate takes [rows, heads * size], pairs
  // dimension j with j + half and rotates by one complex product; its result has the two halves of
  // a pair as neighbours, and the type of x. Query and key share that order, so their products are
  // the same.
  private static final String SOURCE =
      """
        def angles(self, like: Tensor, length: int) -> Tensor:
          f = torch.outer(torch.arange(length, dtype=7, device=like.device), torch.tensor([{{frequencies}}], dtype=7, device=like.device))
          cs = torch.stack([torch.to(torch.cos(f), 6), torch.to(torch.sin(f), 6)], -1)
          return torch.unsqueeze(torch.view_as_complex(cs), 1)
        def rotate(self, x: Tensor, b: int, t: int, heads: int, a: Tensor) -> Tensor:
          y = torch.contiguous(torch.transpose(torch.view(torch.to(x, 6), [b, t, heads, 2, {{halfHead}}]), 3, 4))
          r = torch.flatten(torch.view_as_real(torch.mul(torch.view_as_complex(y), a)), 3)
          return torch.transpose(torch.type_as(r, x), 1, 2)
      """;

  private RotaryScript() {}

  static String source() {
    return SOURCE;
  }
}
