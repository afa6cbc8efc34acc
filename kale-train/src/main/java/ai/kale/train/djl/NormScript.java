package ai.kale.train.djl;

/** TorchScript source of the root-mean-square norm. */
final class NormScript {
  // x is [rows, width]: x / sqrt(mean(x^2) + eps), times w.
  private static final String SOURCE =
      """
        def norm(self, x: Tensor, w: Tensor) -> Tensor:
          n = torch.linalg_vector_norm(x, 2, [-1], True)
          u = torch.mul(x, torch.rsqrt(torch.add(torch.mul(torch.square(n), {{inverseHidden}}), {{eps}})))
          return torch.mul(u, w)
      """;

  private NormScript() {}

  static String source() {
    return SOURCE;
  }
}
