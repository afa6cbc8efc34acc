package ai.kale.train.checkpoint;

import ai.kale.error.InvalidInputException;
import ai.kale.run.AtomicFiles;
import ai.kale.train.io.Json;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * {@link DecoderConfig} from {@code config.json}. Every field is used, known to be neutral ({@link
 * NeutralFields}) or refused.
 */
final class DecoderConfigJson {
  private static final double ATTENTION_CAP = 50;
  private static final double LOGIT_CAP = 30;
  private static final double QUERY_SCALAR = 256;
  private static final int EXPERTS = 64;
  private static final int EXPERTS_PER_TOKEN = 8;
  private static final String ACTIVATION = "hidden_act";
  private static final String GELU = "gelu_pytorch_tanh";

  private final ConfigFields fields;
  private final Architecture architecture;
  private final ArchitectureDefaults defaults;

  private DecoderConfigJson(ConfigFields fields) {
    this.fields = fields;
    this.architecture = architecture(fields);
    this.defaults = ArchitectureDefaults.of(architecture);
  }

  static DecoderConfig read(Path file) {
    return read(file, Json.read(file));
  }

  private static DecoderConfig read(Path file, JsonNode json) {
    ConfigFields fields = new ConfigFields(file, "", json);
    try {
      DecoderConfigJson reader = new DecoderConfigJson(fields);
      DecoderConfig config = reader.config();
      new NeutralFields(reader.architecture).checkRest(fields, reader.architecture);
      return config;
    } catch (IllegalArgumentException e) {
      throw fields.corrupt(String.valueOf(e.getMessage()), e);
    }
  }

  /**
   * Writes what reads as the same configuration.
   *
   * @throws InvalidInputException if the architecture's fields cannot say it
   */
  static void write(DecoderConfig config, Path file) {
    JsonNode json = DecoderConfigFields.of(config);
    if (!read(file, json).equals(config)) {
      throw new InvalidInputException(
          file
              + ": the configuration has settings that a "
              + config.architecture().modelType()
              + " model cannot have, so config.json cannot say them: "
              + config);
    }
    AtomicFiles.writeString(file, Json.pretty(json));
  }

  private static Architecture architecture(ConfigFields fields) {
    Optional<String> type = fields.text("model_type");
    Optional<List<String>> classes = fields.texts("architectures");
    if (type.isEmpty() && classes.isEmpty()) {
      throw fields.corrupt("model_type", "is missing");
    }
    String known =
        Arrays.stream(Architecture.values())
            .map(a -> type.isPresent() ? a.modelType() : a.className())
            .collect(Collectors.joining(", ", "known are ", ""));
    List<Architecture> found =
        Arrays.stream(Architecture.values())
            .filter(a -> type.isEmpty() || type.get().equals(a.modelType()))
            .filter(a -> type.isPresent() || List.of(a.className()).equals(classes.orElseThrow()))
            .toList();
    if (found.isEmpty()) {
      throw fields.unsupported(type.isPresent() ? "model_type" : "architectures", known);
    }
    Architecture architecture = found.get(0);
    if (classes.isPresent() && !classes.get().equals(List.of(architecture.className()))) {
      throw fields.unsupported(
          "architectures",
          "with model_type "
              + architecture.modelType()
              + " only [\""
              + architecture.className()
              + "\"] is");
    }
    return architecture;
  }

  private DecoderConfig config() {
    int vocabulary = fields.required("vocab_size");
    int layers = fields.required("num_hidden_layers");
    int heads = fields.required("num_attention_heads");
    int hidden = fields.required("hidden_size");
    DecoderConfig.checkLayers(layers);
    checkActivation();
    int headDim = headDim(hidden, heads);
    DecoderConfigBuilder builder =
        DecoderConfig.builder(architecture)
            .size(vocabulary, hidden, fields.required("intermediate_size"), layers, heads)
            .keyValueHeads(keyValueHeads(heads))
            .headDim(headDim)
            .rmsNormEps(fields.number("rms_norm_eps").orElse(defaults.rmsNormEps()))
            .rotary(RotaryJson.read(fields))
            .attention(attention(headDim, layers))
            .tieWordEmbeddings(fields.flag("tie_word_embeddings").orElse(defaults.tied()))
            .maxPositions(fields.integer("max_position_embeddings").orElse(defaults.maxPositions()))
            .specialTokens(
                token("bos_token_id", defaults.bos(), vocabulary),
                token("eos_token_id", defaults.eos(), vocabulary),
                token("pad_token_id", defaults.pad(), vocabulary))
            .otherEosTokens(fields.tokens("eos_token_id").stream().skip(1).toList());
    if (architecture == Architecture.GEMMA2) {
      builder.logitCap(cap("final_logit_softcapping", LOGIT_CAP));
    }
    if (architecture == Architecture.OLMOE) {
      builder.experts(experts());
    }
    return builder.build();
  }

