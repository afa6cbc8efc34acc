package ai.kale.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ai.kale.error.InsufficientMemoryException;
import ai.kale.error.InvalidInputException;
import ai.kale.error.OperationCancelledException;
import ai.kale.error.SetupException;
import ai.kale.error.TrainingDivergedException;
import ai.kale.run.CancellationToken;
import ai.kale.run.ProgressListener;
import ai.kale.run.RunContext;
import ai.kale.train.data.Bridge;
import ai.kale.train.data.TrainingExample;
import ai.kale.train.objective.BridgeLens;
import ai.kale.train.objective.Completion;
import ai.kale.train.objective.LensLayers;
import ai.kale.train.objective.Objective;
import ai.kale.train.objective.Objectives;
import ai.kale.train.teacher.LiveTeacher;
import ai.kale.train.teacher.Teacher;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The loop alone, over a model that computes nothing. */
class TrainingLoopTest {
  private final FakeModel model = new FakeModel();

  /** Example i has a prompt of 2 + i % 5 tokens that starts with token i. */
  private static List<TrainingExample> examples(int count) {
    return IntStream.range(0, count)
        .mapToObj(
            i -> {
              int[] prompt = new int[2 + i % 5];
              prompt[0] = i;
              return TrainingExample.of("q" + i, prompt, new int[] {50, 1});
            })
        .toList();
  }

  private static BatchSource source(String name, double weight, int count, int batch) {
    return BatchSource.of(name, weight, examples(count), Objectives.sft(), batch);
  }

  private TrainingLoopBuilder loop(int steps, BatchSource... sources) {
    TrainingLoopBuilder builder =
        TrainingLoop.builder(model).schedule(Schedule.of(steps, 1e-3, 11));
    Arrays.stream(sources).forEach(builder::source);
    return builder;
  }

  @Test
  void everyExampleComesOnceAnEpochAndABatchIsSortedByLength() {
    loop(14, source("a", 1, 53, 8)).build().run();
    for (int epoch = 0; epoch < 2; epoch++) {
      Set<Integer> seen = new HashSet<>();
      for (int b = 0; b < 7; b++) {
        List<int[]> batch = model.accumulated.get(epoch * 7 + b).sequences();
        assertThat(batch).hasSizeBetween(7, 8);
        assertThat(batch.stream().mapToInt(s -> s.length).toArray()).isSorted();
        batch.forEach(s -> assertThat(seen.add(s[0])).isTrue());
      }
      assertThat(seen).hasSize(53);
    }
    List<int[]> first = model.accumulated.get(0).sequences();
    List<int[]> second = model.accumulated.get(7).sequences();
    assertThat(first.stream().map(s -> s[0]).toList())
        .isNotEqualTo(second.stream().map(s -> s[0]).toList());
  }

  @Test
  void sourcesAreDrawnByWeight() {
    List<String> drawn = new ArrayList<>();
    loop(1000, source("a", 0.7, 20, 4), source("b", 0.3, 20, 4))
        .listener(r -> drawn.add(r.source()))
        .build()
        .run();
    assertThat(drawn.stream().filter("a"::equals).count()).isBetween(650L, 750L);
  }

  @Test
  void microBatchesShareTheDivisorOfTheWholeStep() {
    List<StepReport> reports = new ArrayList<>();
    loop(1, source("a", 1, 10, 10)).microBatch(4).listener(reports::add).build().run();
    assertThat(model.accumulated).hasSize(3);
    assertThat(model.terms).allSatisfy(t -> assertThat(t.get(0).divisor()).isEqualTo(20));
    assertThat(model.goodSteps).isEqualTo(1);
    assertThat(reports.get(0).losses()).containsEntry("answer-cross-entropy", 3.0);
    assertThat(reports.get(0).tokens())
        .isEqualTo(model.accumulated.stream().mapToLong(b -> b.tokenCount()).sum());
  }

