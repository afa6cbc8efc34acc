package ai.kale.train.adapter;

import ai.kale.error.CorruptFileException;
import ai.kale.error.SetupException;
import ai.kale.error.UnsupportedCapabilityException;
import ai.kale.run.AtomicFiles;
import ai.kale.train.io.Json;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@link AdapterConfig} from and to PEFT's {@code adapter_config.json}. */
final class AdapterConfigJson {
  /** Fields that are read here. */
  private static final Set<String> READ =
      Set.of(
          "r",
          "lora_alpha",
          "lora_dropout",
          "target_modules",
          "exclude_modules",
          "layers_to_transform",
          "layers_pattern",
          "use_rslora",
          "rank_pattern",
          "alpha_pattern",
          "peft_type",
          "task_type",
          "bias",
          "init_lora_weights");

  /** Fields without a say in what a trained adapter computes. */
  private static final Set<String> NEUTRAL =
      Set.of(
          "auto_mapping",
          "base_model_name_or_path",
          "inference_mode",
          "revision",
          "peft_version",
          "megatron_core",
          "eva_config",
          "qalora_group_size",
          "runtime_config");

  /** Initialisations that leave the base as it is; all others change it when PEFT loads them. */
  private static final Set<String> INITIALISATIONS =
      Set.of("true", "false", "null", "gaussian", "eva", "orthogonal");

  private final Path file;
  private final JsonNode json;

  private AdapterConfigJson(Path file, JsonNode json) {
    this.file = file;
    this.json = json;
  }

  static AdapterConfig read(Path file) {
    return new AdapterConfigJson(file, Json.read(file)).config();
  }

  private AdapterConfig config() {
    only("peft_type", Set.of("LORA"));
    only("task_type", Set.of("CAUSAL_LM", "null"));
    only("bias", Set.of("none", "null"));
    only("init_lora_weights", INITIALISATIONS);
    only("layers_pattern", Set.of("layers", "[\"layers\"]", "[]", "null"));
    for (Map.Entry<String, JsonNode> field : json.properties()) {
      String name = field.getKey();
      if (!READ.contains(name) && !NEUTRAL.contains(name) && !isOff(field.getValue())) {
        throw unsupported(name, field.getValue());
      }
    }
    JsonNode targets = json.path("target_modules");
    JsonNode layers = json.path("layers_to_transform");
    if (targets.isTextual() && !layers.isNull() && !layers.isMissingNode()) {
      throw unsupported("layers_to_transform", layers);
    }
    try {
      return new AdapterConfig(
          integer("r", json.get("r")),
          number("lora_alpha", json.get("lora_alpha")),
          json.has("lora_dropout") ? number("lora_dropout", json.get("lora_dropout")) : 0,
          patterns("target_modules"),
          patterns("exclude_modules"),
          layers(),
          truth("use_rslora"),
          ranks(),
          alphas());
    } catch (IllegalArgumentException e) {
      throw corrupt(String.valueOf(e.getMessage()), e);
    }
  }

  private static boolean isOff(JsonNode value) {
    return value.isNull()
        || (value.isBoolean() && !value.booleanValue())
        || (value.isTextual() && value.textValue().isEmpty())
        || (value.isContainerNode() && value.isEmpty());
  }

  private void only(String field, Set<String> values) {
    JsonNode node = json.has(field) ? json.path(field) : Json.object().nullNode();
    String text = node.isContainerNode() ? node.toString() : node.asText();
    if (!values.contains(text)) {
      throw unsupported(field, node);
    }
  }

  /** A list holds ends of paths; a single text is an expression for the whole path. */
  private List<ModulePattern> patterns(String field) {
    JsonNode node = json.path(field);
    List<ModulePattern> patterns = new ArrayList<>();
    if (node.isTextual()) {
      if (node.textValue().equals(AdapterConfig.ALL_LINEAR)) {
        AdapterConfig.allLinear().forEach(name -> patterns.add(new ModulePattern(name, false)));
      } else {
        patterns.add(expression(field, node.textValue()));
      }
    } else if (node.isArray()) {
      for (JsonNode name : node) {
        if (!name.isTextual()) {
          throw corrupt(field + " must hold names; got " + name, null);
        }
        patterns.add(new ModulePattern(name.textValue(), false));
      }
    } else if (!node.isNull() && !node.isMissingNode()) {
      throw corrupt(field + " must be a text or a list; got " + node, null);
    }
    return patterns;
  }

  private ModulePattern expression(String field, String text) {
    try {
      return new ModulePattern(text, true);
    } catch (SetupException e) {
      throw corrupt(field + ": " + e.getMessage(), e);
    }
  }

  private List<Integer> layers() {
    String field = "layers_to_transform";
    JsonNode node = json.path(field);
    List<Integer> layers = new ArrayList<>();
    if (node.isArray()) {
      node.forEach(layer -> layers.add(integer(field, layer)));
    } else if (!node.isNull() && !node.isMissingNode()) {
      layers.add(integer(field, node));
    }
    return layers;
  }

