package ai.kale.train.teacher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.kale.error.InsufficientMemoryException;
import ai.kale.spi.tensor.NamedTensor;
import ai.kale.train.FakeModel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Values that change places with a model's, and what happens when there is no room for them. */
class ShadowWeightsTest {
  private static final Map<String, Float> STUDENT = Map.of("a", 1f, "b", 2f, "c", 3f);
  private static final Map<String, Float> TEACHER = Map.of("a", 10f, "b", 20f, "c", 30f);

  /** Three weights; the heap gives out at a read. */
  private static final class Weights extends FakeModel {
    private final Map<String, Float> values = new TreeMap<>(TEACHER);
    private int reads;
    private int failingRead = -1;

    @Override
    public List<String> parameterNames() {
      return List.copyOf(values.keySet());
    }

    @Override
    public NamedTensor parameter(String name) {
      if (reads++ == failingRead) {
        throw new OutOfMemoryError("Java heap space");
      }
      return new NamedTensor(name, new long[] {1}, new float[] {values.getOrDefault(name, 0f)});
    }

    @Override
    public void setParameter(NamedTensor tensor) {
      values.put(tensor.name(), tensor.values()[0]);
    }
  }

  private final Weights model = new Weights();
  private final ShadowWeights shadow = ShadowWeights.of(model);

  ShadowWeightsTest() {
    model.values.putAll(STUDENT);
    model.reads = 0;
  }

  @Test
  void valuesAreExchangedOneByOneAndNoSecondSetIsTaken() {
    List<Integer> reads = new ArrayList<>();
    for (int pass = 0; pass < 2; pass++) {
      Map<String, Float> during =
          shadow.during(
              model,
              () -> {
                reads.add(model.reads);
                return Map.copyOf(model.values);
              });
      assertThat(during).isEqualTo(TEACHER);
      assertThat(model.values).isEqualTo(STUDENT);
    }
    // In a pass each value is read once on the way in and once on the way back.
    assertThat(reads).containsExactly(3, 9);
    assertThat(model.reads).isEqualTo(12);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5})
  void theStudentHasItsValuesWhereTheHeapGivesOut(int failingRead) {
    model.failingRead = failingRead;
    assertThatThrownBy(() -> shadow.during(model, () -> "read"))
        .isInstanceOf(InsufficientMemoryException.class)
        .hasMessageContaining("-Xmx")
        .hasRootCauseInstanceOf(OutOfMemoryError.class);
    assertThat(model.values).isEqualTo(STUDENT);
    if (failingRead < 3) {
      assertThat(shadow.during(model, () -> Map.copyOf(model.values))).isEqualTo(TEACHER);
    } else {
      assertThatThrownBy(() -> shadow.during(model, () -> "read"))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("lost");
      assertThatThrownBy(() -> shadow.save(Path.of("never written")))
          .isInstanceOf(IllegalStateException.class);
    }
    assertThat(model.values).isEqualTo(STUDENT);
  }

  @Test
  void takingTheFirstCopySaysWhatToRaise() {
    model.failingRead = 1;
    assertThatThrownBy(() -> ShadowWeights.of(model))
        .isInstanceOf(InsufficientMemoryException.class)
        .hasMessageContaining("stopped at b");
  }
}
