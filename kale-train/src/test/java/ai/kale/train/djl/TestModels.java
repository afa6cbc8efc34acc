package ai.kale.train.djl;

import ai.kale.spi.tensor.EngineOptions;
import ai.kale.spi.tensor.NamedTensor;
import ai.kale.spi.tensor.RowSelection;
import ai.kale.spi.tensor.TensorModel;
import ai.kale.spi.tensor.TokenBatch;
import ai.kale.train.checkpoint.Architecture;
import ai.kale.train.checkpoint.AttentionConfig;
import ai.kale.train.checkpoint.DecoderConfig;
import ai.kale.train.checkpoint.DecoderInitializer;
import ai.kale.train.checkpoint.RotaryConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/** Small models and batches. */
final class TestModels {
  private TestModels() {}

  /** A model of a few hundred parameters, with head groups and an untied head on demand. */
  static DecoderConfig tiny(boolean grouped, boolean tied) {
    return DecoderConfig.builder(Architecture.LLAMA)
        .size(11, 8, 12, 3, 4)
        .keyValueHeads(grouped ? 2 : 4)
        .headDim(4)
        .attention(AttentionConfig.plain(4))
        .rmsNormEps(1e-5)
        .rotary(RotaryConfig.plain(100))
        .tieWordEmbeddings(tied)
        .maxPositions(32)
        .build();
  }

  /** Opens a new model; norms are shaken so that no gradient is trivial. */
  static TensorModel open(DecoderConfig config, long seed) {
    return open(config, seed, EngineOptions.cpu());
  }

  /** The same, opened with options. */
  static TensorModel open(DecoderConfig config, long seed, EngineOptions options) {
    try {
      Path folder = Files.createTempDirectory("kale-model");
      try {
        DecoderInitializer.create(folder, config, seed);
        TensorModel model = new DjlTensorEngine().open(folder, options);
        SplittableRandom random = new SplittableRandom(seed + 1);
        for (String name : model.parameterNames()) {
          NamedTensor tensor = model.parameter(name);
          if (tensor.shape().length == 1) {
            for (int i = 0; i < tensor.values().length; i++) {
              tensor.values()[i] += (float) (0.2 * random.nextGaussian());
            }
            model.setParameter(tensor);
          }
        }
        return model;
      } finally {
        delete(folder);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  static int[] tokens(SplittableRandom random, int length, int vocabulary) {
    return random.ints(length, 0, vocabulary).toArray();
  }

  static TokenBatch batch(long seed, int vocabulary, int... lengths) {
    SplittableRandom random = new SplittableRandom(seed);
    List<int[]> sequences = new ArrayList<>();
    for (int length : lengths) {
      sequences.add(tokens(random, length, vocabulary));
    }
    return new TokenBatch(sequences);
  }

  /** Every position of a batch. */
  static RowSelection allRows(TokenBatch batch, int layer) {
    List<int[]> pairs = new ArrayList<>();
    for (int s = 0; s < batch.sequences().size(); s++) {
      for (int p = 0; p < batch.sequences().get(s).length; p++) {
        pairs.add(new int[] {s, p});
      }
    }
    return new RowSelection(
        layer,
        pairs.stream().mapToInt(pair -> pair[0]).toArray(),
        pairs.stream().mapToInt(pair -> pair[1]).toArray());
  }
}
