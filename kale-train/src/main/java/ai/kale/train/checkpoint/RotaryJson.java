package ai.kale.train.checkpoint;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.Set;

/**
 * {@link RotaryConfig} in {@code config.json}: {@code rope_theta} with {@code rope_scaling}, or the
 * newer {@code rope_parameters}, which holds both. The kind of scaling is named {@code rope_type},
 * in older files {@code type}.
 */
final class RotaryJson {
  private static final double THETA = 10_000;
  private static final String SCALING = "rope_scaling";
  private static final String PARAMETERS = "rope_parameters";
  private static final String OLD_LENGTH = "original_max_position_embeddings";

  private RotaryJson() {}

  static RotaryConfig read(ConfigFields fields) {
    Optional<Double> theta = fields.number("rope_theta");
    Optional<RotaryConfig> older =
        fields.object(SCALING).map(object -> rotary(object, theta, true));
    Optional<RotaryConfig> newer =
        fields.object(PARAMETERS).map(object -> rotary(object, theta, false));
    if (older.isPresent() && newer.isPresent() && !older.equals(newer)) {
      throw fields.unsupported(SCALING, "rope_parameters is there too and says something else");
    }
    return newer.or(() -> older).orElseGet(() -> RotaryConfig.plain(theta.orElse(THETA)));
  }

  private static RotaryConfig rotary(ConfigFields fields, Optional<Double> outer, boolean older) {
    Optional<Double> inner = fields.number("rope_theta");
    if (older && inner.isPresent() && outer.isPresent() && !inner.equals(outer)) {
      throw fields.unsupported("rope_theta", "rope_theta outside says something else");
    }
    String kind = kind(fields);
    fields
        .number("partial_rotary_factor")
        .filter(factor -> factor != 1)
        .ifPresent(
            factor -> {
              throw fields.unsupported("partial_rotary_factor", "only 1 is");
            });
    RotaryScaling scaling =
        switch (kind) {
          case "default" -> new RotaryScaling.None();
          case "linear" -> new RotaryScaling.Linear(required(fields, "factor"));
          case "llama3" ->
              new RotaryScaling.Llama3(
                  required(fields, "factor"),
                  required(fields, "low_freq_factor"),
                  required(fields, "high_freq_factor"),
                  fields.required(OLD_LENGTH));
          default ->
              throw fields.unsupported(
                  fields.has("rope_type") ? "rope_type" : "type",
                  "only default, linear and llama3 are");
        };
    for (String field : fields.unread()) {
      if (fields.value(field).isPresent() && !field.equals(OLD_LENGTH)) {
        throw fields.unsupported(field, "a rope of type " + kind + " does not have it");
      }
    }
    return new RotaryConfig(inner.or(() -> outer).orElse(THETA), scaling);
  }

  private static String kind(ConfigFields fields) {
    Optional<String> kind = fields.text("rope_type");
    Optional<String> oldName = fields.text("type");
    if (kind.isPresent() && oldName.isPresent() && !kind.equals(oldName)) {
      throw fields.unsupported("type", "rope_type says something else");
    }
    // The newer form may hold nothing but the base; in each other case the type is written.
    Optional<String> found = kind.or(() -> oldName);
    if (found.isEmpty() && !Set.of("rope_theta").containsAll(fields.unread())) {
      throw fields.corrupt("rope_type", "is missing");
    }
    return found.orElse("default");
  }

  private static double required(ConfigFields fields, String field) {
    return fields.number(field).orElseThrow(() -> fields.corrupt(field, "is missing"));
  }

  /** Writes the form that older and newer libraries read. */
  static void write(RotaryConfig rotary, ObjectNode json) {
    json.put("rope_theta", rotary.theta());
    RotaryScaling scaling = rotary.scaling();
    if (scaling instanceof RotaryScaling.Linear linear) {
      json.putObject(SCALING).put("factor", linear.factor()).put("rope_type", "linear");
    } else if (scaling instanceof RotaryScaling.Llama3 llama) {
      json.putObject(SCALING)
          .put("factor", llama.factor())
          .put("high_freq_factor", llama.highFactor())
          .put("low_freq_factor", llama.lowFactor())
          .put(OLD_LENGTH, llama.originalPositions())
          .put("rope_type", "llama3");
    } else {
      json.putNull(SCALING);
    }
  }
}
