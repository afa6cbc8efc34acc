package ai.kale.train.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.kale.error.CorruptFileException;
import ai.kale.error.InvalidInputException;
import ai.kale.error.SetupException;
import ai.kale.error.UnsupportedCapabilityException;
import ai.kale.spi.tensor.AdamW;
import ai.kale.spi.tensor.Distributions;
import ai.kale.spi.tensor.Divergence;
import ai.kale.spi.tensor.EngineOptions;
import ai.kale.spi.tensor.LossTerm;
import ai.kale.spi.tensor.NamedTensor;
import ai.kale.spi.tensor.RowSelection;
import ai.kale.spi.tensor.RowTarget;
import ai.kale.spi.tensor.StepLosses;
import ai.kale.spi.tensor.TensorEngine;
import ai.kale.spi.tensor.TensorModel;
import ai.kale.spi.tensor.TokenBatch;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What every {@link TensorEngine} must do, whatever computes it. A subclass gives the engine and a
 * small checkpoint: at least 20 token ids, at least 2 layers, at least 48 positions.
 */
public abstract class TensorEngineContract {
  @SuppressWarnings("NullAway.Init")
  @TempDir
  Path folder;

  /** The engine under test. */
  protected abstract TensorEngine engine();

  /**
   * Writes a small checkpoint.
   *
   * @param folder where to
   * @param seed of its weights
   */
  protected abstract void writeCheckpoint(Path folder, long seed);

  private TensorModel open(long seed) {
    Path checkpoint = folder.resolve("seed-" + seed);
    writeCheckpoint(checkpoint, seed);
    return engine().open(checkpoint, EngineOptions.cpu());
  }

  private static TokenBatch batch(TensorModel model, long seed, int... lengths) {
    SplittableRandom random = new SplittableRandom(seed);
    return new TokenBatch(
        Arrays.stream(lengths)
            .mapToObj(length -> random.ints(length, 0, model.vocabularySize()).toArray())
            .toList());
  }

  /** The last two positions of each sequence, with the last two ids of the vocabulary. */
  private static LossTerm answers(TensorModel model, TokenBatch batch, double divisor) {
    int count = 2 * batch.sequences().size();
    int[] sequences = IntStream.range(0, count).map(i -> i / 2).toArray();
    int[] positions =
        IntStream.range(0, count)
            .map(i -> batch.sequences().get(i / 2).length - 2 + i % 2)
            .toArray();
    int[] tokens = IntStream.range(0, count).map(i -> model.vocabularySize() - 1 - i % 2).toArray();
    return new LossTerm(
        "answer",
        new RowSelection(RowSelection.LAST_LAYER, sequences, positions),
        new RowTarget.Tokens(tokens),
        1,
        divisor);
  }

  private static List<float[]> gradients(TensorModel model) {
    return model.parameterNames().stream().map(name -> model.gradient(name).values()).toList();
  }

  private static List<float[]> parameters(TensorModel model) {
    return model.parameterNames().stream().map(name -> model.parameter(name).values()).toList();
  }

  private static void assertSame(List<float[]> one, List<float[]> other) {
    for (int i = 0; i < one.size(); i++) {
      assertThat(one.get(i)).isEqualTo(other.get(i));
    }
  }

  private static double train(TensorModel model, int from, int to) {
    double loss = 0;
    for (int i = from; i < to; i++) {
      TokenBatch batch = batch(model, i, 5, 9);
      loss = model.accumulate(batch, List.of(answers(model, batch, 4))).total();
      model.step(AdamW.withLearningRate(0.01));
    }
    return loss;
  }

