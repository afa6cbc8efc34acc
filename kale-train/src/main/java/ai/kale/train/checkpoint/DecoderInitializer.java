package ai.kale.train.checkpoint;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Makes checkpoints of untrained models. Weights are normal with mean 0: embedding, query, key,
 * value, gate, up and head with standard deviation {@code hidden^-0.5}; the two matrices that write
 * to the residual stream with {@code inputs^-0.5 / sqrt(2 · layers)}, where the attention output
 * counts {@code hidden} inputs and the down projection {@code intermediate}. Norms multiply by 1:
 * their weights are 1, or 0 where 1 is added to them. Biases are 0.
 */
public final class DecoderInitializer {
  private DecoderInitializer() {}

  /**
   * Writes {@code config.json} and {@code model.safetensors}.
   *
   * @param folder created if missing; existing files are replaced
   * @param config the shape of the model
   * @param seed the same seed gives the same bytes on every machine
   */
  public static void create(Path folder, DecoderConfig config, long seed) {
    create(folder, config, seed, InitOptions.defaults());
  }

  /**
   * Writes {@code config.json} and {@code model.safetensors}.
   *
   * @param folder created if missing; existing files are replaced
   * @param config the shape of the model
   * @param seed the same seed gives the same bytes on every machine
   * @param options further choices
   */
  public static void create(Path folder, DecoderConfig config, long seed, InitOptions options) {
    SplittableRandom root = new SplittableRandom(seed);
    Map<String, SplittableRandom> generators = new LinkedHashMap<>();
    config.parameterShapes().keySet().forEach(name -> generators.put(name, root.split()));
    Map<String, long[]> shapes = config.parameterShapes();
    Checkpoint.write(
        folder,
        config,
        name -> {
          long[] shape = shapes.getOrDefault(name, new long[0]);
          SplittableRandom generator = generators.getOrDefault(name, root);
          float[] values =
              new float[Math.toIntExact(Arrays.stream(shape).reduce(1, Math::multiplyExact))];
          if (shape.length == 1) {
            boolean one = !name.endsWith(".bias") && !config.architecture().hasOffsetNorms();
            Arrays.fill(values, one ? 1 : 0);
          } else {
            double std = standardDeviation(name, config, options);
            for (int i = 0; i < values.length; i++) {
              values[i] = (float) (std * generator.nextGaussian());
            }
          }
          return values;
        });
  }

  private static double standardDeviation(String name, DecoderConfig config, InitOptions options) {
    double plain = 1 / Math.sqrt(config.hiddenSize());
    double residual = 1 / Math.sqrt(2.0 * config.layers());
    if (name.endsWith("embed_tokens.weight")) {
      return options.embeddingStd().orElse(plain);
    }
    if (name.endsWith("o_proj.weight")) {
      return plain * residual;
    }
    if (name.endsWith("down_proj.weight")) {
      return residual / Math.sqrt(config.intermediateSize());
    }
    return plain;
  }
}
