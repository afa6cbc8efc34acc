package ai.kale.train.adapter;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** A configuration with its expressions compiled once, to be asked about many modules. */
final class AdapterRules {
  private record Rule<T>(Pattern end, T value) {}

  private final AdapterConfig config;
  private final List<Predicate<String>> targets;
  private final List<Predicate<String>> excluded;
  private final List<Rule<Integer>> ranks;
  private final List<Rule<Double>> alphas;

  AdapterRules(AdapterConfig config) {
    this.config = config;
    this.targets = config.targets().stream().map(ModulePattern::matcher).toList();
    this.excluded = config.excluded().stream().map(ModulePattern::matcher).toList();
    this.ranks = rules(config.rankPattern());
    this.alphas = rules(config.alphaPattern());
  }

  private static <T> List<Rule<T>> rules(Map<String, T> pattern) {
    List<Rule<T>> rules = new ArrayList<>();
    pattern.forEach((key, value) -> rules.add(new Rule<>(AdapterConfig.end(key), value)));
    return rules;
  }

  /** Whether a module of a block is meant. */
  boolean covers(String path, int layer) {
    return (config.layers().isEmpty() || config.layers().contains(layer))
        && targets.stream().anyMatch(target -> target.test(path))
        && excluded.stream().noneMatch(target -> target.test(path));
  }

  /** The rank of a module's matrices. */
  int rankOf(String path) {
    return first(ranks, path, config.rank());
  }

  /** The factor of a module's B A. */
  double scaleOf(String path) {
    double divisor = config.rankStabilized() ? Math.sqrt(rankOf(path)) : rankOf(path);
    return first(alphas, path, config.alpha()) / divisor;
  }

  private static <T> T first(List<Rule<T>> rules, String path, T otherwise) {
    return rules.stream()
        .filter(rule -> rule.end().matcher(path).matches())
        .findFirst()
        .map(Rule::value)
        .orElse(otherwise);
  }
}
