package ai.kale.train.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.kale.spi.tensor.Distributions;
import ai.kale.spi.tensor.Divergence;
import ai.kale.spi.tensor.EngineOptions;
import ai.kale.spi.tensor.LossTerm;
import ai.kale.spi.tensor.RowSelection;
import ai.kale.spi.tensor.RowTarget;
import ai.kale.spi.tensor.SavedAdapter;
import ai.kale.spi.tensor.TensorModel;
import ai.kale.spi.tensor.TokenBatch;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Compares the engine with numbers computed elsewhere in double precision. The folder with the
 * fixtures comes in the system property {@code kale.golden}; without it the tests are skipped.
 */
class GoldenParityTest {
  private static Path fixture(String name) {
    String folder = System.getProperty("kale.golden", "");
    Assumptions.assumeTrue(
        !folder.isEmpty() && Files.isDirectory(Path.of(folder, name)),
        "skipped: the system property kale.golden names no folder with the fixture " + name);
    return Path.of(folder, name);
  }

  private static JsonNode json(Path file) throws IOException {
    return new ObjectMapper().readTree(file.toFile());
  }

  private static int[] ints(JsonNode list) {
    return IntStream.range(0, list.size()).map(i -> list.get(i).asInt()).toArray();
  }

  private static TokenBatch batch(JsonNode golden) {
    List<int[]> sequences = new ArrayList<>();
    for (int i = 0; i < golden.get("input_ids").size(); i++) {
      int[] padded = ints(golden.get("input_ids").get(i));
      sequences.add(java.util.Arrays.copyOf(padded, golden.get("lengths").get(i).asInt()));
    }
    return new TokenBatch(sequences);
  }

