package ai.kale.train.reference;

import ai.kale.train.checkpoint.Architecture;
import ai.kale.train.checkpoint.AttentionConfig;
import ai.kale.train.checkpoint.DecoderConfig;
import ai.kale.train.checkpoint.ExpertConfig;
import ai.kale.train.checkpoint.RotaryConfig;
import ai.kale.train.checkpoint.RotaryScaling;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/** Two-layer configurations that together turn every switch, and weights for them. */
public final class TinyDecoders {
  private static final int HEAD = 4;
  private static final RotaryConfig PLAIN = RotaryConfig.plain(100);
  private static final AttentionConfig ALL_KEYS = AttentionConfig.plain(HEAD);

  private TinyDecoders() {}

  /** Every switch at least once on and once off, by a name for test reports. */
  public static Map<String, DecoderConfig> all() {
    Map<String, DecoderConfig> all = new LinkedHashMap<>();
    all.put("llama", make(Architecture.LLAMA, 1, PLAIN, ALL_KEYS, null, 0, false));
    all.put(
        "llama, as many key heads", make(Architecture.LLAMA, 2, PLAIN, ALL_KEYS, null, 0, false));
    all.put("llama, tied", make(Architecture.LLAMA, 1, PLAIN, ALL_KEYS, null, 0, true));
    all.put(
        "llama, linear scaling",
        make(Architecture.LLAMA, 1, scaled(new RotaryScaling.Linear(4)), ALL_KEYS, null, 0, true));
    RotaryConfig llama3 = scaled(new RotaryScaling.Llama3(8, 1, 4, 64));
    all.put("llama 3", make(Architecture.LLAMA, 1, llama3, ALL_KEYS, null, 0, true));
    all.put("mistral", make(Architecture.MISTRAL, 1, PLAIN, windows(3, 3), null, 0, false));
    all.put("qwen 2", make(Architecture.QWEN2, 1, PLAIN, windows(0, 2), null, 0, true));
    AttentionConfig gemma = new AttentionConfig(0.3, 2, 0, List.of(3, 0));
    all.put("gemma 2", make(Architecture.GEMMA2, 1, PLAIN, gemma, null, 1.5, true));
    AttentionConfig clipped = new AttentionConfig(0.5, 0, 0.9, List.of());
    all.put(
        "olmoe",
        make(Architecture.OLMOE, 2, PLAIN, clipped, new ExpertConfig(4, 2, false), 0, false));
    all.put(
        "olmoe, shares made to sum to 1",
        make(Architecture.OLMOE, 1, PLAIN, ALL_KEYS, new ExpertConfig(3, 2, true), 0, false));
    return all;
  }

  private static RotaryConfig scaled(RotaryScaling scaling) {
    return new RotaryConfig(1000, scaling);
  }

  private static AttentionConfig windows(Integer... windows) {
    return new AttentionConfig(0.5, 0, 0, List.of(windows));
  }

  private static DecoderConfig make(
      Architecture architecture,
      int keyValueHeads,
      RotaryConfig rotary,
      AttentionConfig attention,
      @org.jspecify.annotations.Nullable ExpertConfig experts,
      double logitCap,
      boolean tied) {
    return new DecoderConfig(
        architecture,
        11,
        8,
        6,
        2,
        2,
        keyValueHeads,
        HEAD,
        1e-5,
        rotary,
        attention,
        Optional.ofNullable(experts),
        logitCap,
        tied,
        64,
        null,
        null,
        null,
        List.of());
  }

  /**
   * A model with random weights, none of them special: vectors as well, around 1 or 0.
   *
   * @param config any configuration
   * @param seed of the weights
   * @return a new model
   */
  public static ReferenceModel model(DecoderConfig config, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Map<String, long[]> shapes = config.parameterShapes();
    return ReferenceModel.of(
        config,
        name -> {
          long[] shape = shapes.getOrDefault(name, new long[0]);
          float[] values = new float[(int) Arrays.stream(shape).reduce(1, Math::multiplyExact)];
          boolean around1 = name.endsWith("norm.weight") && !config.architecture().hasOffsetNorms();
          for (int i = 0; i < values.length; i++) {
            double spread = shape.length == 1 ? 0.2 : 1 / Math.sqrt((double) shape[1]);
            values[i] = (float) ((around1 ? 1 : 0) + spread * random.nextGaussian());
          }
          return values;
        });
  }
}
