package ai.kale.train.teacher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.kale.error.CorruptFileException;
import ai.kale.error.InsufficientMemoryException;
import ai.kale.error.InvalidInputException;
import ai.kale.error.OperationCancelledException;
import ai.kale.error.SetupException;
import ai.kale.run.CancellationToken;
import ai.kale.run.FileClaim;
import ai.kale.run.ProgressListener;
import ai.kale.run.RunContext;
import ai.kale.spi.tensor.Distributions;
import ai.kale.spi.tensor.Precision;
import ai.kale.train.FakeModel;
import ai.kale.train.data.DataHash;
import ai.kale.train.data.PassLimit;
import ai.kale.train.data.TrainingExample;
import ai.kale.train.io.WeightsHash;
import ai.kale.train.text.PromptFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
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
        Precision.F32,
        "tokenizer",
        DataHash.of(examples),
        PromptFormat.standard(),
        k,
        temperature);
  }

  private Teacher compute(FrozenTeacherCache cache) {
    return cache.loadOrCompute(
        key(4, 1), model, examples, PassLimit.ofExamples(3), RunContext.silent());
  }

  private Distributions one(Teacher teacher, int... indexes) {
    return teacher.distributions(model, examples, indexes);
  }

  @Test
  void rowsComeBackInTheOrderOfTheExamplesWhateverTheBatches(@TempDir Path folder) {
    Teacher targets = compute(new FrozenTeacherCache(folder.resolve("t.bin")));
    assertThat(model.topKCalls).isEqualTo(3);
    for (int i = 0; i < examples.size(); i++) {
      Distributions one = one(targets, i);
      assertThat(one.rows()).isEqualTo(examples.get(i).answer().length);
      for (int j = 0; j < one.rows(); j++) {
        // The fake names the position it was read at: readingPrompt.length - 1 + j.
        assertThat(one.ids()[j * 4]).isEqualTo(examples.get(i).readingPrompt().length - 1 + j);
      }
    }
    Distributions some = one(targets, 6, 0);
    assertThat(some.rows()).isEqualTo(2 + 2);
    assertThat(some.ids()[0]).isEqualTo(2);
    assertThat(some.ids()[2 * 4]).isEqualTo(8);
  }

  @Test
  void theFileHoldsWhatIsComputedInMemory(@TempDir Path folder) {
    TeacherKey key = key(Integer.MAX_VALUE, 1);
    Teacher stored =
        new FrozenTeacherCache(folder.resolve("t.bin"))
            .loadOrCompute(key, model, examples, PassLimit.ofExamples(3), RunContext.silent());
    Teacher memory =
        TeacherTargets.compute(key, model, examples, PassLimit.ofExamples(3), RunContext.silent());
    assertSame(one(stored, 2, 5, 0), one(memory, 2, 5, 0));
    assertThat(one(stored, 1).k()).isEqualTo(model.vocabularySize());
    assertThat(stored.describe()).isEqualTo(memory.describe());
    assertThat(stored.runsModel()).isFalse();
  }

  private static void assertSame(Distributions actual, Distributions expected) {
    assertThat(actual.ids()).isEqualTo(expected.ids());
    assertThat(actual.logProbabilities()).isEqualTo(expected.logProbabilities());
    assertThat(actual.tailLogProbabilities()).isEqualTo(expected.tailLogProbabilities());
  }

  @Test
  void aSecondCallReadsTheFile(@TempDir Path folder) {
    FrozenTeacherCache cache = new FrozenTeacherCache(folder.resolve("deep/t.bin"));
    Teacher first = compute(cache);
    int calls = model.topKCalls;
    Teacher second = compute(cache);
    assertThat(model.topKCalls).isEqualTo(calls);
    assertSame(one(second, 0, 1, 2, 3, 4, 5, 6), one(first, 0, 1, 2, 3, 4, 5, 6));
    assertThat(second.describe()).isEqualTo(first.describe());
    cache.recompute(key(4, 1), model, examples, PassLimit.ofExamples(3), RunContext.silent());
    assertThat(model.topKCalls).isEqualTo(2 * calls);
    assertThat(folder.resolve("deep").toFile().list()).containsExactly("t.bin");
  }

  @Test
  void anInterruptedComputationGoesOnWhereItWas(@TempDir Path folder) throws IOException {
    FrozenTeacherCache cache = new FrozenTeacherCache(folder.resolve("t.bin"));
    byte[] whole = Files.readAllBytes(cacheFile(folder.resolve("whole.bin")));
    for (int passes = 0; passes < 3; passes++) {
      interrupt(cache, passes);
      assertThat(cache.file()).doesNotExist();
      int before = model.topKCalls;
      compute(cache);
      assertThat(model.topKCalls - before).isEqualTo(3 - passes);
      assertThat(Files.readAllBytes(cache.file())).isEqualTo(whole);
      Files.delete(cache.file());
    }
  }

  private Path cacheFile(Path file) {
    compute(new FrozenTeacherCache(file));
    return file;
  }

  private void interrupt(FrozenTeacherCache cache, int passes) {
    CancellationToken token = new CancellationToken();
    int[] seen = {0};
    ProgressListener stop =
        p -> {
          if (seen[0]++ == passes) {
            token.cancel();
          }
        };
    TeacherKey key = key(4, 1);
    assertThatThrownBy(
            () ->
                cache.loadOrCompute(
                    key, model, examples, PassLimit.ofExamples(3), new RunContext(stop, token)))
        .isInstanceOf(OperationCancelledException.class);
  }

  @Test
  void aTornOrDamagedTailOfAnInterruptedComputationIsComputedAgain(@TempDir Path folder)
      throws IOException {
    FrozenTeacherCache cache = new FrozenTeacherCache(folder.resolve("t.bin"));
    byte[] whole = Files.readAllBytes(cacheFile(folder.resolve("whole.bin")));
    Path part = folder.resolve("t.bin.part");
    for (int length = 0; length < whole.length; length += 41) {
      Files.write(part, Arrays.copyOf(whole, length));
      compute(cache);
      assertThat(Files.readAllBytes(cache.file())).isEqualTo(whole);
      Files.delete(cache.file());
    }
    byte[] damaged = whole.clone();
    damaged[whole.length / 2] ^= 1;
    Files.write(part, damaged);
    compute(cache);
    assertThat(Files.readAllBytes(cache.file())).isEqualTo(whole);
  }

  @Test
  void aFileOfSeveralMapsReadsAsOne(@TempDir Path folder) throws IOException {
    FrozenTeacherCache cache = new FrozenTeacherCache(folder.resolve("t.bin"));
    Teacher whole = compute(cache);
    CacheLayout layout = new CacheLayout(key(4, 1), 4, examples);
    for (long mapBytes : new long[] {1, 100, 250, 1000}) {
      Teacher parts = CachedTargets.open(cache.file(), key(4, 1), layout, mapBytes);
      assertSame(one(parts, 6, 2, 4, 0), one(whole, 6, 2, 4, 0));
    }
  }

  @Test
  void aFileThatAnotherRunIsWritingIsLeftAlone(@TempDir Path folder) throws IOException {
    FrozenTeacherCache cache = new FrozenTeacherCache(folder.resolve("t.bin"));
    CancellationToken enough = new CancellationToken();
    RunContext waiting = new RunContext(p -> enough.cancel(), enough);
    try (FileClaim other = FileClaim.of(folder.resolve("t.bin.part")).orElseThrow()) {
      assertThatThrownBy(
              () ->
                  cache.loadOrCompute(key(4, 1), model, examples, PassLimit.ofExamples(3), waiting))
          .isInstanceOf(OperationCancelledException.class);
      assertThat(folder.toFile().list()).containsExactly("t.bin.part.lock");
      assertThat(other).isNotNull();
    }
    assertThat(one(compute(cache), 0).k()).isEqualTo(4);
  }

  @Test
  void aRunWaitsForAnotherThatComputesTheSameAndTakesItsResult(@TempDir Path folder)
      throws Exception {
    FrozenTeacherCache cache = new FrozenTeacherCache(folder.resolve("t.bin"));
    FakeModel second = new FakeModel();
    CountDownLatch waits = new CountDownLatch(1);
    ExecutorService thread = Executors.newSingleThreadExecutor();
    try {
      Future<Teacher> result;
      Teacher own;
      try (FileClaim first = FileClaim.of(folder.resolve("t.bin.part")).orElseThrow()) {
        assertThat(first).isNotNull();
        result =
            thread.submit(
                () ->
                    cache.loadOrCompute(
                        key(4, 1),
                        second,
                        examples,
                        PassLimit.ofExamples(3),
                        new RunContext(p -> waits.countDown(), new CancellationToken())));
        assertThat(waits.await(60, TimeUnit.SECONDS)).isTrue();
        FrozenTeacherCache finished = new FrozenTeacherCache(folder.resolve("first.bin"));
        own = compute(finished);
        Files.copy(finished.file(), cache.file());
      }
      assertSame(one(result.get(60, TimeUnit.SECONDS), 6, 2, 4, 0), one(own, 6, 2, 4, 0));
      assertThat(second.topKCalls).isZero();
    } finally {
      thread.shutdownNow();
    }
  }

  @Test
  void theFileIsClaimedWhileItIsComputedAndGetsItsName(@TempDir Path folder) {
    FrozenTeacherCache cache = new FrozenTeacherCache(folder.resolve("t.bin"));
    List<String> seen = new ArrayList<>();
    ProgressListener second =
        p -> {
          try {
            cache.recompute(
                key(4, 1), model, examples, PassLimit.ofExamples(3), RunContext.silent());
          } catch (SetupException e) {
            seen.add(String.valueOf(e.getMessage()));
          }
        };
    cache.loadOrCompute(
        key(4, 1),
        model,
        examples,
        PassLimit.ofExamples(3),
        new RunContext(second, new CancellationToken()));
    assertThat(seen).hasSize(3).allMatch(m -> m.contains("being written by another run"));
    assertThat(folder.toFile().list()).containsExactly("t.bin");
  }

  @Test
  void theLongestPromptsAreReadFirst() {
    TeacherTargets.compute(
        key(4, 1), model, examples, PassLimit.ofExamples(1), RunContext.silent());
    int[] last = model.teacherPositions.stream().mapToInt(rows -> rows[rows.length - 1]).toArray();
    assertThat(last).hasSize(7).isSortedAccordingTo(Comparator.reverseOrder());
  }

  @Test
  void aTeacherWithoutNumbersIsRefusedAndNothingOfItKept(@TempDir Path folder) {
    model.nanTopKFrom = 0;
    FrozenTeacherCache cache = new FrozenTeacherCache(folder.resolve("t.bin"));
    assertThatThrownBy(() -> compute(cache))
        .isInstanceOf(SetupException.class)
        .hasMessageContaining("the base model cannot be the teacher")
        .hasMessageContaining("NaN or infinite for the questions q");
    assertThat(cache.file()).doesNotExist();
    assertThatThrownBy(
            () ->
                TeacherTargets.compute(
                    key(4, 1), model, examples, PassLimit.NONE, RunContext.silent()))
        .isInstanceOf(SetupException.class)
        .hasMessageContaining("q0")
        .hasMessageContaining("q6");
    model.nanTopKFrom = Integer.MAX_VALUE;
    model.topKCalls = 0;
    compute(cache);
    assertThat(model.topKCalls).isEqualTo(3);
  }

  @Test
  void memoryThatRunsOutBeforeTheFirstStepSaysWhatToLower(@TempDir Path folder) {
    model.failing = "topK";
    FrozenTeacherCache cache = new FrozenTeacherCache(folder.resolve("t.bin"));
    assertThatThrownBy(() -> compute(cache))
        .isInstanceOf(InsufficientMemoryException.class)
        .hasMessageContaining("before the first step")
        .hasMessageContaining("over 3 questions")
        .hasMessageContaining("the longest of 10 tokens: 12 GB in topK")
        .hasMessageContaining("Lower microBatch")
        .hasMessageContaining("q2");
    model.failing = "";
    Teacher whole = compute(cache);
    assertThat(one(whole, 0).k()).isEqualTo(4);
  }

  @Test
  void aStaleFileIsRefusedAndSaysWhatDiffers(@TempDir Path folder) {
    FrozenTeacherCache cache = new FrozenTeacherCache(folder.resolve("t.bin"));
    TeacherKey k = key(4, 1);
    compute(cache);
    PromptFormat format =
        new PromptFormat(
            "{question}?", "{rationale} {question}?", "{answer}", "{rationale} {answer}");
    assertRefused(
        cache,
        key("other", k.precision(), "tokenizer", k.data(), k.format(), 4, 1),
        "another weights (");
    assertRefused(
        cache,
        key(k.weights(), Precision.BF16, "tokenizer", k.data(), k.format(), 4, 1),
        "another precision (F32, wanted BF16)");
    assertRefused(
        cache,
        key(k.weights(), k.precision(), "new", k.data(), k.format(), 4, 1),
        "another tokenizer (tokenizer, wanted new)");
    assertRefused(
        cache,
        key(k.weights(), k.precision(), "tokenizer", "d", k.format(), 4, 1),
        "another data (");
    assertRefused(
        cache,
        key(k.weights(), k.precision(), "tokenizer", k.data(), format, 4, 1),
        "another prompt format (");
    assertRefused(
        cache,
        key(k.weights(), k.precision(), "tokenizer", k.data(), k.format(), 5, 2),
        "another k (4, wanted 5) and temperature (1.0, wanted 2.0)");
    assertThat(one(cache.load(k, examples), 0).k()).isEqualTo(4);
  }

  private static TeacherKey key(
      String weights,
      Precision precision,
      String tokenizer,
      String data,
      PromptFormat format,
      int k,
      double temperature) {
    return new TeacherKey(weights, precision, tokenizer, data, format, k, temperature);
  }

  private void assertRefused(FrozenTeacherCache cache, TeacherKey key, String reason) {
    assertThatThrownBy(
            () -> cache.loadOrCompute(key, model, examples, PassLimit.NONE, RunContext.silent()))
        .isInstanceOf(CorruptFileException.class)
        .hasMessageContaining("made from " + reason)
        .hasMessageContaining("delete it and run again");
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
    Files.delete(cache.file());
    Files.write(cache.file(), bytes);
    assertThatThrownBy(() -> compute(cache))
        .isInstanceOf(CorruptFileException.class)
        .hasMessageContaining(cache.file().toString());
  }

  @Test
  void targetsOfOtherExamplesAreRefused(@TempDir Path folder) {
    Teacher memory =
        TeacherTargets.compute(
            key(4, 1), model, examples, PassLimit.ofExamples(3), RunContext.silent());
    for (Teacher targets : List.of(memory, compute(new FrozenTeacherCache(folder.resolve("t"))))) {
      targets.checkServes(examples);
      assertThatThrownBy(() -> targets.checkServes(examples.subList(1, 7)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("7 other examples");
    }
  }

  @Test
  void whatDoesNotFitIntoMemoryAsksForAFolder() {
    List<TrainingExample> many = Collections.nCopies(2_000_000, examples.get(2));
    assertThatThrownBy(
            () ->
                TeacherTargets.compute(
                    key(100_000, 1), model, many, PassLimit.NONE, RunContext.silent()))
        .isInstanceOf(SetupException.class)
        .hasMessageContaining("cacheFolder");
    assertThat(model.topKCalls).isZero();
  }

  @Test
  void anExampleWithoutARationaleIsNamed() {
    List<TrainingExample> bad =
        List.of(TrainingExample.of("lonely", new int[] {5}, new int[] {6, 1}));
    assertThatThrownBy(
            () ->
                TeacherTargets.compute(key(4, 1), model, bad, PassLimit.NONE, RunContext.silent()))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("lonely");
  }
}
