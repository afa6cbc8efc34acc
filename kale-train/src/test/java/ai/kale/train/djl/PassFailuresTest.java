package ai.kale.train.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.kale.error.InvalidInputException;
import ai.kale.spi.tensor.Distributions;
import ai.kale.spi.tensor.Divergence;
import ai.kale.spi.tensor.LossTerm;
import ai.kale.spi.tensor.RowSelection;
import ai.kale.spi.tensor.RowTarget;
import ai.kale.spi.tensor.TensorModel;
import ai.kale.spi.tensor.TokenBatch;
import ai.kale.train.checkpoint.DecoderConfig;
import java.util.AbstractList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Passes that are too large, fail half-way or meet a model that is being closed. */
class PassFailuresTest {
  /** Terms that can be gone through in order, and do something else when asked for by number. */
  private static List<LossTerm> terms(List<LossTerm> terms, Supplier<LossTerm> byNumber) {
    return new AbstractList<>() {
      @Override
      public LossTerm get(int index) {
        return byNumber.get();
      }

      @Override
      public Iterator<LossTerm> iterator() {
        return terms.iterator();
      }

      @Override
      public int size() {
        return terms.size();
      }
    };
  }

  private static RowSelection rows(int count) {
    return new RowSelection(RowSelection.LAST_LAYER, new int[count], new int[count]);
  }

  private static List<LossTerm> answer() {
    return List.of(LossTerm.mean("ce", rows(1), new RowTarget.Tokens(new int[] {3})));
  }

  @Test
  void whateverEndsAPassItLeavesNoHalfOfItsGradient() {
    TokenBatch batch = TestModels.batch(1, 11, 5);
    try (TensorModel model = TestModels.open(TestModels.tiny(false, false), 1)) {
      List<LossTerm> failing =
          terms(
              answer(),
              () -> {
                throw new UnsupportedOperationException("after the pass");
              });
      model.accumulate(batch, answer());
      assertThatThrownBy(() -> model.evaluate(batch, failing)).hasMessage("after the pass");
      assertThat(model.gradient("model.norm.weight").values()).isNotEqualTo(new float[8]);
      assertThatThrownBy(() -> model.accumulate(batch, failing)).hasMessage("after the pass");
      for (String name : model.trainableParameterNames()) {
        assertThat(model.gradient(name).values()).containsOnly(0);
      }
    }
  }

  @Test
  void argumentsThatAreRefusedLeaveTheGradient() {
    TokenBatch batch = TestModels.batch(1, 11, 5);
    try (TensorModel model = TestModels.open(TestModels.tiny(false, false), 1)) {
      model.accumulate(batch, answer());
      float[] before = model.gradient("model.norm.weight").values();
      assertThatThrownBy(() -> model.accumulate(batch, List.of()))
          .isInstanceOf(InvalidInputException.class);
      assertThat(model.gradient("model.norm.weight").values()).isEqualTo(before);
    }
  }

  @Test
  void aModelThatIsClosedDuringACallSaysSo() {
    TokenBatch batch = TestModels.batch(1, 11, 5);
    try (TensorModel model = TestModels.open(TestModels.tiny(false, false), 1)) {
      Runnable close = model::close;
      List<int[]> closing =
          new AbstractList<>() {
            @Override
            public int[] get(int index) {
              close.run();
              return batch.sequences().get(index);
            }

            @Override
            public int size() {
              return 1;
            }
          };
      assertThatThrownBy(() -> model.generate(closing, 2))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("the model is closed");
    }
  }

  @Test
  void moreEntriesThanAnArrayHoldsAreRefusedBeforeThePass() {
    int vocabulary = 1 << 17;
    TokenBatch batch = TestModels.batch(1, 11, 5);
    int rows = 64;
    float[] logs = new float[rows * vocabulary];
    Distributions q =
        new Distributions(rows, vocabulary, new int[logs.length], logs, new float[rows]);
    RowTarget match = new RowTarget.Match(Divergence.FORWARD_KL, 1, q);
    List<LossTerm> terms = Collections.nCopies(64, LossTerm.mean("t", rows(rows), match));
    try (TensorModel model = TestModels.open(DecoderConfig.small(vocabulary, 4, 4, 1, 1, 16), 1)) {
      assertThatThrownBy(() -> model.topK(batch, rows(4096), vocabulary, 1))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("rows × k = 536870912")
          .hasMessageContaining("lower microBatch or k");
      assertThatThrownBy(() -> model.accumulate(batch, terms))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("rows × k = 536870912");
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1, 1e-320, 9e-7, 1.1e6, Double.POSITIVE_INFINITY, Double.NaN})
  void temperaturesThatLeaveNoFiniteLogitsAreRefusedAlikeInReadingAndTraining(double temperature) {
    Distributions q =
        new Distributions(1, 1, new int[1], new float[] {-1}, new float[] {-0.4586751f});
    assertThatThrownBy(() -> new RowTarget.Match(Divergence.FORWARD_KL, temperature, q))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("1.0E-6 to 1000000.0");
    try (TensorModel model = TestModels.open(TestModels.tiny(false, false), 1)) {
      assertThatThrownBy(() -> model.topK(TestModels.batch(1, 11, 5), rows(1), 2, temperature))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("temperature must lie in");
    }
  }

  @Test
  void theOutermostTemperaturesGiveFiniteNumbers() {
    try (TensorModel model = TestModels.open(TestModels.tiny(false, false), 1)) {
      for (double temperature : new double[] {1e-6, 1e6}) {
        Distributions found = model.topK(TestModels.batch(1, 11, 5), rows(1), 11, temperature);
        assertThat(found.logProbabilities()).doesNotContain(Float.NaN, Float.NEGATIVE_INFINITY);
      }
    }
  }
}