  @Test
  void passesHoldAsManyTokensAsTheyMay() {
    loop(1, source("a", 1, 10, 10)).microBatchTokens(12).build().run();
    assertThat(model.accumulated.stream().mapToInt(b -> b.sequences().size()).sum()).isEqualTo(10);
    assertThat(model.accumulated)
        .allSatisfy(
            pass -> {
              int longest = pass.sequences().stream().mapToInt(s -> s.length).max().orElse(0);
              assertThat(longest * pass.sequences().size()).isLessThanOrEqualTo(12);
            });
    assertThat(model.accumulated.get(0).sequences()).hasSize(3);
    assertThat(model.goodSteps).isEqualTo(1);
    assertThatThrownBy(() -> loop(1).microBatchTokens(0))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void learningRateWarmsUpAndFalls() {
    loop(100, source("a", 1, 8, 8)).build().run();
    assertThat(model.rates.get(0)).isEqualTo(1e-3 / 20);
    assertThat(model.rates.get(19))
        .isEqualTo(1e-3 * (0.1 + 0.9 * 0.5 * (1 + Math.cos(Math.PI * 19 / 100))));
    assertThat(model.rates.get(99)).isBetween(1e-4, 1.01e-4);
  }

  @Test
  void aLossThatIsNotFiniteNamesItsQuestionsAndMakesNoStep() {
    model.nanLossFrom = 5;
    TrainingDivergedException thrown =
        catchThrowableOfType(
            TrainingDivergedException.class, () -> loop(20, source("a", 1, 6, 3)).build().run());
    assertThat(thrown)
        .hasMessageContaining("loss answer-cross-entropy is NaN at step 6")
        .hasMessageContaining("as after step 5");
    for (int[] sequence : model.accumulated.get(5).sequences()) {
      assertThat(thrown).hasMessageContaining("q" + sequence[0]);
    }
    assertThat(model.goodSteps).isEqualTo(5);
    assertThat(model.zeroed).isEqualTo(1);
  }

  @Test
  void aGradientThatIsNotFiniteStopsTheRun() {
    model.badNormFrom = 2;
    assertThatThrownBy(() -> loop(20, source("a", 1, 6, 6)).build().run())
        .isInstanceOf(TrainingDivergedException.class)
        .hasMessageContaining("gradient norm is Infinity at step 3")
        .hasMessageContaining("q0")
        .hasMessageContaining("q5");
    assertThat(model.goodSteps).isEqualTo(2);
  }

  @Test
  void cancellationStopsAtTheBorderOfAStep() {
    CancellationToken token = new CancellationToken();
    TrainingLoop loop =
        loop(20, source("a", 1, 6, 3))
            .context(new RunContext(ProgressListener.NONE, token))
            .listener(r -> cancelAt(r, token))
            .build();
    assertThatThrownBy(loop::run).isInstanceOf(OperationCancelledException.class);
    assertThat(model.goodSteps).isEqualTo(4);
    assertThat(model.accumulated).hasSize(4);
  }

  private static void cancelAt(StepReport report, CancellationToken token) {
    if (report.step() == 4) {
      token.cancel();
    }
  }

  @Test
  void aStateOfAnotherRunIsRefused() {
    TrainingCheckpoint foreign =
        new TrainingCheckpoint(
            Path.of("none"), new LoopState(Map.of("identity", "other"), "", 3, 0, List.of(3L)));
    assertThatThrownBy(() -> loop(5, source("a", 1, 6, 3)).resumeAt(foreign).build())
        .isInstanceOf(SetupException.class)
        .hasMessageContaining("step 3");
  }

  @Test
  void liveTeacherReadsTheBatchOfTheStep() {
    List<TrainingExample> examples =
        List.of(
            new TrainingExample(
                "q",
                new int[] {5, 6},
                new int[] {7, 8, 9, 5, 6},
                new int[] {3, 4, 1},
                new int[] {7, 8, 9, 3, 1},
                List.of()));
    BatchSource source =
        new BatchSource("a", 1, examples, Objectives.kale(), 4, Optional.of(new LiveTeacher(3, 1)));
    loop(2, source).build().run();
    assertThat(model.topKCalls).isEqualTo(2);
    assertThat(model.teacherPositions.get(0)).containsExactly(4, 5, 6);
    assertThat(model.terms.get(0).get(0).rows().positions()).containsExactly(1, 2, 3);
  }

  private BatchSource live() {
    int[] answer = {3, 4, 1};
    int[] reading = {7, 8, 9, 5, 6};
    TrainingExample example =
        new TrainingExample("q7", new int[] {5, 6}, reading, answer, reading, List.of());
    Optional<Teacher> teacher = Optional.of(new LiveTeacher(3, 1));
    return new BatchSource("a", 1, List.of(example), Objectives.kale(), 4, teacher);
  }

  @Test
  void aTeacherThatGivesNoNumbersStopsTheRunWithItsQuestions() {
    model.nanTopKFrom = 2;
    assertThatThrownBy(() -> loop(5, live()).build().run())
        .isInstanceOf(TrainingDivergedException.class)
        .hasMessageContaining("the teacher's log-probability is NaN at step 3")
        .hasMessageContaining("Questions of the batch: q7");
    assertThat(model.goodSteps).isEqualTo(2);
    assertThat(model.zeroed).isEqualTo(1);
  }

  @Test
  void memoryThatRunsOutForTheOptimizerSaysThatSmallerPassesDoNotHelp() {
    model.failing = "step";
    assertThatThrownBy(() -> loop(5, source("a", 1, 6, 3)).build().run())
        .isInstanceOf(InsufficientMemoryException.class)
        .hasMessageContaining("for the optimizer at step 1: 12 GB in step")
        .hasMessageContaining("train an adapter");
    assertThat(model.zeroed).isEqualTo(1);
  }

  private static final Objective LENS =
      new Objective("lens", Completion.ANSWER, List.of(new BridgeLens(LensLayers.standard(), 1)));

  @Test
  void aTermThatReadsNothingInAnyExampleIsRefused() {
    assertThatThrownBy(() -> BatchSource.of("a", 1, examples(3), LENS, 4))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("the term bridge-lens of objective lens has nothing to read")
        .hasMessageContaining("3 examples");
  }

  @Test
  void aBatchThatNoTermReadsMakesNoStepOfTheOptimizer() {
    List<TrainingExample> examples = new ArrayList<>(examples(3));
    int[] tokens = {5, 1};
    examples.add(
        new TrainingExample("b", tokens, tokens, tokens, tokens, List.of(new Bridge(1, 7, true))));
    List<StepReport> reports = new ArrayList<>();
    loop(4, BatchSource.of("a", 1, examples, LENS, 1)).listener(reports::add).build().run();
    assertThat(reports).hasSize(4);
    assertThat(model.rates).hasSize(1);
    assertThat(reports.stream().filter(r -> r.tokens() == 0))
        .hasSize(3)
        .allMatch(r -> r.gradientNorm() == 0);
  }

  @Test
  void wrongSettingsAreRefused() {
    assertThatThrownBy(() -> source("a", 1, 0, 4)).isInstanceOf(InvalidInputException.class);
    assertThatThrownBy(() -> source("a", 0, 3, 4)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> loop(3).build()).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> loop(3, source("a", 1, 3, 3), source("a", 1, 3, 3)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("already");
    assertThatThrownBy(() -> loop(3).microBatch(2).microBatch(2))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("microBatch");
    assertThatThrownBy(() -> BatchSource.of("a", 1, examples(2), Objectives.kale(), 4))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("teacher");
    assertThatThrownBy(() -> Schedule.of(0, 1e-3, 1)).isInstanceOf(IllegalArgumentException.class);
  }
}
