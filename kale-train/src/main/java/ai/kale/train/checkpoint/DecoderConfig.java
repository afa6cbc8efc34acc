package ai.kale.train.checkpoint;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The shape of a decoder: what {@code config.json} says of it. What all models of an architecture
 * share stands in {@link Architecture}.
 *
 * @param architecture the family
 * @param vocabularySize number of token ids
 * @param hiddenSize width of the residual stream
 * @param intermediateSize width of the feed-forward part, or of one expert
 * @param layers number of transformer blocks
 * @param heads query heads
 * @param keyValueHeads key and value heads; divides {@code heads}
 * @param headDim width of one head; even
 * @param rmsNormEps added to the mean square in every norm; positive
 * @param rotary position embedding
 * @param attention scale, caps and windows of attention
 * @param experts the mixture of experts; exactly for OLMoE
 * @param logitCap c in {@code c · tanh(logit / c)}; 0 for none
 * @param tieWordEmbeddings whether the head is the embedding
 * @param maxPositions longest sequence, in tokens
 * @param bosTokenId token that begins a text, if any
 * @param eosTokenId token that ends a text, if any
 * @param padTokenId token that fills, if any
 * @param otherEosTokenIds further tokens that end a text; none without {@code eosTokenId}
 */
public record DecoderConfig(
    Architecture architecture,
    int vocabularySize,
    int hiddenSize,
    int intermediateSize,
    int layers,
    int heads,
    int keyValueHeads,
    int headDim,
    double rmsNormEps,
    RotaryConfig rotary,
    AttentionConfig attention,
    Optional<ExpertConfig> experts,
    double logitCap,
    boolean tieWordEmbeddings,
    int maxPositions,
    @Nullable Integer bosTokenId,
    @Nullable Integer eosTokenId,
    @Nullable Integer padTokenId,
    List<Integer> otherEosTokenIds) {

  /** File name inside a checkpoint folder. */
  public static final String FILE_NAME = "config.json";

  private static final int MAX_LAYERS = 1024;
  private static final int MAX_EXPERTS = 1 << 16;
  private static final int MAX_HEADS = 1 << 15;
  private static final int MAX_WIDTH = 1 << 22;

  /**
   * Checks ranges. Sizes far beyond any model are refused, so that a damaged file cannot ask for
   * all memory: 1024 layers, 65 536 experts in all, widths of 4 194 304.
   *
   * @throws IllegalArgumentException naming the field, its value and its range
   */
  public DecoderConfig {
    positive("vocab_size", vocabularySize);
    positive("hidden_size", hiddenSize);
    positive("intermediate_size", intermediateSize);
    positive("num_hidden_layers", layers);
    positive("num_attention_heads", heads);
    positive("num_key_value_heads", keyValueHeads);
    positive("head_dim", headDim);
    positive("max_position_embeddings", maxPositions);
    checkLayers(layers);
    atMost("hidden_size", hiddenSize, MAX_WIDTH);
    atMost("intermediate_size", intermediateSize, MAX_WIDTH);
    atMost("num_attention_heads", heads, MAX_HEADS);
    atMost("head_dim", headDim, MAX_HEADS);
    atMost("num_attention_heads · head_dim", heads * headDim, MAX_WIDTH);
    require(heads % keyValueHeads == 0, "num_key_value_heads", keyValueHeads, "divide " + heads);
    require(headDim % 2 == 0, "head_dim", headDim, "be even");
    require(rmsNormEps > 0 && rmsNormEps < 1, "rms_norm_eps", rmsNormEps, "lie between 0 and 1");
    require(
        logitCap >= 0 && Double.isFinite(logitCap),
        "final_logit_softcapping",
        logitCap,
        "not be negative");
    int windows = attention.windows().size();
    require(
        windows == 0 || windows == layers, "layer_types", windows, "name " + layers + " layers");
    require(
        experts.isPresent() == (architecture == Architecture.OLMOE),
        "num_experts",
        experts.map(ExpertConfig::count).orElse(0),
        "fit the architecture " + architecture.modelType());
    int tables = layers * experts.map(ExpertConfig::count).orElse(1);
    require(
        tables <= MAX_EXPERTS,
        "num_experts · num_hidden_layers",
        tables,
        "not exceed " + MAX_EXPERTS);
    token("bos_token_id", bosTokenId, vocabularySize);
    token("eos_token_id", eosTokenId, vocabularySize);
    token("pad_token_id", padTokenId, vocabularySize);
    otherEosTokenIds = List.copyOf(otherEosTokenIds);
    for (Integer eos : otherEosTokenIds) {
      token("eos_token_id", eos, vocabularySize);
    }
    require(
        otherEosTokenIds.isEmpty() || eosTokenId != null,
        "eos_token_id",
        otherEosTokenIds.size(),
        "name a first token before others");
  }

  /**
   * A small Llama with as many key-value heads as heads, a tied head and no special tokens.
   *
   * @param vocabularySize number of token ids
   * @param hiddenSize width of the residual stream, a multiple of twice {@code heads}
   * @param intermediateSize width of the feed-forward part
   * @param layers number of blocks
   * @param heads number of heads
   * @param maxPositions longest sequence, in tokens
   * @return the configuration
   */
  public static DecoderConfig small(
      int vocabularySize,
      int hiddenSize,
      int intermediateSize,
      int layers,
      int heads,
      int maxPositions) {
    return builder(Architecture.LLAMA)
        .size(vocabularySize, hiddenSize, intermediateSize, layers, heads)
        .maxPositions(maxPositions)
        .build();
  }

  /**
   * A new configuration, part by part.
   *
   * @param architecture the family
   * @return a builder; sizes must be given
   */
  public static DecoderConfigBuilder builder(Architecture architecture) {
    return new DecoderConfigBuilder(architecture);
  }

  /**
   * This configuration, to change parts of it.
   *
   * @return a builder in which everything is given
   */
  public DecoderConfigBuilder toBuilder() {
    return new DecoderConfigBuilder(this);
  }

  /**
   * The same with other special tokens, at most one of which ends a text.
   *
   * @param bos begins a text, or null
   * @param eos ends a text, or null
   * @param pad fills, or null
   * @return a new object
   */
  public DecoderConfig withSpecialTokens(
      @Nullable Integer bos, @Nullable Integer eos, @Nullable Integer pad) {
    return toBuilder().specialTokens(bos, eos, pad).build();
  }

  /**
   * Names and shapes of all parameters, in Hugging Face naming. The order is that of the forward
   * pass and is fixed: embedding, the blocks one after the other, each with the same tensors, final
   * norm, head unless tied. O(tensors).
   *
   * @return an unmodifiable map in that order
   */
  public Map<String, long[]> parameterShapes() {
    return ParameterShapes.of(this);
  }

  /**
   * Reads {@code config.json} of a checkpoint folder.
   *
   * @param folder the checkpoint
   * @return the configuration
   * @throws ai.kale.error.SetupException if there is no such file
   * @throws ai.kale.error.CorruptFileException if it is not JSON, or a field is missing, of the
   *     wrong type or out of range
   * @throws ai.kale.error.UnsupportedCapabilityException if the architecture is unknown, or a field
   *     asks for a computation that this library does not do
   */
  public static DecoderConfig read(Path folder) {
    return DecoderConfigJson.read(folder.resolve(FILE_NAME));
  }

  /**
   * Writes {@code config.json} as Hugging Face libraries read it; replaced whole or not at all.
   *
   * @param folder the checkpoint; must exist
   * @throws ai.kale.error.SetupException if the file cannot be written
   */
  public void write(Path folder) {
    DecoderConfigJson.write(this, folder.resolve(FILE_NAME));
  }

  private static void positive(String field, int value) {
    require(value > 0, field, value, "be positive");
  }

  /** Refuses a number of layers before anything is made for each of them. */
  static void checkLayers(int layers) {
    positive("num_hidden_layers", layers);
    atMost("num_hidden_layers", layers, MAX_LAYERS);
  }

  private static void atMost(String field, int value, int most) {
    require(value <= most, field, value, "not exceed " + most);
  }

  private static void token(String field, @Nullable Integer value, int vocabularySize) {
    if (value != null) {
      require(value >= 0 && value < vocabularySize, field, value, "be below " + vocabularySize);
    }
  }

  private static void require(boolean holds, String field, Number value, String what) {
    if (!holds) {
      throw new IllegalArgumentException(field + " must " + what + "; got " + value);
    }
  }
}
