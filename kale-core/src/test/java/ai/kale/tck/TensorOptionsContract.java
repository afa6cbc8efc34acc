package ai.kale.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.kale.spi.tensor.AdamW;
import ai.kale.spi.tensor.EngineOptions;
import ai.kale.spi.tensor.LoraSpec;
import ai.kale.spi.tensor.LossTerm;
import ai.kale.spi.tensor.NamedTensor;
import ai.kale.spi.tensor.Precision;
import ai.kale.spi.tensor.RowSelection;
import ai.kale.spi.tensor.RowTarget;
import ai.kale.spi.tensor.TensorEngine;
import ai.kale.spi.tensor.TensorModel;
import ai.kale.spi.tensor.TokenBatch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The options of every {@link TensorEngine}: each does what it says, or is refused by its name. */
public abstract class TensorOptionsContract extends TensorEngineFixture {
  private static final LoraSpec SPEC =
      LoraSpec.ofRank(3, 7).withTargetModules(List.of("q_proj", "v_proj"));

  private static List<LossTerm> terms(TokenBatch batch, int vocabulary) {
    List<LossTerm> terms = new ArrayList<>();
    for (int layer : new int[] {1, RowSelection.LAST_LAYER}) {
      RowSelection rows = allRows(batch, layer);
      int[] targets = new int[rows.count()];
      for (int i = 0; i < targets.length; i++) {
        targets[i] = (7 * i + layer + 1) % vocabulary;
      }
      terms.add(LossTerm.mean("layer " + layer, rows, new RowTarget.Tokens(targets)));
    }
    return terms;
  }

  private void changesNothing(EngineOptions plain, EngineOptions options, String option) {
    try (TensorModel model = openIfSupported(1, options, option);
        TensorModel expected = open(1, plain)) {
      for (int pass = 1; pass <= 2; pass++) {
        TokenBatch batch = batch(model, pass, 9, 3, 14);
        List<LossTerm> terms = terms(batch, model.vocabularySize());
        assertThat(model.accumulate(batch, terms).values())
            .containsExactly(expected.accumulate(batch, terms).values(), within(1e-5));
        assertThat(squares(gradients(expected))).isPositive();
        assertClose(gradients(model), gradients(expected), 1e-5);
      }
      model.step(AdamW.withLearningRate(0.001));
      expected.step(AdamW.withLearningRate(0.001));
      TokenBatch batch = batch(model, 3, 9, 3, 14);
      List<LossTerm> terms = terms(batch, model.vocabularySize());
      assertThat(model.evaluate(batch, terms).values())
          .containsExactly(expected.evaluate(batch, terms).values(), within(1e-4));
    }
  }

  @Test
  void activationCheckpointingChangesNothing() {
    EngineOptions plain = EngineOptions.cpu();
    changesNothing(plain, plain.withActivationCheckpointing(true), "heckpointing");
  }

