package ai.kale.train.reference;

import ai.kale.error.SetupException;
import ai.kale.spi.tensor.LoraSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Low-rank matrices beside some linear layers. Their values stand in the model's parameters, under
 * PEFT's names.
 */
final class Adapter {
  private static final String PREFIX = "base_model.model.";
  private static final String DOWN = ".lora_A.weight";
  private static final String UP = ".lora_B.weight";

  private final Parameters parameters;
  private final LoraSpec spec;
  private final List<String> modules;

  /** Where the random numbers of the dropout stand. */
  private long seed;

  private long masks;

  private Adapter(Parameters parameters, LoraSpec spec, List<String> modules) {
    this.parameters = parameters;
    this.spec = spec;
    this.modules = modules;
    this.seed = spec.seed();
  }

  /** Adds a new adapter to the parameters: A random, B zero. */
  static Adapter create(Parameters parameters, LoraSpec spec) {
    List<String> modules = targets(parameters, spec.targetModules());
    SplittableRandom random = new SplittableRandom(spec.seed());
    for (String module : modules) {
      long[] shape = parameters.shape(module + ".weight");
      Matrix a = parameters.add(PREFIX + module + DOWN, spec.rank(), shape[1]);
      double bound = 1 / Math.sqrt((double) shape[1]);
      Arrays.setAll(a.value, i -> (float) random.nextDouble(-bound, bound));
      parameters.add(PREFIX + module + UP, shape[0], spec.rank());
    }
    return new Adapter(parameters, spec, List.copyOf(modules));
  }

  private static List<String> targets(Parameters parameters, List<String> targets) {
    List<String> all = new ArrayList<>();
    for (String name : parameters.names()) {
      String module = name.substring(0, name.lastIndexOf('.'));
      boolean matrix = name.endsWith(".weight") && parameters.shape(name).length == 2;
      if (matrix && !module.endsWith("embed_tokens")) {
        all.add(module);
      }
    }
    for (String target : targets) {
      if (all.stream().noneMatch(module -> matches(target, module))) {
        throw new SetupException(
            "no matrix of the model fits the target module " + target + "; there are " + all);
      }
    }
    return all.stream()
        .filter(module -> targets.stream().anyMatch(target -> matches(target, module)))
        .toList();
  }

  private static boolean matches(String target, String module) {
    if (!isPattern(target)) {
      return module.equals(target) || module.endsWith("." + target);
    }
    try {
      return Pattern.matches(target, module);
    } catch (PatternSyntaxException e) {
      throw new SetupException("the target module " + target + " is no expression", e);
    }
  }

  LoraSpec spec() {
    return spec;
  }

  /** Whether a target module is a regular expression. */
  static boolean isPattern(String target) {
    return target.chars().anyMatch(c -> "*+?()[]|\\^$".indexOf(c) >= 0);
  }

  List<String> modules() {
    return modules;
  }

  /** Seed and number of masks so far. */
  long[] dropoutState() {
    return new long[] {seed, masks};
  }

  void setDropoutState(long[] state) {
    seed = state[0];
    masks = state[1];
  }

  List<String> names() {
    return modules.stream()
        .flatMap(m -> List.of(PREFIX + m + DOWN, PREFIX + m + UP).stream())
        .toList();
  }

  private Matrix down(String module) {
    return parameters.get(PREFIX + module + DOWN);
  }

  private Matrix up(String module) {
    return parameters.get(PREFIX + module + UP);
  }

  /** The layers with the adapter: base(x) + scale · B A dropout(x). */
  Linear over(Linear base, boolean training) {
    return (tape, module, x) -> {
      Matrix result = base.apply(tape, module, x);
      if (!modules.contains(module)) {
        return result;
      }
      Matrix input = training && spec.dropout() > 0 ? dropout(tape, x) : x;
      Matrix low = tape.product(input, down(module));
      return tape.add(result, tape.scale(tape.product(low, up(module)), spec.scale()));
    };
  }

  private Matrix dropout(Tape tape, Matrix x) {
    SplittableRandom random = new SplittableRandom(seed + 0x9E3779B97F4A7C15L * ++masks);
    Matrix mask = new Matrix(x.rows, x.columns);
    double kept = 1 / (1 - spec.dropout());
    Arrays.setAll(mask.value, i -> random.nextDouble() < spec.dropout() ? 0 : kept);
    return tape.multiply(x, mask);
  }

  /** W + scale · B A. */
  float[] merged(String name) {
    Matrix weight = parameters.get(name);
    double[] sum = weight.value.clone();
    String module = name.substring(0, name.lastIndexOf('.'));
    if (name.endsWith(".weight") && modules.contains(module)) {
      Matrix change = new Tape().mixture(up(module), down(module));
      Arrays.setAll(sum, i -> weight.value[i] + spec.scale() * change.value[i]);
    }
    return Parameters.floats(sum);
  }
}
