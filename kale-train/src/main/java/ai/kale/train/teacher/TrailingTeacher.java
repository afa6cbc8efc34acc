package ai.kale.train.teacher;

import ai.kale.spi.tensor.Distributions;
import ai.kale.spi.tensor.TensorModel;
import ai.kale.train.data.TrainingExample;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A teacher that follows the student: an exponential moving average of it (Tarvainen and Valpola,
 * Mean teachers are better role models, NeurIPS 2017, equation 2), or a copy of it that is renewed
 * every n steps. It reads the rationale; no gradient flows into it.
 *
 * <p>Cost: one more forward pass a step, a second set of the trainable values on the Java heap and
 * the largest of their tensors twice (with LoRA the adapter's only), and each value copied out
 * twice and in twice a pass: with all weights trained and small passes that can take far longer
 * than the pass itself. Where the heap does not suffice, {@link
 * ai.kale.error.InsufficientMemoryException} says so. Used by one thread.
 */
public final class TrailingTeacher implements EvolvingTeacher {
  private final int k;
  private final double temperature;
  private final double decay;
  private final int every;
  private @Nullable ShadowWeights shadow;

  private TrailingTeacher(int k, double temperature, double decay, int every) {
    if (k < 1 || !(temperature > 0)) {
      throw new IllegalArgumentException(
          "k must be at least 1 and the temperature positive; got " + k + " and " + temperature);
    }
    this.k = k;
    this.temperature = temperature;
    this.decay = decay;
    this.every = every;
  }

  /**
   * The moving average: after each step {@code teacher = decay · teacher + (1 − decay) · student}.
   *
   * @param k most probable tokens kept, at least 1
   * @param temperature divides the logits, positive; the same as the objective's
   * @param decay in [0, 1); 0.999 remembers about 1000 steps
   * @return a teacher for one run
   */
  public static TrailingTeacher ema(int k, double temperature, double decay) {
    if (!(decay >= 0 && decay < 1)) {
      throw new IllegalArgumentException("decay must lie in [0, 1); got " + decay);
    }
    return new TrailingTeacher(k, temperature, decay, 1);
  }

  /**
   * A copy of the student, renewed after every n-th step.
   *
   * @param k most probable tokens kept, at least 1
   * @param temperature divides the logits, positive; the same as the objective's
   * @param every n, at least 1
   * @return a teacher for one run
   */
  public static TrailingTeacher refreshed(int k, double temperature, int every) {
    if (every < 1) {
      throw new IllegalArgumentException("every must be at least 1; got " + every);
    }
    return new TrailingTeacher(k, temperature, 0, every);
  }

  @Override
  public void begin(TensorModel student) {
    shadow = ShadowWeights.of(student);
  }

  @Override
  public void afterStep(TensorModel student, int step) {
    if (decay > 0) {
      begun().average(student, decay);
    } else if (step % every == 0) {
      begun().copyFrom(student);
    }
  }

  @Override
  public Distributions distributions(
      TensorModel student, List<TrainingExample> examples, int[] indexes) {
    return begun()
        .during(student, () -> TeacherPass.run(student, examples, indexes, k, temperature));
  }

  @Override
  public void save(Path file) {
    begun().save(file);
  }

  @Override
  public void load(TensorModel student, Path file) {
    shadow = ShadowWeights.load(student, file);
  }

  private ShadowWeights begun() {
    if (shadow == null) {
      throw new IllegalStateException("the teacher has not begun; call begin or load first");
    }
    return shadow;
  }

  @Override
  public String describe() {
    String rule =
        decay > 0 ? "average of the student, decay " + decay : "student of every " + every;
    return rule + (decay > 0 ? "" : " steps") + ", k " + k + ", temperature " + temperature;
  }
}
