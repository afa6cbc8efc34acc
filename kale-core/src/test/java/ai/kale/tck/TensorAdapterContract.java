package ai.kale.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.kale.error.InvalidInputException;
import ai.kale.error.SetupException;
import ai.kale.error.UnsupportedCapabilityException;
import ai.kale.spi.tensor.AdamW;
import ai.kale.spi.tensor.EngineOptions;
import ai.kale.spi.tensor.LoraSpec;
import ai.kale.spi.tensor.NamedTensor;
import ai.kale.spi.tensor.RowSelection;
import ai.kale.spi.tensor.TensorEngine;
import ai.kale.spi.tensor.TensorModel;
import ai.kale.spi.tensor.TokenBatch;
import ai.kale.spi.tensor.TokenPredictor;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** What every {@link TensorEngine} must do with a low-rank adapter; or it refuses adapters. */
public abstract class TensorAdapterContract extends TensorEngineFixture {
  static final String PREFIX = "base_model.model.";
  static final LoraSpec SPEC =
      LoraSpec.ofRank(3, 7).withAlpha(4.5).withTargetModules(List.of("q_proj", "v_proj"));

  final TensorModel adapted(LoraSpec spec) {
    return openIfSupported(1, EngineOptions.cpu().withAdapter(spec), "adapter");
  }

  /** An adapter with random values in both matrices. */
  final TensorModel shaken(LoraSpec spec) {
    TensorModel model = adapted(spec);
    SplittableRandom random = new SplittableRandom(3);
    for (String name : model.trainableParameterNames()) {
      NamedTensor tensor = model.parameter(name);
      for (int i = 0; i < tensor.values().length; i++) {
        tensor.values()[i] = (float) (0.3 * random.nextGaussian());
      }
      model.setParameter(tensor);
    }
    return model;
  }

  static double[][] read(TokenPredictor model) {
    TokenBatch batch = new TokenBatch(List.of(new int[] {1, 5, 3, 2, 9, 4}, new int[] {7, 0}));
    return probabilities(model, batch, allRows(batch, RowSelection.LAST_LAYER), 1);
  }

  static TokenPredictor base(TensorModel model) {
    return model.base().orElseThrow(() -> new AssertionError("a model with an adapter has a base"));
  }

  @Test
  void aNewAdapterBeginsEqualToItsBase() {
    try (TensorModel model = adapted(SPEC);
        TensorModel plain = open(1)) {
      assertThat(read(model)).isDeepEqualTo(read(plain));
      assertThat(read(base(model))).isDeepEqualTo(read(plain));
      assertThat(plain.base()).isEmpty();
    }
  }

  @Test
  void namesAndShapesArePefts() {
    try (TensorModel model = adapted(SPEC);
        TensorModel plain = open(1)) {
      List<String> expected = new ArrayList<>(plain.parameterNames());
      assertThat(model.parameterNames()).startsWith(expected.toArray(String[]::new));
      List<String> trained = model.trainableParameterNames();
      expected.addAll(trained);
      assertThat(model.parameterNames()).isEqualTo(expected);
      List<String> wanted = new ArrayList<>();
      for (String name : plain.parameterNames()) {
        if (name.endsWith("q_proj.weight") || name.endsWith("v_proj.weight")) {
          String module = PREFIX + name.substring(0, name.lastIndexOf('.'));
          long[] shape = plain.parameter(name).shape();
          assertThat(model.parameter(module + ".lora_A.weight").shape())
              .containsExactly(3, shape[1]);
          assertThat(model.parameter(module + ".lora_B.weight").shape())
              .containsExactly(shape[0], 3);
          wanted.add(module + ".lora_A.weight");
          wanted.add(module + ".lora_B.weight");
        }
      }
      assertThat(trained).containsExactlyInAnyOrderElementsOf(wanted);
    }
  }

  @Test
  void aBeginsUniformAndFollowsItsSeedWhileBIsZero() {
    try (TensorModel model = adapted(SPEC);
        TensorModel same = adapted(SPEC);
        TensorModel other =
            adapted(LoraSpec.ofRank(3, 8).withTargetModules(SPEC.targetModules()))) {
      for (String name : model.trainableParameterNames()) {
        NamedTensor tensor = model.parameter(name);
        assertThat(same.parameter(name).values()).isEqualTo(tensor.values());
        if (name.endsWith("lora_B.weight")) {
          assertThat(tensor.values()).containsOnly(0);
        } else {
          double bound = 1 / Math.sqrt((double) tensor.shape()[1]);
          float largest = 0;
          for (float value : tensor.values()) {
            largest = Math.max(largest, Math.abs(value));
          }
          assertThat((double) largest).isBetween(bound / 2, bound + 1e-6);
          assertThat(other.parameter(name).values()).isNotEqualTo(tensor.values());
        }
      }
    }
  }

  @Test
  void onlyTheAdapterLearns() {
    try (TensorModel model = adapted(SPEC);
        TensorModel plain = open(1)) {
      List<float[]> fresh = trained(model);
      train(model, 0, 3);
      for (String name : plain.parameterNames()) {
        assertThat(model.parameter(name).values()).isEqualTo(plain.parameter(name).values());
        assertThatThrownBy(() -> model.gradient(name))
            .isInstanceOf(InvalidInputException.class)
            .hasMessageContaining(name);
      }
      List<float[]> now = trained(model);
      for (int i = 0; i < now.size(); i++) {
        assertThat(now.get(i)).isNotEqualTo(fresh.get(i));
      }
    }
  }