  @Test
  void activationCheckpointingChangesNothingWithAnAdapter() {
    EngineOptions plain = EngineOptions.cpu().withAdapter(SPEC);
    openIfSupported(1, plain, "adapter").close();
    changesNothing(plain, plain.withActivationCheckpointing(true), "heckpointing");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 5, 1000})
  void theNumberOfLogitRowsChangesNothing(int rows) {
    EngineOptions plain = EngineOptions.cpu();
    changesNothing(plain, plain.withLogitRows(rows), "ogitRows");
  }

  @Test
  void bothTogetherChangeNothing() {
    EngineOptions plain = EngineOptions.cpu();
    changesNothing(plain, plain.withLogitRows(4).withActivationCheckpointing(true), "heckpointing");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void theWayBackSeesTheSameDropout(boolean checkpointing) {
    EngineOptions options =
        EngineOptions.cpu()
            .withAdapter(SPEC.withDropout(0.5))
            .withActivationCheckpointing(checkpointing);
    List<float[]> gradient;
    try (TensorModel model = shaken(options)) {
      firstPass(model);
      gradient = gradients(model);
    }
    double unit = 0.002 / Math.sqrt(squares(gradient));
    double slope = 0;
    for (int side : new int[] {1, -1}) {
      try (TensorModel moved = shaken(options)) {
        move(moved, side * unit, gradient);
        slope += side * firstPass(moved);
      }
    }
    assertThat(slope / (2 * unit * squares(gradient))).isCloseTo(1, within(0.01));
  }

  /** The loss of a pass with dropout; the first pass after opening has the same random numbers. */
  private static double firstPass(TensorModel model) {
    TokenBatch batch = batch(model, 5, 9, 3, 14);
    return model.accumulate(batch, terms(batch, model.vocabularySize())).total();
  }

  private TensorModel shaken(EngineOptions options) {
    TensorModel model = openIfSupported(1, options, "ropout");
    for (String name : model.trainableParameterNames()) {
      NamedTensor tensor = model.parameter(name);
      for (int i = 0; i < tensor.values().length; i++) {
        tensor.values()[i] += (i % 5 - 2) * 0.1f;
      }
      model.setParameter(tensor);
    }
    return model;
  }

  @Test
  void dropoutIsForTrainingPassesOnly() {
    EngineOptions plain = EngineOptions.cpu().withAdapter(SPEC);
    try (TensorModel model = shaken(EngineOptions.cpu().withAdapter(SPEC.withDropout(0.5)));
        TensorModel without = shaken(plain)) {
      TokenBatch batch = batch(model, 5, 9, 3, 14);
      List<LossTerm> terms = terms(batch, model.vocabularySize());
      assertThat(model.evaluate(batch, terms).values())
          .isEqualTo(without.evaluate(batch, terms).values());
      double first = model.accumulate(batch, terms).total();
      assertThat(model.accumulate(batch, terms).total()).isNotEqualTo(first);
      assertThat(first).isNotEqualTo(without.evaluate(batch, terms).total());
      RowSelection rows = allRows(batch, 1);
      assertThat(probabilities(model, batch, rows, 1))
          .isDeepEqualTo(probabilities(without, batch, rows, 1));
      assertThat(model.generate(batch.sequences(), 4).get(0))
          .isEqualTo(without.generate(batch.sequences(), 4).get(0));
    }
  }

  /**
   * Where B is 0, its gradient is linear in the inputs: the mean over many masks is that of none.
   */
  @Test
  void dropoutKeepsTheMeanOfItsInputs() {
    EngineOptions plain = EngineOptions.cpu().withAdapter(SPEC);
    EngineOptions dropping = EngineOptions.cpu().withAdapter(SPEC.withDropout(0.4));
    try (TensorModel model = openIfSupported(1, dropping, "ropout");
        TensorModel without = open(1, plain)) {
      TokenBatch batch = batch(model, 5, 9, 3, 14);
      List<LossTerm> terms = terms(batch, model.vocabularySize());
      int passes = 100;
      for (int i = 0; i < passes; i++) {
        model.accumulate(batch, terms);
      }
      without.accumulate(batch, terms);
      List<float[]> mean = gradients(model);
      mean.forEach(
          values -> {
            for (int i = 0; i < values.length; i++) {
              values[i] /= passes;
            }
          });
      assertClose(mean, gradients(without), 0.25);
    }
  }

  @Test
  void halfPrecisionReadsAndLearnsAlmostTheSame() {
    EngineOptions half = EngineOptions.cpu().withPrecision(Precision.BF16);
    try (TensorModel model = openIfSupported(1, half, "BF16");
        TensorModel full = open(1)) {
      TokenBatch batch = batch(model, 5, 9, 14);
      RowSelection rows = allRows(batch, RowSelection.LAST_LAYER);
      double[][] found = probabilities(model, batch, rows, 1);
      double[][] expected = probabilities(full, batch, rows, 1);
      assertThat(Arrays.deepEquals(found, expected)).as("computed in 32 bits").isFalse();
      for (int i = 0; i < found.length; i++) {
        assertThat(found[i]).containsExactly(expected[i], within(0.05));
      }
      List<LossTerm> terms = terms(batch, model.vocabularySize());
      double before = model.evaluate(batch, terms).total();
      for (int i = 0; i < 10; i++) {
        model.accumulate(batch, terms);
        assertThat(model.step(AdamW.withLearningRate(0.005))).isFinite().isPositive();
      }
      assertThat(model.evaluate(batch, terms).total()).isLessThan(0.9 * before);
    }
  }
}
