package ai.kale.train.checkpoint;

import org.jspecify.annotations.Nullable;

/**
 * What a field of {@code config.json} stands for where it is absent.
 *
 * @param keyValueHeads 0 for as many as heads
 * @param headDim 0 for hidden size / heads
 * @param rmsNormEps added in norms
 * @param maxPositions longest sequence
 * @param tied whether the head is the embedding
 * @param bos token that begins a text, if any
 * @param eos token that ends a text, if any
 * @param pad token that fills, if any
 */
record ArchitectureDefaults(
    int keyValueHeads,
    int headDim,
    double rmsNormEps,
    int maxPositions,
    boolean tied,
    @Nullable Integer bos,
    @Nullable Integer eos,
    @Nullable Integer pad) {

  static ArchitectureDefaults of(Architecture architecture) {
    return switch (architecture) {
      case LLAMA -> new ArchitectureDefaults(0, 0, 1e-6, 2048, false, 1, 2, null);
      case MISTRAL -> new ArchitectureDefaults(8, 0, 1e-6, 131_072, false, 1, 2, null);
      case QWEN2 -> new ArchitectureDefaults(32, 0, 1e-6, 32_768, false, null, null, null);
      case GEMMA2 -> new ArchitectureDefaults(4, 256, 1e-6, 8192, true, 2, 1, 0);
      case OLMOE -> new ArchitectureDefaults(0, 0, 1e-5, 4096, false, null, 50_279, 1);
    };
  }
}
