package ai.kale.train.teacher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.kale.error.CorruptFileException;
import ai.kale.error.SetupException;
import ai.kale.spi.tensor.Distributions;
import ai.kale.spi.tensor.RowSelection;
import ai.kale.spi.tensor.TokenBatch;
import ai.kale.spi.tensor.TokenPredictor;
import ai.kale.train.FakeModel;
import ai.kale.train.data.TrainingExample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which weights a teacher computes with, on a model of one weight. */
class TrailingTeacherTest {
  private static final List<TrainingExample> EXAMPLES =
      List.of(
          new TrainingExample(
              "q", new int[] {5}, new int[] {7, 5}, new int[] {6, 1}, new int[] {1}, List.of()));

  /** Remembers its weight at each teacher pass. */
  private static final class Watched extends FakeModel {
    private final List<Float> seen = new ArrayList<>();
    private boolean fails;

    @Override
    public Distributions topK(TokenBatch batch, RowSelection rows, int k, double temperature) {
      seen.add(weight);
      if (fails) {
        throw new IllegalStateException("broken pass");
      }
      return super.topK(batch, rows, k, temperature);
    }
  }

  private final Watched model = new Watched();

  private float asked(Teacher teacher) {
    teacher.distributions(model, EXAMPLES, new int[] {0});
    return model.seen.get(model.seen.size() - 1);
  }

  private void step(EvolvingTeacher teacher, int step, float weight) {
    model.weight = weight;
    teacher.afterStep(model, step);
  }

  @Test
  void theAverageFollowsItsRecurrence() {
    TrailingTeacher teacher = TrailingTeacher.ema(3, 1, 0.75);
    model.weight = 8;
    teacher.begin(model);
    assertThat(asked(teacher)).isEqualTo(8);
    step(teacher, 1, 0);
    assertThat(asked(teacher)).isEqualTo(6);
    assertThat(model.weight).isZero();
    step(teacher, 2, 2);
    assertThat(asked(teacher)).isEqualTo(5);
    assertThat(model.weight).isEqualTo(2);
  }

  @Test
  void theCopyIsRenewedEveryNthStep() {
    TrailingTeacher teacher = TrailingTeacher.refreshed(3, 1, 2);
    model.weight = 10;
    teacher.begin(model);
    List<Float> used = new ArrayList<>();
    for (int step = 1; step <= 5; step++) {
      step(teacher, step, 10 + step);
      used.add(asked(teacher));
    }
    assertThat(used).containsExactly(10f, 12f, 12f, 14f, 14f);
  }

  @Test
  void theStudentHasItsOwnWeightsAgainAfterAPassThatFails() {
    TrailingTeacher teacher = TrailingTeacher.ema(3, 1, 0.5);
    teacher.begin(model);
    step(teacher, 1, 3);
    model.fails = true;
    assertThatThrownBy(() -> asked(teacher)).hasMessageContaining("broken pass");
    assertThat(model.seen).containsExactly(2f);
    assertThat(model.weight).isEqualTo(3);
  }

  @Test
  void aRestoredTeacherGoesOnAsIfItHadNotStopped(@TempDir Path folder) throws IOException {
    TrailingTeacher whole = TrailingTeacher.ema(3, 1, 0.9);
    whole.begin(model);
    step(whole, 1, 0.3f);
    Path file = folder.resolve("teacher.safetensors");
    whole.save(file);
    TrailingTeacher resumed = TrailingTeacher.ema(3, 1, 0.9);
    resumed.load(model, file);
    step(whole, 2, 0.7f);
    step(resumed, 2, 0.7f);
    assertThat(asked(resumed)).isEqualTo(asked(whole));
    byte[] bytes = Files.readAllBytes(file);
    bytes[20] ^= 0x20;
    Files.write(file, bytes);
    assertThatThrownBy(() -> resumed.load(model, file)).isInstanceOf(CorruptFileException.class);
    assertThatThrownBy(() -> resumed.load(model, folder.resolve("none")))
        .isInstanceOf(SetupException.class);
  }

  @Test
  void theBaseOfAnAdapterIsAskedAndNothingElse() {
    Watched base = new Watched();
    FakeModel adapted =
        new FakeModel() {
          @Override
          public Optional<TokenPredictor> base() {
            return Optional.of(base);
          }
        };
    FrozenBaseTeacher teacher = new FrozenBaseTeacher(3, 1);
    teacher.distributions(adapted, EXAMPLES, new int[] {0});
    assertThat(base.seen).hasSize(1);
    assertThat(adapted.topKCalls).isZero();
    assertThatThrownBy(() -> asked(teacher))
        .isInstanceOf(SetupException.class)
        .hasMessageContaining("train an adapter");
  }

  @Test
  void wrongSettingsAreRefused() {
    assertThatThrownBy(() -> TrailingTeacher.ema(3, 1, 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> TrailingTeacher.refreshed(3, 1, 0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new FrozenBaseTeacher(0, 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> asked(TrailingTeacher.ema(3, 1, 0.5)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("begin");
  }
}
