package ai.kale.train.teacher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.kale.run.RunContext;
import ai.kale.spi.tensor.Divergence;
import ai.kale.spi.tensor.EngineOptions;
import ai.kale.spi.tensor.Precision;
import ai.kale.spi.tensor.TensorModel;
import ai.kale.train.data.DataHash;
import ai.kale.train.data.PassLimit;
import ai.kale.train.data.TrainingExample;
import ai.kale.train.djl.DjlTensorEngine;
import ai.kale.train.io.Json;
import ai.kale.train.objective.Completion;
import ai.kale.train.objective.Objective;
import ai.kale.train.objective.Objectives;
import ai.kale.train.objective.TermBatch;
import ai.kale.train.text.PromptFormat;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/**
 * The divergence presets on a real model, from tokens to loss, against numbers made elsewhere. The
 * folder with the fixtures comes in the system property {@code kale.golden}; without it the test is
 * skipped.
 */
class GoldenObjectiveTest {
  private static int[] ints(JsonNode node) {
    return IntStream.range(0, node.size()).map(i -> node.get(i).asInt()).toArray();
  }

  private static int[] joined(int[] first, int[] second) {
    return IntStream.concat(IntStream.of(first), IntStream.of(second)).toArray();
  }

  @Test
  void presetsGiveTheReferenceDivergences() {
    String golden = System.getProperty("kale.golden", "");
    Assumptions.assumeFalse(golden.isEmpty(), "no folder with golden numbers");
    Path folder = Path.of(golden).resolve("llama_untied");
    JsonNode kl = Json.read(folder.resolve("kl.json"));
    int[] question = ints(kl.get("question_ids"));
    TrainingExample example =
        new TrainingExample(
            "golden",
            question,
            joined(ints(kl.get("rationale_ids")), question),
            ints(kl.get("answer_ids")),
            new int[] {1},
            List.of());
    List<TrainingExample> examples = List.of(example);
    try (TensorModel model = new DjlTensorEngine().open(folder, EngineOptions.cpu())) {
      TeacherKey key =
          new TeacherKey(
              "w",
              Precision.F32,
              "t",
              DataHash.of(examples),
              PromptFormat.standard(),
              Integer.MAX_VALUE,
              1);
      TeacherTargets targets =
          TeacherTargets.compute(key, model, examples, PassLimit.NONE, RunContext.silent());
      assertPreset(model, targets, examples, Objectives.kalePaper(), kl, "reverse_kl");
      assertPreset(model, targets, examples, Objectives.kale(), kl, "forward_kl");
      Objective jensenShannon = Objectives.kale(Divergence.JENSEN_SHANNON, 1, 0);
      assertPreset(model, targets, examples, jensenShannon, kl, "jsd_0.5");
    }
  }

  private static void assertPreset(
      TensorModel model,
      TeacherTargets targets,
      List<TrainingExample> examples,
      Objective objective,
      JsonNode kl,
      String field) {
    TermBatch batch =
        new TermBatch(
            examples,
            Completion.ANSWER,
            Optional.of(targets.distributions(model, examples, new int[] {0})),
            model.layerCount());
    double value =
        model
            .evaluate(batch.tokens(), objective.lossTerms(batch, objective.divisors(examples)))
            .total();
    assertThat(value).isCloseTo(kl.get("mean").get(field).asDouble(), within(1e-5));
  }
}
