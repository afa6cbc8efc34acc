package ai.kale.train.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.kale.spi.tensor.Distributions;
import ai.kale.spi.tensor.Divergence;
import ai.kale.spi.tensor.EngineOptions;
import ai.kale.spi.tensor.LossTerm;
import ai.kale.spi.tensor.RowSelection;
import ai.kale.spi.tensor.RowTarget;
import ai.kale.spi.tensor.SavedAdapter;
import ai.kale.spi.tensor.TokenBatch;
import ai.kale.train.io.Json;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/**
 * The reference engine against numbers computed elsewhere in double precision. The folder with the
 * fixtures comes in the system property {@code kale.golden}; without it the tests are skipped.
 */
class GoldenReferenceTest {
  private static Path fixture() {
    Path folder = Path.of(System.getProperty("kale.golden", ""), "llama_untied");
    Assumptions.assumeTrue(
        Files.isDirectory(folder), "skipped: kale.golden names no folder with llama_untied");
    return folder;
  }

  private static ReferenceModel open(EngineOptions options) {
    return (ReferenceModel) new ReferenceEngine().open(fixture(), options);
  }

  private static int[] ints(JsonNode list) {
    return IntStream.range(0, list.size()).map(i -> list.get(i).asInt()).toArray();
  }

  private static TokenBatch batch(JsonNode golden) {
    List<int[]> sequences = new ArrayList<>();
    for (int i = 0; i < golden.get("lengths").size(); i++) {
      int length = golden.get("lengths").get(i).asInt();
      sequences.add(Arrays.copyOf(ints(golden.get("input_ids").get(i)), length));
    }
    return new TokenBatch(sequences);
  }

  private static void compareLogits(ReferenceModel model, JsonNode golden) {
    TokenBatch batch = batch(golden);
    for (int s = 0; s < batch.sequences().size(); s++) {
      double[][] logits = model.logits(batch.sequences().get(s), RowSelection.LAST_LAYER);
      for (int t = 0; t < logits.length; t++) {
        JsonNode expected = golden.get("logits").get(s).get(t);
        for (int v = 0; v < logits[t].length; v++) {
          assertThat(logits[t][v]).isCloseTo(expected.get(v).asDouble(), within(1e-8));
        }
      }
    }
  }

  private static LossTerm answers(JsonNode terms) {
    List<int[]> found = new ArrayList<>();
    for (JsonNode term : terms) {
      int[] row = {
        term.get("sequence").asInt(),
        term.get("logit_position").asInt(),
        term.get("target_id").asInt()
      };
      found.add(row);
    }
    return LossTerm.mean(
        "ce",
        new RowSelection(
            RowSelection.LAST_LAYER,
            found.stream().mapToInt(row -> row[0]).toArray(),
            found.stream().mapToInt(row -> row[1]).toArray()),
        new RowTarget.Tokens(found.stream().mapToInt(row -> row[2]).toArray()));
  }

  private static void compareNorms(ReferenceModel model, JsonNode norms) {
    for (Map.Entry<String, JsonNode> norm : norms.properties()) {
      double sum = Arrays.stream(model.exactGradient(norm.getKey())).map(g -> g * g).sum();
      double expected = norm.getValue().asDouble();
      assertThat(Math.sqrt(sum)).as(norm.getKey()).isCloseTo(expected, within(1e-9 * expected));
    }
  }

  @Test
  void logitsLossGradientsAndGreedyTokensAgree() {
    JsonNode golden = Json.read(fixture().resolve("golden.json"));
    try (ReferenceModel model = open(EngineOptions.cpu())) {
      compareLogits(model, golden);
      LossTerm term = answers(golden.get("loss").get("terms"));
      assertThat(model.accumulate(batch(golden), List.of(term)).total())
          .isCloseTo(golden.get("loss").get("mean_cross_entropy").asDouble(), within(1e-10));
      compareNorms(model, golden.get("grad_l2"));
      JsonNode greedy = golden.get("greedy");
      List<int[]> prompts = new ArrayList<>();
      greedy.get("prompts").forEach(prompt -> prompts.add(ints(prompt)));
      List<int[]> generated = model.generate(prompts, greedy.get("new_tokens").asInt());
      for (int i = 0; i < prompts.size(); i++) {
        assertThat(generated.get(i)).isEqualTo(ints(greedy.get("continuations").get(i)));
      }
    }
  }

  /** The target is handed over in 32-bit floats, so the divergences agree to about 1e-7. */
  @Test
  void divergencesAgree() {
    JsonNode golden = Json.read(fixture().resolve("kl.json"));
    Map<String, Divergence> kinds =
        Map.of(
            "reverse_kl", Divergence.REVERSE_KL,
            "forward_kl", Divergence.FORWARD_KL,
            "jsd_0.5", Divergence.JENSEN_SHANNON);
    try (ReferenceModel model = open(EngineOptions.cpu())) {
      TokenBatch p = new TokenBatch(List.of(ints(golden.get("p").get("input_ids"))));
      TokenBatch q = new TokenBatch(List.of(ints(golden.get("q").get("input_ids"))));
      int[] rows = ints(golden.get("p").get("rows"));
      Distributions teacher =
          model.topK(
              q,
              new RowSelection(-1, new int[rows.length], ints(golden.get("q").get("rows"))),
              model.vocabularySize(),
              1);
      RowSelection selection = new RowSelection(-1, new int[rows.length], rows);
      kinds.forEach(
          (name, kind) -> {
            model.zeroGradients();
            LossTerm term = LossTerm.mean("kl", selection, new RowTarget.Match(kind, 1, teacher));
            double expected = golden.get("mean").get(name).asDouble();
            assertThat(model.accumulate(p, List.of(term)).total())
                .isCloseTo(expected, within(1e-6));
            JsonNode norms = golden.get("grad_l2_teacher_detached").get(name);
            for (Map.Entry<String, JsonNode> norm : norms.properties()) {
              double sum = Arrays.stream(model.exactGradient(norm.getKey())).map(g -> g * g).sum();
              assertThat(Math.sqrt(sum) / norm.getValue().asDouble()).isCloseTo(1, within(1e-6));
            }
          });
    }
  }

  @Test
  void theAdapterAndItsMergedWeightsAgree() {
    JsonNode golden = Json.read(fixture().resolve("lora/golden.json"));
    EngineOptions adapted =
        EngineOptions.cpu().withAdapter(new SavedAdapter(fixture().resolve("lora")));
    try (ReferenceModel model = open(adapted)) {
      compareLogits(model, golden);
      JsonNode plain = Json.read(fixture().resolve("golden.json"));
      LossTerm term = answers(plain.get("loss").get("terms"));
      TokenBatch batch = batch(golden);
      double loss = golden.get("mean_cross_entropy").asDouble();
      assertThat(model.evaluate(batch, List.of(term)).total()).isCloseTo(loss, within(1e-10));
    }
  }
}
