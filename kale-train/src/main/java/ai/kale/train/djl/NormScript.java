package ai.kale.train.djl;

import ai.kale.train.checkpoint.DecoderConfig;

/**
 * TorchScript source of the root-mean-square norm (Zhang and Sennrich, Root Mean Square Layer
 * Normalization, 2019, equation 4): x / sqrt(mean(x²) + eps), times w or 1 + w. It is computed in
 * single precision and rounded to the type of x at the end.
 */
final class NormScript {
  // x is [rows, width]. A conversion to the type that a tensor has already does nothing.
  private static final String SOURCE =
      """
        def {{name}}(self, x: Tensor, w: Tensor) -> Tensor:
          f = torch.to(x, 6)
          n = torch.linalg_vector_norm(f, 2, [-1], True)
          u = torch.mul(f, torch.rsqrt(torch.add(torch.mul(torch.square(n), {{inverse}}), {{eps}})))
          return torch.type_as(torch.mul(u, {{weight}}), x)
      """;

  private NormScript() {}

  /** {@code norm} for the residual stream; with norms of query and key also theirs. */
  static String source(DecoderConfig config) {
    String weight = config.architecture().hasOffsetNorms() ? "torch.add(torch.to(w, 6), 1)" : "w";
    String all = norm("norm", config.hiddenSize(), weight);
    if (config.architecture().hasQueryKeyNorms()) {
      all += norm("query_norm", config.heads() * config.headDim(), weight);
      all += norm("key_norm", config.keyValueHeads() * config.headDim(), weight);
    }
    return all;
  }

  private static String norm(String name, int width, String weight) {
    return SOURCE
        .replace("{{name}}", name)
        .replace("{{inverse}}", Double.toString(1.0 / width))
        .replace("{{weight}}", weight);
  }
}
