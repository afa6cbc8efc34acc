package ai.kale.train.djl;

import ai.kale.spi.tensor.AdamW;
import ai.kale.spi.tensor.Distributions;
import ai.kale.spi.tensor.EngineOptions;
import ai.kale.spi.tensor.LossTerm;
import ai.kale.spi.tensor.NamedTensor;
import ai.kale.spi.tensor.RowSelection;
import ai.kale.spi.tensor.RowTarget;
import ai.kale.spi.tensor.SavedAdapter;
import ai.kale.spi.tensor.TensorModel;
import ai.kale.spi.tensor.TokenBatch;
import ai.kale.spi.tensor.TokenPredictor;
import ai.kale.train.checkpoint.DecoderConfig;
import ai.kale.train.checkpoint.DecoderInitializer;
import ai.kale.train.reference.ReferenceEngine;
import ai.kale.train.reference.ReferenceModel;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;

/** What the tests of adapters share. */
final class LoraFixture {
  static final DecoderConfig CONFIG = TestModels.tiny(true, false);
  static final TokenBatch BATCH = TestModels.batch(6, 11, 7, 1, 4);

  private LoraFixture() {}

  /** A base checkpoint. */
  static Path base(Path folder) {
    DecoderInitializer.create(folder, CONFIG, 3);
    return folder;
  }

  static List<LossTerm> terms() {
    RowSelection rows = new RowSelection(-1, new int[] {0, 0, 1, 2}, new int[] {5, 6, 0, 3});
    RowSelection bridge = new RowSelection(2, new int[] {0, 2}, new int[] {4, 1});
    return List.of(
        LossTerm.mean("answer", rows, new RowTarget.Tokens(new int[] {1, 2, 3, 4})),
        new LossTerm("bridge", bridge, new RowTarget.Tokens(new int[] {5, 6}), 0.7, 2));
  }

  /** Gives every adapter tensor random values, so that B is not zero. */
  static void shake(TensorModel model, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    for (String name : model.trainableParameterNames()) {
      NamedTensor tensor = model.parameter(name);
      for (int i = 0; i < tensor.values().length; i++) {
        tensor.values()[i] += (float) (0.2 * random.nextGaussian());
      }
      model.setParameter(tensor);
    }
  }

  /** The same base and adapter in double precision, through the files of the adapter. */
  static ReferenceModel reference(Path base, TensorModel model, Path adapter) {
    model.saveAdapter(adapter, "base");
    EngineOptions options = EngineOptions.cpu().withAdapter(new SavedAdapter(adapter));
    return (ReferenceModel) new ReferenceEngine().open(base, options);
  }

  static double train(TensorModel model, int steps) {
    double loss = 0;
    for (int i = 0; i < steps; i++) {
      loss = model.accumulate(BATCH, terms()).total();
      model.step(AdamW.withLearningRate(0.01));
    }
    return loss;
  }

  /** All log-probabilities of all positions. */
  static double[][] logits(TokenPredictor model) {
    RowSelection rows = TestModels.allRows(BATCH, RowSelection.LAST_LAYER);
    Distributions all = model.topK(BATCH, rows, CONFIG.vocabularySize(), 1);
    double[][] logits = new double[all.rows()][CONFIG.vocabularySize()];
    for (int i = 0; i < all.ids().length; i++) {
      logits[i / all.k()][all.ids()[i]] = all.logProbabilities()[i];
    }
    return logits;
  }

  static double largestDifference(double[][] a, double[][] b) {
    double worst = 0;
    for (int i = 0; i < a.length; i++) {
      for (int j = 0; j < a[i].length; j++) {
        worst = Math.max(worst, Math.abs(a[i][j] - b[i][j]));
      }
    }
    return worst;
  }
}
