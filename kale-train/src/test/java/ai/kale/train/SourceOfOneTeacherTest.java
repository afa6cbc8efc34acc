package ai.kale.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.kale.run.RunContext;
import ai.kale.spi.tensor.Precision;
import ai.kale.spi.tensor.TokenBatch;
import ai.kale.train.data.DataHash;
import ai.kale.train.data.PassLimit;
import ai.kale.train.data.TrainingExample;
import ai.kale.train.objective.Objectives;
import ai.kale.train.teacher.LiveTeacher;
import ai.kale.train.teacher.Teacher;
import ai.kale.train.teacher.TeacherKey;
import ai.kale.train.teacher.TeacherTargets;
import ai.kale.train.text.PromptFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a source asks of its teacher: the same examples, and room for what it reads. */
class SourceOfOneTeacherTest {
  private static final List<TrainingExample> EXAMPLES =
      IntStream.range(0, 4)
          .mapToObj(
              i ->
                  new TrainingExample(
                      "q" + i, new int[3], new int[19], new int[2], new int[4], List.of()))
          .toList();

  private final FakeModel model = new FakeModel();

  private BatchSource source(Teacher teacher) {
    return new BatchSource("s", 1, EXAMPLES, Objectives.kale(), 4, Optional.of(teacher));
  }

  private TeacherTargets computed(List<TrainingExample> examples) {
    TeacherKey key =
        new TeacherKey(
            "w", Precision.F32, "t", DataHash.of(examples), PromptFormat.standard(), 3, 1);
    return TeacherTargets.compute(key, model, examples, PassLimit.NONE, RunContext.silent());
  }

  private List<Integer> passes(Teacher teacher) {
    TrainingLoop.builder(model)
        .schedule(Schedule.of(1, 1e-3, 1))
        .source(source(teacher))
        .microBatchTokens(40)
        .build()
        .run();
    return model.accumulated.stream().map(TokenBatch::sequences).map(List::size).toList();
  }

  @Test
  void distributionsOfOtherExamplesAreRefused() {
    TeacherTargets fewer = computed(EXAMPLES.subList(0, 3));
    assertThatThrownBy(() -> source(fewer))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("3 other examples");
  }

  @Test
  void aPassHasRoomForWhatALiveTeacherReads() {
    assertThat(passes(new LiveTeacher(3, 1))).containsExactly(2, 2);
  }

  @Test
  void aPassNeedsNoRoomForWhatWasReadBefore() {
    assertThat(passes(computed(EXAMPLES))).containsExactly(4);
  }
}
