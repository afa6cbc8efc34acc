package ai.kale.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.kale.error.CorruptFileException;
import ai.kale.error.InvalidInputException;
import ai.kale.error.SetupException;
import ai.kale.error.UnsupportedCapabilityException;
import ai.kale.spi.tensor.AdamW;
import ai.kale.spi.tensor.Distributions;
import ai.kale.spi.tensor.Divergence;
import ai.kale.spi.tensor.EngineOptions;
import ai.kale.spi.tensor.LossTerm;
import ai.kale.spi.tensor.RowSelection;
import ai.kale.spi.tensor.RowTarget;
import ai.kale.spi.tensor.TensorEngine;
import ai.kale.spi.tensor.TensorModel;
import ai.kale.spi.tensor.TokenBatch;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every {@link TensorEngine} must refuse, and how. */
public abstract class TensorRefusalContract extends TensorEngineFixture {
  @Test
  void argumentsOutOfRangeAreNamed() {
    try (TensorModel model = open(1)) {
      int vocabulary = model.vocabularySize();
      TokenBatch good = batch(model, 8, 4, 3);
      refused("sequence 1, position 1", () -> run(model, tokens(1, vocabulary), 1, 0, 0, 1));
      refused("-7", () -> run(model, tokens(1, -7), 1, 0, 0, 1));
      refused("layer " + (model.layerCount() + 1), () -> run(model, good, 99, 0, 0, 1));
      refused("sequence 2", () -> run(model, good, 1, 2, 0, 1));
      refused("position 3", () -> run(model, good, 1, 1, 3, 1));
      refused("token id " + vocabulary, () -> run(model, good, 1, 0, 0, vocabulary));
      refused("no loss terms", () -> model.evaluate(good, List.of()));
      refused("k = 0", () -> model.topK(good, new RowSelection(1, new int[1], new int[1]), 0, 1));
      refused("1 rows", () -> model.logProbabilities(good, row(), new int[2]));
      refused("temperature", () -> model.topK(good, row(), 1, Double.NaN));
      refused("maxNewTokens", () -> model.generate(List.of(new int[] {1}), 0));
      refused("stop token", () -> model.generate(List.of(new int[] {1}), 1, vocabulary));
      refused("prompt 0", () -> model.generate(List.of(new int[1]), model.maxPositions()));
      refused("sequence 0", () -> model.generate(List.of(new int[0]), 1));
      refused(
          "sequence 0",
          () -> run(model, new TokenBatch(List.of(new int[model.maxPositions() + 1])), 1, 0, 0, 1));
      refused("comes twice", () -> match(model, good, new int[] {3, 3}, new float[] {-1, -1}));
      refused("token id -1", () -> match(model, good, new int[] {3, -1}, new float[] {-1, -1}));
      refused("probability", () -> match(model, good, new int[] {3, 4}, new float[] {-1, 2}));
      refused("probability", () -> match(model, good, new int[] {3, 4}, new float[] {-1, 0f / 0}));
      assertThat(model.step(AdamW.withLearningRate(0.1))).isZero();
    }
  }

  private static TokenBatch tokens(int... sequence) {
    return new TokenBatch(List.of(new int[] {0}, sequence));
  }

  private static RowSelection row() {
    return new RowSelection(1, new int[1], new int[1]);
  }

  private static void run(
      TensorModel model, TokenBatch batch, int layer, int sequence, int position, int target) {
    int wanted = layer == 99 ? model.layerCount() + 1 : layer;
    RowSelection rows = new RowSelection(wanted, new int[] {sequence}, new int[] {position});
    model.accumulate(
        batch, List.of(LossTerm.mean("t", rows, new RowTarget.Tokens(new int[] {target}))));
  }

  private static void match(TensorModel model, TokenBatch batch, int[] ids, float[] logs) {
    Distributions q = new Distributions(1, ids.length, ids, logs, new float[] {-1});
    RowTarget target = new RowTarget.Match(Divergence.REVERSE_KL, 1, q);
    model.accumulate(batch, List.of(LossTerm.mean("t", row(), target)));
  }

  private static void refused(String message, Runnable call) {
    assertThatThrownBy(call::run)
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(message);
  }

  @Test
  void openingRefusesWhatItCannotRead() throws Exception {
    assertThatThrownBy(() -> engine().open(folder.resolve("nothing"), EngineOptions.cpu()))
        .isInstanceOf(SetupException.class)
        .hasMessageContaining("nothing");
    assertThatThrownBy(() -> engine().open(folder, EngineOptions.cpu()))
        .isInstanceOf(SetupException.class)
        .hasMessageContaining("config.json");
    writeCheckpoint(folder, 1);
    assertThatThrownBy(() -> engine().open(folder, EngineOptions.cpu().withDevice("abacus:0")))
        .isInstanceOf(UnsupportedCapabilityException.class)
        .hasMessageContaining("abacus:0");
    Files.write(folder.resolve("model.safetensors"), new byte[] {1, 2, 3});
    assertThatThrownBy(() -> engine().open(folder, EngineOptions.cpu()))
        .isInstanceOf(CorruptFileException.class)
        .hasMessageContaining("model.safetensors");
  }

  @Test
  void optimizerStateOfAnotherKindIsRefused() throws Exception {
    try (TensorModel model = open(1)) {
      model.save(folder.resolve("saved"));
      assertThatThrownBy(() -> model.loadOptimizer(folder.resolve("saved/model.safetensors")))
          .isInstanceOf(CorruptFileException.class)
          .hasMessageContaining("model.safetensors");
    }
  }
}
