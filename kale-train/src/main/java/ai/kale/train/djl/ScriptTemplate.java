package ai.kale.train.djl;

import ai.kale.train.checkpoint.DecoderConfig;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** Puts a configuration's numbers into script source. */
final class ScriptTemplate {
  private ScriptTemplate() {}

  /** Replaces every <code>{{name}}</code> of a decoder's source. */
  static String fill(String template, DecoderConfig config) {
    BlockLayout layout = new BlockLayout(config);
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("eps", config.rmsNormEps());
    values.put("frequencies", frequencies(config));
    values.put("headDim", config.headDim());
    values.put("halfHead", config.headDim() / 2);
    values.put("inverseHidden", 1.0 / config.hiddenSize());
    values.put("heads", config.heads());
    values.put("keyValueHeads", config.keyValueHeads());
    values.put("queriesPerKey", config.heads() / config.keyValueHeads());
    values.put("attentionSize", config.heads() * config.headDim());
    values.put("scale", config.attention().scale());
    values.put("blockParameters", layout.size());
    values.put("layers", config.layers());
    values.put("finalNorm", layout.finalNorm());
    values.put("head", layout.head());
    values.put("vocabulary", config.vocabularySize());
    String filled = template;
    for (Map.Entry<String, Object> value : values.entrySet()) {
      filled = filled.replace("{{" + value.getKey() + "}}", value.getValue().toString());
    }
    if (filled.contains("{{")) {
      throw new IllegalStateException(
          "unfilled placeholder: " + filled.substring(filled.indexOf("{{")));
    }
    return filled;
  }

  /** Radians a position, one for each pair of a head, in double precision. */
  private static String frequencies(DecoderConfig config) {
    return Arrays.stream(config.rotary().frequencies(config.headDim()))
        .mapToObj(Double::toString)
        .collect(Collectors.joining(", "));
  }
}
