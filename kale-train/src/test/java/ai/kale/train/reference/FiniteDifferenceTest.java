package ai.kale.train.reference;

import static org.assertj.core.api.Assertions.assertThat;

import ai.kale.spi.tensor.Distributions;
import ai.kale.spi.tensor.Divergence;
import ai.kale.spi.tensor.LoraSpec;
import ai.kale.spi.tensor.LossTerm;
import ai.kale.spi.tensor.RowSelection;
import ai.kale.spi.tensor.RowTarget;
import ai.kale.spi.tensor.TokenBatch;
import ai.kale.train.checkpoint.DecoderConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every gradient of the reference engine against differences of its losses. */
class FiniteDifferenceTest {
  private static final double STEP = 1e-5;
  private static final int[] FIRST = {1, 9, 4, 4, 0, 7, 10, 3, 5};
  private static final TokenBatch BATCH = new TokenBatch(List.of(FIRST, new int[] {3, 8, 2, 6}));

  static Set<String> names() {
    return TinyDecoders.all().keySet();
  }

  private static DecoderConfig config(String name) {
    return Objects.requireNonNull(TinyDecoders.all().get(name));
  }

  /** All kinds of terms at both layers, with and without a tail. */
  static List<LossTerm> terms(ReferenceModel teacher) {
    RowSelection last =
        new RowSelection(-1, new int[] {0, 0, 1, 0, 0, 1}, new int[] {6, 4, 2, 8, 1, 0});
    RowSelection early = new RowSelection(1, new int[] {1, 0}, new int[] {1, 5});
    List<LossTerm> terms = new ArrayList<>();
    terms.add(LossTerm.mean("answer", last, new RowTarget.Tokens(new int[] {5, 0, 10, 2, 2, 7})));
    terms.add(new LossTerm("bridge", early, new RowTarget.Tokens(new int[] {6, 6}), -0.3, 5));
    List<Divergence> kinds = new ArrayList<>(Divergence.named());
    kinds.add(Divergence.jensenShannon(0.2));
    for (Divergence kind : kinds) {
      Distributions top = teacher.topK(BATCH, last, 3, 2);
      Distributions whole = teacher.topK(BATCH, early, 11, 1);
      terms.add(new LossTerm(kind + " top", last, new RowTarget.Match(kind, 2, top), 1.3, 4));
      terms.add(new LossTerm(kind + " whole", early, new RowTarget.Match(kind, 1, whole), 0.6, 2));
    }
    return terms;
  }

  @ParameterizedTest
  @MethodSource("names")
  void gradientsOfAllParametersAgree(String name) {
    ReferenceModel model = TinyDecoders.model(config(name), 7);
    compare(model, terms(TinyDecoders.model(config(name), 2)));
  }

  @ParameterizedTest
  @MethodSource("names")
  void gradientsOfAnAdapterAgree(String name) {
    ReferenceModel model = TinyDecoders.model(config(name), 3);
    List<String> targets = List.of(".*([qv]_proj|gate|mlp.*(up|down)_proj)");
    model.adapt(LoraSpec.ofRank(2, 4).withTargetModules(targets));
    SplittableRandom random = new SplittableRandom(5);
    for (String trained : model.trainableParameterNames()) {
      double[] values = model.exactValues(trained);
      for (int i = 0; i < values.length; i++) {
        values[i] += 0.1 * random.nextGaussian();
      }
    }
    compare(model, terms(TinyDecoders.model(config(name), 2)));
  }

  private static void compare(ReferenceModel model, List<LossTerm> terms) {
    model.accumulate(BATCH, terms);
    for (String name : model.trainableParameterNames()) {
      double[] gradient = model.exactGradient(name);
      double[] values = model.exactValues(name);
      double error = 0;
      double size = 0;
      for (int i = 0; i < values.length; i++) {
        double original = values[i];
        values[i] = original + STEP;
        double above = model.evaluate(BATCH, terms).total();
        values[i] = original - STEP;
        double below = model.evaluate(BATCH, terms).total();
        values[i] = original;
        error += Math.pow(gradient[i] - (above - below) / (2 * STEP), 2);
        size += gradient[i] * gradient[i];
      }
      assertThat(size).as(name).isPositive();
      assertThat(Math.sqrt(error / size)).as(name).isLessThan(1e-6);
    }
  }
}
