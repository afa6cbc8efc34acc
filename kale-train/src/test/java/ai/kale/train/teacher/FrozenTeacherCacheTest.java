package ai.kale.train.teacher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.kale.error.CorruptFileException;
import ai.kale.error.InvalidInputException;
import ai.kale.run.RunContext;
import ai.kale.spi.tensor.Distributions;
import ai.kale.train.FakeModel;
import ai.kale.train.data.DataHash;
import ai.kale.train.data.TrainingExample;
import ai.kale.train.io.WeightsHash;
import ai.kale.train.text.PromptFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FrozenTeacherCacheTest {
  private final FakeModel model = new FakeModel();
  private final List<TrainingExample> examples =
      IntStream.range(0, 7).mapToObj(FrozenTeacherCacheTest::example).toList();

  /** Reading prompt of 9 - i tokens, answer of 1 + i % 3 tokens and eos. */
  private static TrainingExample example(int i) {
    int[] answer = new int[2 + i % 3];
    answer[answer.length - 1] = 1;
    return new TrainingExample(
        "q" + i, new int[] {5}, new int[9 - i], answer, new int[] {5, 1}, List.of());
  }

  private TeacherKey key(int k, double temperature) {
    return new TeacherKey(
        WeightsHash.of(model),
        "tokenizer",
        DataHash.of(examples),
        PromptFormat.standard(),
        k,
        temperature);
  }

  private TeacherTargets compute(FrozenTeacherCache cache) {
    return cache.loadOrCompute(key(4, 1), model, examples, 3, RunContext.silent());
  }

  @Test
  void rowsComeBackInTheOrderOfTheExamplesWhateverTheBatches(@TempDir Path folder) {
    TeacherTargets targets = compute(new FrozenTeacherCache(folder.resolve("t.bin")));
    assertThat(model.topKCalls).isEqualTo(3);
    for (int i = 0; i < examples.size(); i++) {
      Distributions one = targets.distributions(model, examples, new int[] {i});
      assertThat(one.rows()).isEqualTo(examples.get(i).answer().length);
      for (int j = 0; j < one.rows(); j++) {
        // The fake names the position it was read at: readingPrompt.length - 1 + j.
        assertThat(one.ids()[j * 4]).isEqualTo(examples.get(i).readingPrompt().length - 1 + j);
      }
    }
    Distributions some = targets.distributions(model, examples, new int[] {6, 0});
    assertThat(some.rows()).isEqualTo(2 + 2);
    assertThat(some.ids()[0]).isEqualTo(2);
    assertThat(some.ids()[2 * 4]).isEqualTo(8);
  }

  @Test
  void aSecondCallReadsTheFile(@TempDir Path folder) {
    FrozenTeacherCache cache = new FrozenTeacherCache(folder.resolve("deep/t.bin"));
    TeacherTargets first = compute(cache);
    int calls = model.topKCalls;
    TeacherTargets second = compute(cache);
    assertThat(model.topKCalls).isEqualTo(calls);
    assertThat(second.all().ids()).isEqualTo(first.all().ids());
    assertThat(second.all().logProbabilities()).isEqualTo(first.all().logProbabilities());
    assertThat(second.all().tailLogProbabilities()).isEqualTo(first.all().tailLogProbabilities());
    assertThat(second.describe()).isEqualTo(first.describe());
    cache.recompute(key(4, 1), model, examples, 3, RunContext.silent());
    assertThat(model.topKCalls).isEqualTo(2 * calls);
  }

  @Test
  void aStaleFileIsRefused(@TempDir Path folder) {
    FrozenTeacherCache cache = new FrozenTeacherCache(folder.resolve("t.bin"));
    TeacherKey before = key(4, 1);
    compute(cache);
    model.weight = 2;
    for (TeacherKey other : List.of(key(4, 1), withK(before, 5), withTemperature(before))) {
      assertThatThrownBy(() -> cache.load(other, examples))
          .isInstanceOf(CorruptFileException.class)
          .hasMessageContaining("other weights, data, prompt format, k or temperature")
          .hasMessageContaining("recomputation");
    }
    assertThat(cache.load(before, examples).all().k()).isEqualTo(4);
  }

  private static TeacherKey withK(TeacherKey key, int k) {
    return new TeacherKey(
        key.weights(), key.tokenizer(), key.data(), key.format(), k, key.temperature());
  }

  private static TeacherKey withTemperature(TeacherKey key) {
    return new TeacherKey(key.weights(), key.tokenizer(), key.data(), key.format(), key.k(), 2);
  }

  @Test
  void damageAnywhereIsSeen(@TempDir Path folder) throws IOException {
    FrozenTeacherCache cache = new FrozenTeacherCache(folder.resolve("t.bin"));
    compute(cache);
    byte[] good = Files.readAllBytes(cache.file());
    for (int at = 0; at < good.length; at += 5) {
      byte[] bad = good.clone();
      bad[at] ^= 0x40;
      assertRefused(cache, bad);
    }
    for (int length = 0; length < good.length; length += 37) {
      assertRefused(cache, Arrays.copyOf(good, length));
    }
    assertRefused(cache, Arrays.copyOf(good, good.length + 1));
    Files.write(cache.file(), good);
    compute(cache);
  }

  private void assertRefused(FrozenTeacherCache cache, byte[] bytes) throws IOException {
    Files.write(cache.file(), bytes);
    assertThatThrownBy(() -> compute(cache))
        .isInstanceOf(CorruptFileException.class)
        .hasMessageContaining(cache.file().toString());
  }

  @Test
  void targetsOfOtherExamplesAreRefused() {
    TeacherTargets targets =
        TeacherTargets.compute(key(4, 1), model, examples, 3, RunContext.silent());
    targets.checkServes(examples);
    assertThatThrownBy(() -> targets.checkServes(examples.subList(1, 7)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("7 other examples");
  }

  @Test
  void anExampleWithoutARationaleIsNamed() {
    List<TrainingExample> bad =
        List.of(TrainingExample.of("lonely", new int[] {5}, new int[] {6, 1}));
    assertThatThrownBy(() -> TeacherTargets.compute(key(4, 1), model, bad, 3, RunContext.silent()))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("lonely");
  }
}
