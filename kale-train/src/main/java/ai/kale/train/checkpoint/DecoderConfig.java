package ai.kale.train.checkpoint;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The shape of a Llama decoder: what {@code config.json} says of it.
 *
 * @param vocabularySize number of token ids
 * @param hiddenSize width of the residual stream
 * @param intermediateSize width of the feed-forward part
 * @param layers number of transformer blocks
 * @param heads query heads
 * @param keyValueHeads key and value heads; divides {@code heads}
 * @param headDim width of one head; even
 * @param rmsNormEps added to the mean square in every norm; positive
 * @param ropeTheta base of the rotary frequencies; positive
 * @param tieWordEmbeddings whether the head is the embedding
 * @param maxPositions longest sequence, in tokens
 * @param bosTokenId token that begins a text, if any
 * @param eosTokenId token that ends a text, if any
 * @param padTokenId token that fills, if any
 */
public record DecoderConfig(
    int vocabularySize,
    int hiddenSize,
    int intermediateSize,
    int layers,
    int heads,
    int keyValueHeads,
    int headDim,
    double rmsNormEps,
    double ropeTheta,
    boolean tieWordEmbeddings,
    int maxPositions,
    @Nullable Integer bosTokenId,
    @Nullable Integer eosTokenId,
    @Nullable Integer padTokenId) {

  /** File name inside a checkpoint folder. */
  public static final String FILE_NAME = "config.json";

  /**
   * Checks ranges.
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
    require(heads % keyValueHeads == 0, "num_key_value_heads", keyValueHeads, "divide " + heads);
    require(headDim % 2 == 0, "head_dim", headDim, "be even");
    require(rmsNormEps > 0 && rmsNormEps < 1, "rms_norm_eps", rmsNormEps, "lie between 0 and 1");
    require(ropeTheta > 0 && Double.isFinite(ropeTheta), "rope_theta", ropeTheta, "be positive");
    token("bos_token_id", bosTokenId, vocabularySize);
    token("eos_token_id", eosTokenId, vocabularySize);
    token("pad_token_id", padTokenId, vocabularySize);
  }

  /**
   * A small model with as many key-value heads as heads, a tied head and no special tokens.
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
    return new DecoderConfig(
        vocabularySize,
        hiddenSize,
        intermediateSize,
        layers,
        heads,
        heads,
        hiddenSize / Math.max(1, heads),
        1e-6,
        10_000,
        true,
        maxPositions,
        null,
        null,
        null);
  }

  /**
   * The same with other special tokens.
   *
   * @param bos begins a text, or null
   * @param eos ends a text, or null
   * @param pad fills, or null
   * @return a new object
   */
  public DecoderConfig withSpecialTokens(
      @Nullable Integer bos, @Nullable Integer eos, @Nullable Integer pad) {
    return new DecoderConfig(
        vocabularySize,
        hiddenSize,
        intermediateSize,
        layers,
        heads,
        keyValueHeads,
        headDim,
        rmsNormEps,
        ropeTheta,
        tieWordEmbeddings,
        maxPositions,
        bos,
        eos,
        pad);
  }

  /**
   * Names and shapes of all parameters, in Hugging Face naming. The order is that of the forward
   * pass and is fixed: embedding, nine tensors for each block, final norm, head unless tied.
   *
   * @return an unmodifiable map in that order
   */
  public Map<String, long[]> parameterShapes() {
    Map<String, long[]> shapes = new LinkedHashMap<>();
    long queries = (long) heads * headDim;
    long keys = (long) keyValueHeads * headDim;
    shapes.put("model.embed_tokens.weight", new long[] {vocabularySize, hiddenSize});
    for (int i = 0; i < layers; i++) {
      String block = "model.layers." + i + ".";
      shapes.put(block + "input_layernorm.weight", new long[] {hiddenSize});
      shapes.put(block + "self_attn.q_proj.weight", new long[] {queries, hiddenSize});
      shapes.put(block + "self_attn.k_proj.weight", new long[] {keys, hiddenSize});
      shapes.put(block + "self_attn.v_proj.weight", new long[] {keys, hiddenSize});
      shapes.put(block + "self_attn.o_proj.weight", new long[] {hiddenSize, queries});
      shapes.put(block + "post_attention_layernorm.weight", new long[] {hiddenSize});
      shapes.put(block + "mlp.gate_proj.weight", new long[] {intermediateSize, hiddenSize});
      shapes.put(block + "mlp.up_proj.weight", new long[] {intermediateSize, hiddenSize});
      shapes.put(block + "mlp.down_proj.weight", new long[] {hiddenSize, intermediateSize});
    }
    shapes.put("model.norm.weight", new long[] {hiddenSize});
    if (!tieWordEmbeddings) {
      shapes.put("lm_head.weight", new long[] {vocabularySize, hiddenSize});
    }
    return Collections.unmodifiableMap(shapes);
  }

  /**
   * Reads {@code config.json} of a checkpoint folder.
   *
   * @param folder the checkpoint
   * @return the configuration
   * @throws ai.kale.error.SetupException if there is no such file
   * @throws ai.kale.error.CorruptFileException if it is not JSON, or a field is missing, of the
   *     wrong type or out of range
   * @throws ai.kale.error.UnsupportedCapabilityException if the architecture is not Llama, or a
   *     field asks for a computation that this library does not do
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