  private Map<String, Integer> ranks() {
    Map<String, Integer> ranks = new LinkedHashMap<>();
    entries("rank_pattern").forEach((key, value) -> ranks.put(key, integer("rank_pattern", value)));
    return ranks;
  }

  private Map<String, Double> alphas() {
    Map<String, Double> alphas = new LinkedHashMap<>();
    entries("alpha_pattern")
        .forEach((key, value) -> alphas.put(key, number("alpha_pattern", value)));
    return alphas;
  }

  private Map<String, JsonNode> entries(String field) {
    JsonNode node = json.path(field);
    if (!node.isObject() && !node.isNull() && !node.isMissingNode()) {
      throw corrupt(field + " must be an object; got " + node, null);
    }
    Map<String, JsonNode> entries = new LinkedHashMap<>();
    node.properties().forEach(entry -> entries.put(entry.getKey(), entry.getValue()));
    return entries;
  }

  private int integer(String field, @Nullable JsonNode node) {
    if (node == null || !node.isIntegralNumber() || !node.canConvertToInt()) {
      throw corrupt(field + " must be an integer; got " + node, null);
    }
    return node.intValue();
  }

  private boolean truth(String field) {
    JsonNode node = json.path(field);
    if (!node.isBoolean() && !node.isNull() && !node.isMissingNode()) {
      throw corrupt(field + " must be true or false; got " + node, null);
    }
    return node.booleanValue();
  }

  private double number(String field, @Nullable JsonNode node) {
    if (node == null || !node.isNumber()) {
      throw corrupt(field + " must be a number; got " + node, null);
    }
    return node.doubleValue();
  }

  private CorruptFileException corrupt(String what, @Nullable Throwable cause) {
    return new CorruptFileException(
        file + ": " + what + "; mend the file or copy it again from its source", cause);
  }

  private UnsupportedCapabilityException unsupported(String field, JsonNode value) {
    return new UnsupportedCapabilityException(
        file + ": " + field + " = " + value + " is not supported; merge the adapter with PEFT");
  }

  static void write(AdapterConfig config, AdapterLayout layout, String baseModel, Path file) {
    ObjectNode json = Json.object();
    ObjectNode alphas = json.putObject("alpha_pattern");
    config.alphaPattern().forEach(alphas::put);
    json.putNull("auto_mapping");
    json.put("base_model_name_or_path", baseModel);
    json.put("bias", "none");
    putPatterns(json, "exclude_modules", config.excluded(), List.of());
    json.put("fan_in_fan_out", false);
    json.put("inference_mode", true);
    json.put("init_lora_weights", true);
    json.putNull("layer_replication");
    json.putNull("layers_pattern");
    if (config.layers().isEmpty()) {
      json.putNull("layers_to_transform");
    } else {
      config.layers().forEach(json.putArray("layers_to_transform")::add);
    }
    json.putObject("loftq_config");
    putNumber(json, "lora_alpha", config.alpha());
    json.put("lora_bias", false);
    json.put("lora_dropout", config.dropout());
    json.putNull("megatron_config");
    json.put("megatron_core", "megatron.core");
    json.putNull("modules_to_save");
    json.put("peft_type", "LORA");
    json.put("r", config.rank());
    ObjectNode ranks = json.putObject("rank_pattern");
    config.rankPattern().forEach(ranks::put);
    json.putNull("revision");
    putPatterns(
        json,
        "target_modules",
        config.targets(),
        layout.slots().stream().map(AdapterSlot::path).toList());
    json.put("task_type", "CAUSAL_LM");
    json.put("use_dora", false);
    json.put("use_rslora", config.rankStabilized());
    AtomicFiles.writeString(file, Json.pretty(json));
  }

  /** PEFT takes one expression or a list of ends; where both are mixed, the paths are listed. */
  private static void putPatterns(
      ObjectNode json, String field, List<ModulePattern> patterns, List<String> paths) {
    boolean mixed = patterns.size() > 1 && patterns.stream().anyMatch(ModulePattern::isExpression);
    if (patterns.isEmpty()) {
      json.putNull(field);
    } else if (patterns.size() == 1 && patterns.get(0).isExpression()) {
      json.put(field, patterns.get(0).text());
    } else if (mixed) {
      paths.forEach(json.putArray(field)::add);
    } else {
      patterns.forEach(pattern -> json.withArray(field).add(pattern.text()));
    }
  }

  /** As an integer where it is one, as PEFT writes it. */
  private static void putNumber(ObjectNode json, String field, double value) {
    if (value == Math.rint(value) && Math.abs(value) < Integer.MAX_VALUE) {
      json.put(field, (int) value);
    } else {
      json.put(field, value);
    }
  }
}
