package ai.kale.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.kale.spi.tensor.Distributions;
import ai.kale.spi.tensor.LossTerm;
import ai.kale.spi.tensor.NamedTensor;
import ai.kale.spi.tensor.RowSelection;
import ai.kale.spi.tensor.RowTarget;
import ai.kale.spi.tensor.TensorEngine;
import ai.kale.spi.tensor.TensorModel;
import ai.kale.spi.tensor.TokenBatch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every {@link TensorEngine} must do in reading distributions and generating. */
public abstract class TensorReadingContract extends TensorEngineFixture {
  @Test
  void topTokensFallAndTheirTailIsTheRest() {
    try (TensorModel model = open(1)) {
      TokenBatch batch = batch(model, 5, 6, 3);
      RowSelection rows = new RowSelection(2, new int[] {1, 0}, new int[] {2, 5});
      int vocabulary = model.vocabularySize();
      Distributions whole = model.topK(batch, rows, vocabulary, 1.5);
      assertThat(whole.tailLogProbabilities()).containsOnly(Float.NEGATIVE_INFINITY);
      Distributions top = model.topK(batch, rows, 4, 1.5);
      for (int row = 0; row < 2; row++) {
        double tail = 0;
        for (int j = 0; j < vocabulary; j++) {
          int at = row * vocabulary + j;
          if (j < 4) {
            assertThat(top.ids()[row * 4 + j]).isEqualTo(whole.ids()[at]);
            assertThat(top.logProbabilities()[row * 4 + j]).isEqualTo(whole.logProbabilities()[at]);
          } else {
            tail += Math.exp(whole.logProbabilities()[at]);
          }
          if (j > 0) {
            assertThat(whole.logProbabilities()[at])
                .isLessThanOrEqualTo(whole.logProbabilities()[at - 1]);
          }
        }
        assertThat((double) top.tailLogProbabilities()[row])
            .isCloseTo(Math.log(tail), within(1e-4));
      }
    }
  }

  @Test
  void tiesAreInTheOrderOfTokenIds() {
    try (TensorModel model = open(1)) {
      for (String name : model.parameterNames()) {
        NamedTensor tensor = model.parameter(name);
        Arrays.fill(tensor.values(), tensor.shape().length == 1 ? 1 : 0.5f);
        model.setParameter(tensor);
      }
      TokenBatch batch = batch(model, 5, 3);
      RowSelection rows = new RowSelection(1, new int[] {0}, new int[] {2});
      assertThat(model.topK(batch, rows, 5, 1).ids()).containsExactly(0, 1, 2, 3, 4);
      assertThat(model.topK(batch, rows, model.vocabularySize(), 1).ids())
          .containsExactly(IntStream.range(0, model.vocabularySize()).toArray());
    }
  }

  @Test
  void temperatureDividesTheLogits() {
    try (TensorModel model = open(1)) {
      TokenBatch batch = batch(model, 5, 6, 3);
      RowSelection rows = allRows(batch, RowSelection.LAST_LAYER);
      double[][] plain = probabilities(model, batch, rows, 1);
      double[][] warm = probabilities(model, batch, rows, 2);
      for (int row = 0; row < plain.length; row++) {
        double[] roots = Arrays.stream(plain[row]).map(Math::sqrt).toArray();
        double sum = Arrays.stream(roots).sum();
        for (int v = 0; v < roots.length; v++) {
          assertThat(warm[row][v]).isCloseTo(roots[v] / sum, within(1e-5));
        }
        assertThat(Arrays.stream(plain[row]).sum()).isCloseTo(1, within(1e-5));
      }
    }
  }

  @Test
  void layersAreReadInOrderAndTheLastHasTwoNames() {
    try (TensorModel model = open(1)) {
      TokenBatch batch = batch(model, 5, 6, 3);
      int layers = model.layerCount();
      double[][] last = probabilities(model, batch, allRows(batch, RowSelection.LAST_LAYER), 1);
      assertThat(probabilities(model, batch, allRows(batch, layers), 1)).isDeepEqualTo(last);
      double[][] first = probabilities(model, batch, allRows(batch, 1), 1);
      assertThat(Arrays.deepEquals(first, last)).isFalse();
      for (String name : model.parameterNames()) {
        if (name.startsWith("model.layers." + (layers - 1) + ".")) {
          NamedTensor tensor = model.parameter(name);
          Arrays.fill(tensor.values(), 0.25f);
          model.setParameter(tensor);
        }
      }
      assertThat(probabilities(model, batch, allRows(batch, 1), 1)).isDeepEqualTo(first);
    }
  }

