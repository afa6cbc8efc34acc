package ai.kale.train.djl;

/** TorchScript source of the root-mean-square norm. */
final class NormScript {
  // x is [rows, width]: x / sqrt(mean(x^2) + eps), times w.
  private static final String SOURCE =
      """
        def norm(self, x: Tensor, w: Tensor) -> Tensor:
          f = torch.to(x, 6)
          n = torch.linalg_vector_norm(f, 2, [-1], True)
          u = torch.mul(f, torch.rsqrt(torch.add(torch.mul(torch.square(n), {{inverseHidden}}), {{eps}})))
          return torch.type_as(torch.mul(u, w), x)
      """;

  private NormScript() {}

  static String source() {
    return SOURCE;
  }
}