  @ParameterizedTest
  @ValueSource(strings = {"llama_untied", "llama_untied_sharded"})
  void logitsLossGradientsAndGreedyTokensAgree(String name) throws IOException {
    Path folder = fixture(name);
    JsonNode golden = json(folder.resolve("golden.json"));
    try (TensorModel model = new DjlTensorEngine().open(folder, EngineOptions.cpu())) {
      TokenBatch batch = batch(golden);
      double worst = compareLogits(model, batch, golden.get("logits"));

      JsonNode terms = golden.get("loss").get("terms");
      int[] sequences = new int[terms.size()];
      int[] positions = new int[terms.size()];
      int[] targets = new int[terms.size()];
      for (int i = 0; i < terms.size(); i++) {
        sequences[i] = terms.get(i).get("sequence").asInt();
        positions[i] = terms.get(i).get("logit_position").asInt();
        targets[i] = terms.get(i).get("target_id").asInt();
      }
      RowSelection rows = new RowSelection(RowSelection.LAST_LAYER, sequences, positions);
      double loss =
          model
              .accumulate(batch, List.of(LossTerm.mean("ce", rows, new RowTarget.Tokens(targets))))
              .total();
      double lossError = Math.abs(loss - golden.get("loss").get("mean_cross_entropy").asDouble());
      assertThat(lossError).isLessThan(1e-5);
      double gradientError = compareNorms(model, golden.get("grad_l2"));

      JsonNode greedy = golden.get("greedy");
      List<int[]> prompts = new ArrayList<>();
      greedy.get("prompts").forEach(prompt -> prompts.add(ints(prompt)));
      List<int[]> generated = model.generate(prompts, greedy.get("new_tokens").asInt());
      for (int i = 0; i < prompts.size(); i++) {
        assertThat(generated.get(i)).isEqualTo(ints(greedy.get("continuations").get(i)));
      }
      System.out.printf(
          "%s: logits %.1e, loss %.1e, gradient norms %.1e relative, greedy equal%n",
          name, worst, lossError, gradientError);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"llama_untied"})
  void divergencesToADetachedTeacherAgree(String name) throws IOException {
    Path folder = fixture(name);
    JsonNode golden = json(folder.resolve("kl.json"));
    Map<String, Divergence> kinds =
        Map.of(
            "reverse_kl", Divergence.REVERSE_KL,
            "forward_kl", Divergence.FORWARD_KL,
            "jsd_0.5", Divergence.JENSEN_SHANNON);
    try (TensorModel model = new DjlTensorEngine().open(folder, EngineOptions.cpu())) {
      TokenBatch p = new TokenBatch(List.of(ints(golden.get("p").get("input_ids"))));
      TokenBatch q = new TokenBatch(List.of(ints(golden.get("q").get("input_ids"))));
      int[] zeros = new int[golden.get("p").get("rows").size()];
      RowSelection rows =
          new RowSelection(RowSelection.LAST_LAYER, zeros, ints(golden.get("p").get("rows")));
      Distributions teacher =
          model.topK(
              q,
              new RowSelection(RowSelection.LAST_LAYER, zeros, ints(golden.get("q").get("rows"))),
              model.vocabularySize(),
              1);
      for (Map.Entry<String, Divergence> kind : kinds.entrySet()) {
        model.zeroGradients();
        double value =
            model
                .accumulate(
                    p,
                    List.of(
                        LossTerm.mean(
                            "kl", rows, new RowTarget.Match(kind.getValue(), 1, teacher))))
                .total();
        double expected = golden.get("mean").get(kind.getKey()).asDouble();
        assertThat(value).isCloseTo(expected, within(1e-5));
        double gradientError =
            compareNorms(model, golden.get("grad_l2_teacher_detached").get(kind.getKey()));
        System.out.printf(
            "%s: value %.1e, gradient norms %.1e relative%n",
            kind.getKey(), Math.abs(value - expected), gradientError);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"llama_untied"})
  void adapterAndMergedWeightsAgree(String name, @TempDir Path saved) throws IOException {
    Path folder = fixture(name);
    Path adapter = fixture(name + "/lora");
    JsonNode golden = json(adapter.resolve("golden.json"));
    TokenBatch batch = batch(golden);
    EngineOptions options = EngineOptions.cpu().withAdapter(new SavedAdapter(adapter));
    double logits;
    double lossError;
    double gradientError;
    try (TensorModel model = new DjlTensorEngine().open(folder, options)) {
      logits = compareLogits(model, batch, golden.get("logits"));
      RowSelection rows = answers(golden);
      RowTarget targets = new RowTarget.Tokens(next(batch, rows));
      lossError =
          Math.abs(
              model.evaluate(batch, List.of(LossTerm.mean("ce", rows, targets))).total()
                  - golden.get("mean_cross_entropy").asDouble());
      assertThat(lossError).isLessThan(1e-5);
      // The fixture's gradients are without dropout, so the file's share is switched off.
      JsonNode config = json(adapter.resolve("adapter_config.json"));
      Files.copy(
          adapter.resolve("adapter_model.safetensors"), saved.resolve("adapter_model.safetensors"));
      Files.writeString(
          saved.resolve("adapter_config.json"),
          ((ObjectNode) config).put("lora_dropout", 0).toString());
      EngineOptions still = EngineOptions.cpu().withAdapter(new SavedAdapter(saved));
      try (TensorModel trained = new DjlTensorEngine().open(folder, still)) {
        trained.accumulate(batch, List.of(LossTerm.mean("ce", rows, targets)));
        gradientError = compareNorms(trained, golden.get("adapter_grad_l2"));
      }
      model.save(saved.resolve("merged"));
    }
    double merged;
    try (TensorModel model =
        new DjlTensorEngine().open(saved.resolve("merged"), EngineOptions.cpu())) {
      merged = compareLogits(model, batch, golden.get("merged_logits"));
    }
    System.out.printf(
        "%s/lora: logits %.1e, merged %.1e, loss %.1e, gradient norms %.1e relative%n",
        name, logits, merged, lossError, gradientError);
  }

  /** Rows that predict the tokens from each sequence's answer on. */
  private static RowSelection answers(JsonNode golden) {
    List<int[]> pairs = new ArrayList<>();
    for (int s = 0; s < golden.get("answer_start").size(); s++) {
      int length = golden.get("lengths").get(s).asInt();
      for (int t = golden.get("answer_start").get(s).asInt(); t < length; t++) {
        pairs.add(new int[] {s, t - 1});
      }
    }
    return new RowSelection(
        RowSelection.LAST_LAYER,
        pairs.stream().mapToInt(pair -> pair[0]).toArray(),
        pairs.stream().mapToInt(pair -> pair[1]).toArray());
  }

  private static int[] next(TokenBatch batch, RowSelection rows) {
    return IntStream.range(0, rows.count())
        .map(i -> batch.sequences().get(rows.sequences()[i])[rows.positions()[i] + 1])
        .toArray();
  }

  /** The largest difference of a log-probability; at most 1e-4. */
  private static double compareLogits(TensorModel model, TokenBatch batch, JsonNode golden) {
    double worst = 0;
    for (int s = 0; s < batch.sequences().size(); s++) {
      int length = batch.sequences().get(s).length;
      int[] at = new int[length];
      java.util.Arrays.fill(at, s);
      Distributions all =
          model.topK(
              batch,
              new RowSelection(RowSelection.LAST_LAYER, at, IntStream.range(0, length).toArray()),
              model.vocabularySize(),
              1);
      for (int t = 0; t < length; t++) {
        JsonNode logits = golden.get(s).get(t);
        double sum = 0;
        for (JsonNode logit : logits) {
          sum += Math.exp(logit.asDouble());
        }
        for (int j = t * all.k(); j < (t + 1) * all.k(); j++) {
          double expected = logits.get(all.ids()[j]).asDouble() - Math.log(sum);
          worst = Math.max(worst, Math.abs(all.logProbabilities()[j] - expected));
        }
      }
    }
    assertThat(worst).isLessThan(1e-4);
    return worst;
  }

  private static double compareNorms(TensorModel model, JsonNode norms) {
    double worst = 0;
    for (Map.Entry<String, JsonNode> norm : norms.properties()) {
      double sum = 0;
      for (float value : model.gradient(norm.getKey()).values()) {
        sum += (double) value * value;
      }
      worst = Math.max(worst, Math.abs(Math.sqrt(sum) / norm.getValue().asDouble() - 1));
      assertThat(worst).as(norm.getKey()).isLessThan(1e-4);
    }
    return worst;
  }
}