  @Test
  void halfBatchesAccumulateToTheWhole() {
    try (TensorModel model = open(1)) {
      TokenBatch whole = batch(model, 2, 6, 9, 4, 12);
      double loss = model.accumulate(whole, List.of(answers(model, whole, 8))).total();
      List<float[]> expected = gradients(model);
      model.zeroGradients();
      double sum = 0;
      for (int i = 0; i < 4; i += 2) {
        TokenBatch half = new TokenBatch(whole.sequences().subList(i, i + 2));
        sum += model.accumulate(half, List.of(answers(model, half, 8))).total();
      }
      assertThat(sum).isCloseTo(loss, within(1e-5));
      List<float[]> found = gradients(model);
      for (int i = 0; i < found.size(); i++) {
        assertThat(found.get(i)).containsExactly(expected.get(i), within(1e-5f));
      }
    }
  }

  @Test
  void paddingChangesNothing() {
    try (TensorModel model = open(1)) {
      TokenBatch together = batch(model, 3, 4, 17, 9);
      for (int s = 0; s < 3; s++) {
        int[] sequence = together.sequences().get(s);
        int[] at = new int[sequence.length];
        int[] positions = IntStream.range(0, sequence.length).toArray();
        float[] alone =
            model.logProbabilities(
                new TokenBatch(List.of(sequence)), new RowSelection(1, at, positions), sequence);
        Arrays.fill(at, s);
        assertThat(model.logProbabilities(together, new RowSelection(1, at, positions), sequence))
            .containsExactly(alone, within(1e-5f));
      }
    }
  }

  @Test
  void resultsRepeatBitForBit() {
    try (TensorModel one = open(1);
        TensorModel other = open(1)) {
      assertThat(train(one, 0, 5)).isEqualTo(train(other, 0, 5));
      assertSame(parameters(one), parameters(other));
    }
  }

  @Test
  void stepReturnsTheNormAndClearsGradients() {
    try (TensorModel model = open(1)) {
      TokenBatch batch = batch(model, 4, 8);
      StepLosses losses = model.accumulate(batch, List.of(answers(model, batch, 2)));
      assertThat(losses.tokens()).isEqualTo(8);
      double squares = 0;
      for (float[] gradient : gradients(model)) {
        for (float value : gradient) {
          squares += (double) value * value;
        }
      }
      double norm = model.step(AdamW.withLearningRate(0.01));
      assertThat(norm).isCloseTo(Math.sqrt(squares), within(1e-4 * norm));
      gradients(model).forEach(gradient -> assertThat(gradient).containsOnly(0));
      assertThat(model.step(AdamW.withLearningRate(0.01))).isZero();
    }
  }

  @Test
  void aNormThatIsNotFiniteChangesNoParameter() {
    try (TensorModel model = open(1)) {
      train(model, 0, 2);
      List<float[]> before = parameters(model);
      TokenBatch batch = batch(model, 4, 8);
      LossTerm huge =
          new LossTerm(
              "huge",
              answers(model, batch, 2).rows(),
              answers(model, batch, 2).target(),
              Double.MAX_VALUE,
              1e-300);
      model.accumulate(batch, List.of(huge));
      assertThat(model.step(AdamW.withLearningRate(0.01))).isNotFinite();
      assertSame(parameters(model), before);
      gradients(model).forEach(gradient -> assertThat(gradient).containsOnly(0));
    }
  }

  @Test
  void saveAndOpenGiveTheSameModel() {
    try (TensorModel model = open(1)) {
      train(model, 0, 3);
      Path saved = folder.resolve("saved");
      model.save(saved);
      model.save(saved);
      try (TensorModel again = engine().open(saved, EngineOptions.cpu())) {
        assertSame(parameters(again), parameters(model));
        assertThat(again.maxPositions()).isEqualTo(model.maxPositions());
        TokenBatch batch = batch(model, 9, 7);
        List<LossTerm> terms = List.of(answers(model, batch, 2));
        assertThat(again.evaluate(batch, terms).values())
            .isEqualTo(model.evaluate(batch, terms).values());
      }
    }
  }