  static List<float[]> trained(TensorModel model) {
    return model.trainableParameterNames().stream()
        .map(name -> model.parameter(name).values())
        .toList();
  }

  @Test
  void theBaseDoesNotLearnAndReadingItDisturbsNothing() {
    try (TensorModel model = adapted(SPEC);
        TensorModel alone = adapted(SPEC);
        TensorModel plain = open(1)) {
      TokenPredictor base = base(model);
      train(model, 0, 2);
      TokenBatch batch = batch(model, 3, 6);
      model.accumulate(batch, List.of(answers(model, batch, 2)));
      assertThat(read(base)).isDeepEqualTo(read(plain));
      assertThat(read(base(model))).isDeepEqualTo(read(plain));
      assertThat(base.generate(List.of(new int[] {1, 2}), 5).get(0))
          .isEqualTo(plain.generate(List.of(new int[] {1, 2}), 5).get(0));
      RowSelection rows = allRows(batch, 1);
      int[] targets = batch.sequences().get(0);
      assertThat(base.logProbabilities(batch, rows, targets))
          .isEqualTo(plain.logProbabilities(batch, rows, targets));
      assertThat(base.vocabularySize()).isEqualTo(plain.vocabularySize());
      assertThat(base.maxPositions()).isEqualTo(plain.maxPositions());
      assertThat(read(model)[3]).isNotEqualTo(read(plain)[3]);
      train(alone, 0, 2);
      alone.accumulate(batch, List.of(answers(model, batch, 2)));
      assertSame(gradients(model), gradients(alone));
    }
  }

  @Test
  void theGradientOfAnAdapterIsTheSlopeOfTheLoss() {
    try (TensorModel model = shaken(SPEC)) {
      TokenBatch batch = batch(model, 3, 6, 9);
      model.accumulate(batch, List.of(answers(model, batch, 4)));
      List<float[]> gradient = gradients(model);
      assertThat(gradient).allMatch(values -> squares(List.of(values)) > 0);
      double unit = 0.002 / Math.sqrt(squares(gradient));
      move(model, unit, gradient);
      double above = model.evaluate(batch, List.of(answers(model, batch, 4))).total();
      move(model, -2 * unit, gradient);
      double below = model.evaluate(batch, List.of(answers(model, batch, 4))).total();
      assertThat((above - below) / (2 * unit * squares(gradient))).isCloseTo(1, within(0.01));
    }
  }

  @Test
  void aStepWithoutGradientsDecaysTheAdapterOnly() {
    try (TensorModel model = shaken(SPEC)) {
      List<float[]> before = trained(model);
      assertThat(model.step(new AdamW(0.5, 0.9, 0.98, 1e-8, 0.5, 1))).isZero();
      List<float[]> after = trained(model);
      for (int i = 0; i < after.size(); i++) {
        float[] expected = before.get(i).clone();
        for (int j = 0; j < expected.length; j++) {
          expected[j] *= 0.75f;
        }
        assertThat(after.get(i)).containsExactly(expected, within(1e-6f));
      }
      try (TensorModel plain = open(1)) {
        assertThat(read(base(model))).isDeepEqualTo(read(plain));
      }
    }
  }

  @Test
  void targetsAreEndsOrOneExpressionForTheWholePath() {
    LoraSpec first = SPEC.withTargetModules(List.of("model\\.layers\\.0\\..*(q|v)_proj"));
    try (TensorModel model = adapted(first)) {
      assertThat(model.trainableParameterNames())
          .hasSize(4)
          .allMatch(name -> name.startsWith(PREFIX + "model.layers.0.self_attn."));
    }
    String whole = "model.layers.1.self_attn.v_proj";
    try (TensorModel model = adapted(SPEC.withTargetModules(List.of(whole)))) {
      assertThat(model.trainableParameterNames())
          .containsExactly(PREFIX + whole + ".lora_A.weight", PREFIX + whole + ".lora_B.weight");
    }
  }

  @Test
  void targetsThatNameNothingAreRefused() {
    adapted(SPEC).close();
    for (String target : List.of("abacus", "_proj", "(q|v)_proj", "model\\.layers\\.(")) {
      LoraSpec spec = SPEC.withTargetModules(List.of(target));
      assertThatThrownBy(() -> open(1, EngineOptions.cpu().withAdapter(spec)))
          .isInstanceOf(SetupException.class)
          .hasMessageContaining(target);
    }
  }

  @Test
  void withoutAnAdapterThereIsNoneToSave() {
    try (TensorModel model = open(1)) {
      assertThat(model.trainableParameterNames()).isEqualTo(model.parameterNames());
      assertThatThrownBy(() -> model.saveAdapter(folder.resolve("adapter"), "base"))
          .isInstanceOf(UnsupportedCapabilityException.class)
          .hasMessageContaining("adapter");
      assertThat(folder.resolve("adapter")).doesNotExist();
    }
  }

  @Test
  void theBaseEndsWithItsModel() {
    TensorModel model = adapted(SPEC);
    TokenPredictor base = base(model);
    model.close();
    assertThatThrownBy(() -> read(base)).isInstanceOf(IllegalStateException.class);
  }
}
