package ai.kale.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.kale.spi.tensor.Divergence;
import ai.kale.spi.tensor.EngineOptions;
import ai.kale.spi.tensor.LossTerm;
import ai.kale.spi.tensor.RowSelection;
import ai.kale.spi.tensor.RowTarget;
import ai.kale.spi.tensor.TensorModel;
import ai.kale.spi.tensor.TokenBatch;
import ai.kale.train.data.Bridge;
import ai.kale.train.data.BridgeMask;
import ai.kale.train.data.ExampleEncoder;
import ai.kale.train.data.PassLimit;
import ai.kale.train.data.TrainingExample;
import ai.kale.train.djl.DjlTensorEngine;
import ai.kale.train.djl.HuggingFaceTokenizer;
import ai.kale.train.objective.AnswerCrossEntropy;
import ai.kale.train.objective.BridgeLens;
import ai.kale.train.objective.Completion;
import ai.kale.train.objective.LensLayers;
import ai.kale.train.objective.Objective;
import ai.kale.train.objective.TeacherDivergence;
import ai.kale.train.objective.TermBatch;
import ai.kale.train.teacher.LiveTeacher;
import ai.kale.train.text.PromptFormat;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Gradients of one large batch and of its passes, on the real engine. */
class PassesOnTheEngineTest {
  private static List<TrainingExample> examples = List.of();
  private static Optional<TensorModel> opened = Optional.empty();

  @BeforeAll
  static void open(@TempDir Path folder) {
    TinyWorld.checkpoint(folder);
    opened = Optional.of(new DjlTensorEngine().open(folder, EngineOptions.cpu()));
    try (HuggingFaceTokenizer tokenizer = HuggingFaceTokenizer.load(folder)) {
      ExampleEncoder encoder =
          new ExampleEncoder(tokenizer, PromptFormat.standard(), 64, BridgeMask.none());
      examples =
          encoder
              .encodeAll(TinyWorld.questions().subList(0, 10), ExampleEncoder.Policy.FAIL)
              .examples();
    }
  }

  @AfterAll
  static void close() {
    opened.ifPresent(TensorModel::close);
  }

  private static TensorModel model() {
    return opened.orElseThrow();
  }

  /** Their bridges' labels are of one, two and three tokens in turn. */
  private static List<TrainingExample> withLongBridges() {
    List<TrainingExample> all = new ArrayList<>();
    for (int i = 0; i < examples.size(); i++) {
      TrainingExample e = examples.get(i);
      List<Integer> label = IntStream.rangeClosed(0, i % 3).mapToObj(j -> 3 + j).toList();
      all.add(
          new TrainingExample(
              e.questionId(),
              e.prompt(),
              e.readingPrompt(),
              e.answer(),
              e.rationaleThenAnswer(),
              List.of(new Bridge(1, label, true))));
    }
    return all;
  }

  private static Objective everything() {
    return new Objective(
        "everything",
        Completion.ANSWER,
        List.of(
            new TeacherDivergence(Divergence.jensenShannon(0.3), 2),
            new AnswerCrossEntropy(0.2),
            new BridgeLens(LensLayers.standard(), 0.5)
                .withTokens(BridgeLens.Tokens.ALL)
                .withWarmup(10)));
  }

  private static Map<String, float[]> gradients(PassLimit limit, Map<String, Double> losses) {
    BatchSource source =
        new BatchSource(
            "s", 1, withLongBridges(), everything(), 10, Optional.of(new LiveTeacher(16, 2)));
    StepRunner runner = new StepRunner(model(), Schedule.of(10, 1e-3, 1), limit);
    model().zeroGradients();
    losses.putAll(runner.gather(source, IntStream.range(0, 10).toArray(), 4).losses());
    Map<String, float[]> gradients = new LinkedHashMap<>();
    for (String name : model().trainableParameterNames()) {
      gradients.put(name, model().gradient(name).values());
    }
    model().zeroGradients();
    return gradients;
  }

  @Test
  void passesOfAnyKindGiveTheGradientOfTheWholeBatch() {
    Map<String, Double> wholeLosses = new LinkedHashMap<>();
    Map<String, float[]> whole = gradients(PassLimit.NONE, wholeLosses);
    for (PassLimit limit :
        List.of(PassLimit.ofExamples(1), PassLimit.ofExamples(3), new PassLimit(9, 150))) {
      Map<String, Double> losses = new LinkedHashMap<>();
      Map<String, float[]> parts = gradients(limit, losses);
      assertThat(losses).containsOnlyKeys(wholeLosses.keySet());
      losses.forEach(
          (name, loss) -> assertThat(loss).isCloseTo(wholeLosses.get(name), within(1e-6)));
      whole.forEach(
          (name, expected) ->
              assertThat(distance(parts.getOrDefault(name, new float[0]), expected))
                  .as(name)
                  .isLessThan(1e-5));
    }
  }

  /** L2 distance relative to the norm of the second. */
  private static double distance(float[] actual, float[] expected) {
    double difference = 0;
    double norm = 0;
    for (int i = 0; i < expected.length; i++) {
      difference += Math.pow(actual[i] - expected[i], 2);
      norm += Math.pow(expected[i], 2);
    }
    return Math.sqrt(difference / Math.max(norm, 1e-12));
  }

  @Test
  void theUnrolledLensIsTheMeanSurprisalOfTheLabelsTokens() {
    List<TrainingExample> all = withLongBridges();
    BridgeLens lens = new BridgeLens(LensLayers.standard(), 1).withTokens(BridgeLens.Tokens.ALL);
    Objective objective = new Objective("lens", Completion.ANSWER, List.of(lens));
    TermBatch batch = new TermBatch(all, Completion.ANSWER, Optional.empty(), model().layerCount());
    Objective.Pass pass = objective.pass(batch, objective.divisors(all));
    double loss = model().evaluate(pass.tokens(), pass.terms()).total();
    assertThat(loss).isCloseTo(surprisal(all), within(1e-5));
    assertThat(pass.tokens().sequences()).hasSize(10 + 6);
    LossTerm term = pass.terms().get(0);
    assertThat(((RowTarget.Tokens) term.target()).tokens()).hasSize(4 + 3 * 2 + 3 * 3);
  }

  /** One label and one token at a time, each in a sequence of its own. */
  private static double surprisal(List<TrainingExample> all) {
    double sum = 0;
    int count = 0;
    for (TrainingExample e : all) {
      List<Integer> label = e.bridges().get(0).tokens();
      for (int t = 0; t < label.size(); t++) {
        int[] sequence =
            IntStream.concat(
                    IntStream.of(e.prompt()), label.subList(0, t).stream().mapToInt(x -> x))
                .toArray();
        sum -=
            model()
                .logProbabilities(
                    new TokenBatch(List.of(sequence)),
                    new RowSelection(1, new int[] {0}, new int[] {sequence.length - 1}),
                    new int[] {label.get(t)})[0];
        count++;
      }
    }
    return sum / count;
  }
}