  private int keyValueHeads(int heads) {
    boolean absent = !fields.has("num_key_value_heads") && defaults.keyValueHeads() > 0;
    return fields.integer("num_key_value_heads").orElse(absent ? defaults.keyValueHeads() : heads);
  }

  private int headDim(int hidden, int heads) {
    Optional<Integer> given = fields.integer("head_dim");
    if (given.isPresent() || defaults.headDim() > 0) {
      return given.orElse(defaults.headDim());
    }
    if (heads < 1 || hidden % heads != 0) {
      throw fields.corrupt(
          "num_attention_heads",
          "must be positive and divide hidden_size "
              + hidden
              + " where head_dim is missing; got "
              + heads);
    }
    return hidden / heads;
  }

  private AttentionConfig attention(int headDim, int layers) {
    boolean gemma = architecture == Architecture.GEMMA2;
    double squared =
        gemma ? fields.number("query_pre_attn_scalar").orElse(QUERY_SCALAR) : Math.max(1, headDim);
    if (!(squared > 0)) {
      throw fields.corrupt("query_pre_attn_scalar", "must be positive; got " + squared);
    }
    return new AttentionConfig(
        1 / Math.sqrt(squared),
        gemma ? cap("attn_logit_softcapping", ATTENTION_CAP) : 0,
        architecture == Architecture.OLMOE ? cap("clip_qkv", 0) : 0,
        WindowsJson.read(fields, architecture, layers));
  }

  /** Null is none; absent is the default. */
  private double cap(String field, double fallback) {
    if (!fields.has(field)) {
      return fallback;
    }
    Optional<Double> value = fields.number(field);
    if (value.isPresent() && !(value.get() > 0)) {
      throw fields.corrupt(field, "must be positive or null; got " + value.get());
    }
    return value.orElse(0.0);
  }

  private ExpertConfig experts() {
    Optional<Integer> otherName = fields.integer("num_local_experts");
    Optional<Integer> count = fields.integer("num_experts");
    if (count.isPresent() && otherName.isPresent() && !count.equals(otherName)) {
      throw fields.corrupt("num_local_experts", "contradicts num_experts");
    }
    return new ExpertConfig(
        count.or(() -> otherName).orElse(EXPERTS),
        fields.integer("num_experts_per_tok").orElse(EXPERTS_PER_TOKEN),
        fields.flag("norm_topk_prob").orElse(false));
  }

  /** Gemma 2 has a field of its own, beside which {@code hidden_act} says nothing. */
  private void checkActivation() {
    Optional<String> common = fields.text(ACTIVATION);
    boolean gemma = architecture.usesGelu();
    Optional<String> own = gemma ? fields.text("hidden_activation") : Optional.empty();
    List<String> known = gemma ? List.of(GELU) : List.of("silu", "swish");
    if (!own.or(() -> common).map(known::contains).orElse(true)) {
      throw fields.unsupported(
          own.isPresent() ? "hidden_activation" : ACTIVATION,
          "for a " + architecture.modelType() + " model only " + known.get(0) + " is");
    }
  }

  /** The architecture's own token, if the vocabulary has it, where the field is absent. */
  private @Nullable Integer token(String field, @Nullable Integer fallback, int vocabulary) {
    if (fields.has(field)) {
      List<Integer> tokens = fields.tokens(field);
      if (tokens.size() > 1 && !field.equals("eos_token_id")) {
        throw fields.corrupt(field, "must be one token id; got " + tokens);
      }
      return tokens.isEmpty() ? null : tokens.get(0);
    }
    return fallback == null || fallback >= vocabulary ? null : fallback;
  }
}
