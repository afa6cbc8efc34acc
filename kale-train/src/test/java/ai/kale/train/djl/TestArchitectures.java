package ai.kale.train.djl;

import ai.kale.train.checkpoint.Architecture;
import ai.kale.train.checkpoint.AttentionConfig;
import ai.kale.train.checkpoint.DecoderConfig;
import ai.kale.train.checkpoint.DecoderConfigBuilder;
import ai.kale.train.checkpoint.ExpertConfig;
import ai.kale.train.checkpoint.RotaryConfig;
import ai.kale.train.checkpoint.RotaryScaling;
import java.util.Collections;
import java.util.List;

/** A small model of two layers for each thing that architectures do differently. */
enum TestArchitectures {
  LLAMA(llama()),
  LLAMA_TIED(llama().tieWordEmbeddings(true)),
  LLAMA_WIDE_HEADS(llama().headDim(6).attention(AttentionConfig.plain(6))),
  LLAMA_LINEAR_ROPE(llama().rotary(new RotaryConfig(100, new RotaryScaling.Linear(4)))),
  LLAMA3_ROPE(llama().rotary(new RotaryConfig(500, new RotaryScaling.Llama3(8, 1, 4, 24)))),
  MISTRAL(small(Architecture.MISTRAL).attention(windows(3, 3))),
  MISTRAL_WITHOUT_WINDOW(small(Architecture.MISTRAL)),
  MISTRAL_WIDE_WINDOW(small(Architecture.MISTRAL).attention(windows(30, 30))),
  QWEN2(small(Architecture.QWEN2)),
  QWEN2_TIED_WINDOW_ABOVE(
      small(Architecture.QWEN2).tieWordEmbeddings(true).attention(windows(0, 2))),
  GEMMA2(gemma(windows(3, 0), 50, 30)),
  GEMMA2_TIGHT_CAPS(gemma(windows(3, 0), 1.5, 2.5).tieWordEmbeddings(false)),
  GEMMA2_WITHOUT_WINDOWS(gemma(windows(0, 0), 1, 3)),
  GEMMA2_WITHOUT_CAPS(gemma(windows(3, 0), 0, 0)),
  OLMOE(olmoe(new ExpertConfig(4, 2, false))),
  OLMOE_CLIPPED(
      olmoe(new ExpertConfig(4, 2, true)).attention(new AttentionConfig(0.5, 0, 0.8, List.of()))),
  OLMOE_GROUPED(olmoe(new ExpertConfig(5, 3, true)).keyValueHeads(2)),
  OLMOE_ONE_EXPERT(olmoe(new ExpertConfig(1, 1, false)));

  @SuppressWarnings("ImmutableEnumChecker") // its lists are copies that cannot change
  private final DecoderConfig config;

  TestArchitectures(DecoderConfigBuilder builder) {
    this.config = builder.build();
  }

  DecoderConfig config() {
    return config;
  }

  private static DecoderConfigBuilder small(Architecture architecture) {
    return DecoderConfig.builder(architecture)
        .size(11, 8, 12, 2, 4)
        .keyValueHeads(2)
        .headDim(4)
        .attention(AttentionConfig.plain(4))
        .rmsNormEps(1e-5)
        .rotary(RotaryConfig.plain(100))
        .tieWordEmbeddings(false)
        .maxPositions(32);
  }

  private static DecoderConfigBuilder llama() {
    return small(Architecture.LLAMA);
  }

  private static DecoderConfigBuilder gemma(
      AttentionConfig attention, double scoreCap, double logitCap) {
    return small(Architecture.GEMMA2)
        .attention(new AttentionConfig(1 / Math.sqrt(7), scoreCap, 0, attention.windows()))
        .logitCap(logitCap)
        .tieWordEmbeddings(true);
  }

  private static DecoderConfigBuilder olmoe(ExpertConfig experts) {
    return small(Architecture.OLMOE).keyValueHeads(4).experts(experts);
  }

  private static AttentionConfig windows(Integer... windows) {
    List<Integer> all = List.of(windows);
    return new AttentionConfig(0.5, 0, 0, Collections.max(all) == 0 ? List.of() : all);
  }
}
