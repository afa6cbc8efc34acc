package ai.kale.train.djl;

import ai.kale.train.checkpoint.DecoderConfig;
import java.util.LinkedHashMap;
import java.util.Map;

/** Puts a configuration's numbers into script source. */
final class ScriptTemplate {
  private ScriptTemplate() {}

  /** Replaces every <code>{{name}}</code> of a decoder's source. */
  static String fill(String template, DecoderConfig config) {
    int finalNorm = 1 + DecoderScript.BLOCK_PARAMETERS * config.layers();
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("spread", spread(config));
    values.put("eps", config.rmsNormEps());
    values.put("theta", config.ropeTheta());
    values.put("headDim", config.headDim());
    values.put("halfHead", config.headDim() / 2);
    values.put("inverseHidden", 1.0 / config.hiddenSize());
    values.put("rotaryHeads", config.heads() + config.keyValueHeads());
    values.put("rotaryRows", (config.heads() + config.keyValueHeads()) * config.headDim());
    values.put("heads", config.heads());
    values.put("keyValueHeads", config.keyValueHeads());
    values.put("queriesPerKey", config.heads() / config.keyValueHeads());
    values.put("attentionSize", config.heads() * config.headDim());
    values.put("scale", 1 / Math.sqrt(config.headDim()));
    values.put("blockParameters", DecoderScript.BLOCK_PARAMETERS);
    values.put("layers", config.layers());
    values.put("finalNorm", finalNorm);
    values.put("head", config.tieWordEmbeddings() ? 0 : finalNorm + 1);
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

  /** Repeats each key-value head for its group of query heads; nothing to do without groups. */
  private static String spread(DecoderConfig config) {
    if (config.heads() == config.keyValueHeads()) {
      return "    return x";
    }
    return """
              e = torch.expand(torch.unsqueeze(x, 2), [b, {{keyValueHeads}}, {{queriesPerKey}}, t, {{headDim}}])
              return torch.reshape(e, [b, {{heads}}, t, {{headDim}}])"""
        .indent(4)
        .stripTrailing();
  }
}
