package ai.kale.train.checkpoint;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Makes a {@link DecoderConfig}. The five numbers of {@link #size} must be given. What is not given
 * is as in {@link DecoderConfig#small}: as many key-value heads as heads, heads that share the
 * width, plain rotary embedding and attention, no experts, no cap, a tied head, no special tokens.
 *
 * <pre>{@code
 * DecoderConfig config =
 *     DecoderConfig.builder(Architecture.MISTRAL)
 *         .size(4096, 256, 688, 4, 8)
 *         .keyValueHeads(2)
 *         .build();
 * }</pre>
 */
public final class DecoderConfigBuilder {
  private final Architecture architecture;
  private int vocabularySize;
  private int hiddenSize;
  private int intermediateSize;
  private int layers;
  private int heads;
  private Optional<Integer> keyValueHeads = Optional.empty();
  private Optional<Integer> headDim = Optional.empty();
  private double rmsNormEps = 1e-6;
  private RotaryConfig rotary = RotaryConfig.plain(10_000);
  private Optional<AttentionConfig> attention = Optional.empty();
  private Optional<ExpertConfig> experts = Optional.empty();
  private double logitCap;
  private boolean tieWordEmbeddings = true;
  private int maxPositions = 2048;
  private @Nullable Integer bosTokenId;
  private @Nullable Integer eosTokenId;
  private @Nullable Integer padTokenId;
  private List<Integer> otherEosTokenIds = List.of();

  DecoderConfigBuilder(Architecture architecture) {
    this.architecture = architecture;
  }

  DecoderConfigBuilder(DecoderConfig config) {
    this(config.architecture());
    size(
        config.vocabularySize(),
        config.hiddenSize(),
        config.intermediateSize(),
        config.layers(),
        config.heads());
    keyValueHeads(config.keyValueHeads());
    headDim(config.headDim());
    rmsNormEps(config.rmsNormEps());
    rotary(config.rotary());
    attention(config.attention());
    experts = config.experts();
    logitCap(config.logitCap());
    tieWordEmbeddings(config.tieWordEmbeddings());
    maxPositions(config.maxPositions());
    specialTokens(config.bosTokenId(), config.eosTokenId(), config.padTokenId());
    otherEosTokens(config.otherEosTokenIds());
  }

  /**
   * The numbers that have no default.
   *
   * @param vocabulary number of token ids
   * @param hidden width of the residual stream
   * @param intermediate width of the feed-forward part, or of one expert
   * @param blocks number of transformer blocks
   * @param queryHeads number of query heads
   * @return this
   */
  public DecoderConfigBuilder size(
      int vocabulary, int hidden, int intermediate, int blocks, int queryHeads) {
    this.vocabularySize = vocabulary;
    this.hiddenSize = hidden;
    this.intermediateSize = intermediate;
    this.layers = blocks;
    this.heads = queryHeads;
    return this;
  }

  /**
   * Number of key and value heads.
   *
   * @param number divides the number of heads
   * @return this
   */
  public DecoderConfigBuilder keyValueHeads(int number) {
    this.keyValueHeads = Optional.of(number);
    return this;
  }

  /**
   * Width of one head. {@link #attention} is not changed by it.
   *
   * @param width even
   * @return this
   */
  public DecoderConfigBuilder headDim(int width) {
    this.headDim = Optional.of(width);
    return this;
  }

  /**
   * Added to the mean square in every norm.
   *
   * @param eps between 0 and 1
   * @return this
   */
  public DecoderConfigBuilder rmsNormEps(double eps) {
    this.rmsNormEps = eps;
    return this;
  }

  /**
   * Position embedding.
   *
   * @param embedding base and scaling
   * @return this
   */
  public DecoderConfigBuilder rotary(RotaryConfig embedding) {
    this.rotary = embedding;
    return this;
  }

  /**
   * Scale, caps and windows.
   *
   * @param config its windows are none, or one for each layer
   * @return this
   */
  public DecoderConfigBuilder attention(AttentionConfig config) {
    this.attention = Optional.of(config);
    return this;
  }

  /**
   * The mixture of experts.
   *
   * @param config exactly for OLMoE
   * @return this
   */
  public DecoderConfigBuilder experts(ExpertConfig config) {
    this.experts = Optional.of(config);
    return this;
  }

  /**
   * Cap of the logits.
   *
   * @param cap 0 for none
   * @return this
   */
  public DecoderConfigBuilder logitCap(double cap) {
    this.logitCap = cap;
    return this;
  }

  /**
   * Whether the head is the embedding.
   *
   * @param tied false for a head of its own
   * @return this
   */
  public DecoderConfigBuilder tieWordEmbeddings(boolean tied) {
    this.tieWordEmbeddings = tied;
    return this;
  }

  /**
   * Longest sequence.
   *
   * @param tokens positive
   * @return this
   */
  public DecoderConfigBuilder maxPositions(int tokens) {
    this.maxPositions = tokens;
    return this;
  }

  /**
   * Special tokens; there is no {@link #otherEosTokens other one} that ends a text until it is
   * given.
   *
   * @param bos begins a text, or null
   * @param eos ends a text, or null
   * @param pad fills, or null
   * @return this
   */
  public DecoderConfigBuilder specialTokens(
      @Nullable Integer bos, @Nullable Integer eos, @Nullable Integer pad) {
    this.bosTokenId = bos;
    this.eosTokenId = eos;
    this.padTokenId = pad;
    this.otherEosTokenIds = List.of();
    return this;
  }

  /**
   * Tokens that end a text, beside the one in {@link #specialTokens}.
   *
   * @param ids token ids
   * @return this
   */
  public DecoderConfigBuilder otherEosTokens(List<Integer> ids) {
    this.otherEosTokenIds = List.copyOf(ids);
    return this;
  }

  /**
   * The configuration.
   *
   * @return a new object
   * @throws IllegalArgumentException naming the field that is missing or out of range
   */
  public DecoderConfig build() {
    int width = headDim.orElse(hiddenSize / Math.max(1, heads));
    return new DecoderConfig(
        architecture,
        vocabularySize,
        hiddenSize,
        intermediateSize,
        layers,
        heads,
        keyValueHeads.orElse(heads),
        width,
        rmsNormEps,
        rotary,
        attention.orElseGet(() -> AttentionConfig.plain(Math.max(1, width))),
        experts,
        logitCap,
        tieWordEmbeddings,
        maxPositions,
        bosTokenId,
        eosTokenId,
        padTokenId,
        otherEosTokenIds);
  }
}
