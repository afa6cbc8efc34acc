package ai.kale.train.adapter;

import ai.kale.spi.tensor.LoraSpec;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * What {@code adapter_config.json} says of an adapter, as far as it changes a result.
 *
 * @param rank of matrices without an entry in {@code rankPattern}; at least 1
 * @param alpha numerator of the scale of matrices without an entry in {@code alphaPattern}
 * @param dropout share of the adapter's inputs that is zeroed in training passes, in [0, 1)
 * @param targets the adapted modules; a module is meant if one of them matches
 * @param excluded modules that are left out of {@code targets}
 * @param layers blocks, from 0, that are adapted; empty for all
 * @param rankStabilized whether the scale is alpha / √rank (Kalajdzievski, A Rank Stabilization
 *     Scaling Factor for Fine-Tuning with LoRA, 2023) in the place of alpha / rank
 * @param rankPattern ranks of single modules: a regular expression for the path or its end, first
 *     match first
 * @param alphaPattern the same for alpha
 */
public record AdapterConfig(
    int rank,
    double alpha,
    double dropout,
    List<ModulePattern> targets,
    List<ModulePattern> excluded,
    List<Integer> layers,
    boolean rankStabilized,
    Map<String, Integer> rankPattern,
    Map<String, Double> alphaPattern) {
  /** PEFT's name for all linear layers of the blocks. */
  public static final String ALL_LINEAR = "all-linear";

  /**
   * Copies the collections and checks the ranges.
   *
   * @throws IllegalArgumentException naming the field of {@code adapter_config.json}
   */
  public AdapterConfig {
    targets = List.copyOf(targets);
    excluded = List.copyOf(excluded);
    layers = List.copyOf(layers);
    rankPattern = Collections.unmodifiableMap(new LinkedHashMap<>(rankPattern));
    alphaPattern = Collections.unmodifiableMap(new LinkedHashMap<>(alphaPattern));
    checkRank("r", rank);
    checkAlpha("lora_alpha", alpha);
    checkKeys("rank_pattern", rankPattern.keySet());
    checkKeys("alpha_pattern", alphaPattern.keySet());
    rankPattern.forEach((key, value) -> checkRank("rank_pattern." + key, value));
    alphaPattern.forEach((key, value) -> checkAlpha("alpha_pattern." + key, value));
    if (!(dropout >= 0 && dropout < 1)) {
      throw new IllegalArgumentException("lora_dropout must lie in [0, 1); got " + dropout);
    }
    if (targets.isEmpty()) {
      throw new IllegalArgumentException("target_modules must name a module");
    }
  }

  /**
   * The configuration of a new adapter.
   *
   * @param spec what was asked for
   * @return the configuration
   * @throws ai.kale.error.SetupException if a target is a regular expression that cannot be read
   */
  public static AdapterConfig of(LoraSpec spec) {
    List<ModulePattern> targets =
        spec.targetModules().stream()
            .flatMap(name -> name.equals(ALL_LINEAR) ? allLinear() : List.of(name).stream())
            .map(ModulePattern::of)
            .toList();
    return new AdapterConfig(
        spec.rank(),
        spec.alpha(),
        spec.dropout(),
        targets,
        List.of(),
        List.of(),
        false,
        Map.of(),
        Map.of());
  }

  static java.util.stream.Stream<String> allLinear() {
    return LoraSpec.ALL_LINEAR.stream();
  }

  /** A pattern's key as an expression for the path or its end. */
  static Pattern end(String key) {
    return ModulePattern.compile("(.*\\.)?(" + key + ")");
  }

  private static void checkKeys(String field, Set<String> keys) {
    for (String key : keys) {
      try {
        end(key);
      } catch (PatternSyntaxException e) {
        throw new IllegalArgumentException(
            field + ": " + key + " is no regular expression: " + e.getDescription(), e);
      }
    }
  }

  private static void checkRank(String field, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(field + " must be at least 1; got " + value);
    }
  }

  private static void checkAlpha(String field, double value) {
    if (!(value > 0) || !Double.isFinite(value)) {
      throw new IllegalArgumentException(field + " must be positive; got " + value);
    }
  }
}