  @Test
  void trainingContinuesFromSavedStateBitForBit() {
    try (TensorModel model = open(1)) {
      train(model, 0, 3);
      model.save(folder.resolve("saved"));
      model.saveOptimizer(folder.resolve("optimizer"));
      double expected = train(model, 3, 6);
      try (TensorModel again = engine().open(folder.resolve("saved"), EngineOptions.cpu())) {
        again.loadOptimizer(folder.resolve("optimizer"));
        assertThat(train(again, 3, 6)).isEqualTo(expected);
        assertSame(parameters(again), parameters(model));
      }
    }
  }

  @Test
  void copiesAreIndependent() {
    try (TensorModel model = open(1)) {
      train(model, 0, 2);
      List<float[]> before = parameters(model);
      try (TensorModel copy = model.copy()) {
        assertSame(parameters(copy), before);
        gradients(copy).forEach(gradient -> assertThat(gradient).containsOnly(0));
        train(copy, 2, 4);
        assertSame(parameters(model), before);
      }
      assertThat(train(model, 2, 3)).isFinite();
    }
  }

  @Test
  void aCopyOutlivesItsOriginal() {
    TensorModel model = open(1);
    try (TensorModel copy = model.copy()) {
      model.close();
      model.close();
      assertThat(train(copy, 0, 1)).isFinite();
      assertThatThrownBy(() -> model.generate(List.of(new int[] {1}), 1, -1))
          .isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void setParameterReplacesValues() {
    try (TensorModel model = open(1)) {
      String name = model.parameterNames().get(0);
      NamedTensor tensor = model.parameter(name);
      Arrays.fill(tensor.values(), 0.5f);
      model.setParameter(tensor);
      assertThat(model.parameter(name).values()).containsOnly(0.5f);
      assertThatThrownBy(
              () -> model.setParameter(new NamedTensor(name, new long[] {1}, new float[1])))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining(name);
      assertThatThrownBy(() -> model.parameter("nothing"))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("nothing");
    }
  }

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

  @ParameterizedTest
  @EnumSource(Divergence.class)
  void divergencesAreZeroAtTheTargetAndPositiveElsewhere(Divergence kind) {
    try (TensorModel model = open(1);
        TensorModel teacher = open(2)) {
      TokenBatch batch = batch(model, 6, 6, 9);
      RowSelection rows = answers(model, batch, 1).rows();
      for (int k : new int[] {1, 5, model.vocabularySize()}) {
        Distributions own = model.topK(batch, rows, k, 2);
        Distributions other = teacher.topK(batch, rows, k, 2);
        assertThat(value(model, batch, rows, new RowTarget.Match(kind, 2, own)))
            .isCloseTo(0, within(1e-6));
        assertThat(value(model, batch, rows, new RowTarget.Match(kind, 2, other))).isGreaterThan(0);
      }
    }
  }

  private static double value(
      TensorModel model, TokenBatch batch, RowSelection rows, RowTarget target) {
    return model.evaluate(batch, List.of(LossTerm.mean("match", rows, target))).total();
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
      List<int[]> together = model.generate(prompts, 8, -1);
      for (int i = 0; i < prompts.size(); i++) {
        assertThat(together.get(i)).isEqualTo(uncached(model, prompts.get(i), 8));
        assertThat(model.generate(List.of(prompts.get(i)), 8, -1).get(0))
            .isEqualTo(together.get(i));
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
      List<int[]> full = model.generate(prompts, 6, -1);
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
      refused("maxNewTokens", () -> model.generate(List.of(new int[] {1}), 0, -1));
      refused("stop token", () -> model.generate(List.of(new int[] {1}), 1, vocabulary));
      refused("prompt 0", () -> model.generate(List.of(new int[1]), model.maxPositions(), -1));
      refused("sequence 0", () -> model.generate(List.of(new int[0]), 1, -1));
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
    writeCheckpoint(folder, 1);
    assertThatThrownBy(() -> engine().open(folder, new EngineOptions("abacus:0")))
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