  @Test
  void logProbabilitiesAreThoseOfTheDistribution() {
    try (TensorModel model = open(1)) {
      TokenBatch batch = batch(model, 5, 6, 3);
      RowSelection rows = allRows(batch, 1);
      int[] targets = IntStream.range(0, rows.count()).map(i -> 3 * i % 20).toArray();
      double[][] whole = probabilities(model, batch, rows, 1);
      float[] logs = model.logProbabilities(batch, rows, targets);
      for (int i = 0; i < logs.length; i++) {
        assertThat(Math.exp(logs[i])).isCloseTo(whole[i][targets[i]], within(1e-6));
      }
    }
  }

  @Test
  void termsWithoutRowsAreZero() {
    try (TensorModel model = open(1)) {
      TokenBatch batch = batch(model, 6, 6);
      LossTerm empty =
          LossTerm.mean(
              "empty",
              new RowSelection(1, new int[0], new int[0]),
              new RowTarget.Tokens(new int[0]));
      assertThat(model.accumulate(batch, List.of(empty)).values()).containsExactly(0);
      double[] values =
          model.accumulate(batch, List.of(empty, answers(model, batch, 2), empty)).values();
      assertThat(values[0]).isZero();
      assertThat(values[1]).isPositive();
      assertThat(values[2]).isZero();
    }
  }

  @Test
  void generationEqualsStepByStepArgmaxAndDoesNotDependOnTheOthers() {
    try (TensorModel model = open(1)) {
      List<int[]> prompts = batch(model, 7, 9, 2, 5, 1, 14).sequences();
      List<int[]> together = model.generate(prompts, 8);
      for (int i = 0; i < prompts.size(); i++) {
        assertThat(together.get(i)).isEqualTo(uncached(model, prompts.get(i), 8));
        assertThat(model.generate(List.of(prompts.get(i)), 8).get(0)).isEqualTo(together.get(i));
      }
    }
  }

  private static int[] uncached(TensorModel model, int[] prompt, int count) {
    int[] sequence = prompt;
    for (int i = 0; i < count; i++) {
      RowSelection last =
          new RowSelection(RowSelection.LAST_LAYER, new int[] {0}, new int[] {sequence.length - 1});
      int next = model.topK(new TokenBatch(List.of(sequence)), last, 1, 1).ids()[0];
      sequence = Arrays.copyOf(sequence, sequence.length + 1);
      sequence[sequence.length - 1] = next;
    }
    return Arrays.copyOfRange(sequence, prompt.length, sequence.length);
  }

  @Test
  void generationEndsBeforeTheStopToken() {
    try (TensorModel model = open(1)) {
      List<int[]> prompts = new ArrayList<>(batch(model, 7, 9, 2, 5, 1, 14).sequences());
      List<int[]> full = model.generate(prompts, 6);
      int stop = full.get(2)[3];
      List<int[]> stopped = model.generate(prompts, 6, stop);
      for (int i = 0; i < full.size(); i++) {
        int[] expected = full.get(i);
        int end = 0;
        while (end < expected.length && expected[end] != stop) {
          end++;
        }
        assertThat(stopped.get(i)).isEqualTo(Arrays.copyOf(expected, end));
      }
      assertThat(model.generate(List.of(), 6, stop)).isEmpty();
    }
  }

  @Test
  void generationEndsBeforeTheFirstOfSeveralStopTokens() {
    try (TensorModel model = open(1)) {
      List<int[]> prompts = List.of(batch(model, 7, 9).sequences().get(0));
      int[] full = model.generate(prompts, 6).get(0);
      int never = 0;
      while (Arrays.binarySearch(Arrays.stream(full).sorted().toArray(), never) >= 0) {
        never++;
      }
      for (int last = 0; last < full.length; last++) {
        int first = 0;
        while (full[first] != full[last]) {
          first++;
        }
        int[] expected = Arrays.copyOf(full, first);
        assertThat(model.generate(prompts, 6, never, full[last]).get(0)).isEqualTo(expected);
        assertThat(model.generate(prompts, 6, full[last], never).get(0)).isEqualTo(expected);
      }
    }
  }
}
