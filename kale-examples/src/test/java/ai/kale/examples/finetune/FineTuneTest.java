package ai.kale.examples.finetune;

import static org.assertj.core.api.Assertions.assertThat;

import ai.kale.Kale;
import ai.kale.KnowledgeGraph;
import ai.kale.data.RationalizedQuestion;
import ai.kale.examples.testing.SmallWorld;
import ai.kale.jsonl.JsonlFormat;
import ai.kale.kg.link.LabelLinker;
import ai.kale.kg.path.ExactPathExtractor;
import ai.kale.rationale.TemplateSynthesizer;
import ai.kale.train.checkpoint.DecoderConfig;
import ai.kale.train.checkpoint.DecoderInitializer;
import ai.kale.train.text.PromptFormat;
import ai.kale.train.text.WordLevelTokenizerFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FineTuneTest {
  private final Path folder;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final PrintStream systemOut = System.out;
  private final PrintStream systemErr = System.err;

  FineTuneTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @AfterEach
  void release() {
    System.setOut(systemOut);
    System.setErr(systemErr);
  }

  private int run(String... args) {
    System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
    System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
    return FineTune.run(args);
  }

  private String printed() {
    return out.toString(StandardCharsets.UTF_8);
  }

  private String complained() {
    return err.toString(StandardCharsets.UTF_8);
  }

  private Path data() {
    Path file = folder.resolve("rationalized.jsonl");
    try (KnowledgeGraph graph = SmallWorld.graph()) {
      Kale.with(graph)
          .linker(new LabelLinker())
          .extractor(new ExactPathExtractor())
          .ground(SmallWorld.questions(graph))
          .synthesize(new TemplateSynthesizer())
          .writeTo(file);
    }
    return file;
  }

  private Path checkpoint(Path data) {
    Path model = folder.resolve("model");
    PromptFormat format = PromptFormat.standard();
    List<String> texts = new ArrayList<>();
    for (RationalizedQuestion row : JsonlFormat.rationalizedQuestions().readAll(data)) {
      texts.add(format.readingPrompt(row.rationale().text(), row.question().prompt()));
      row.question().answers().forEach(answer -> texts.add(format.completion(answer)));
    }
    WordLevelTokenizerFile words = WordLevelTokenizerFile.of(texts, List.of());
    words.write(model);
    DecoderConfig config =
        DecoderConfig.small(words.tokens().size(), 16, 32, 2, 2, 512)
            .withSpecialTokens(null, words.tokens().indexOf(WordLevelTokenizerFile.EOS), null);
    DecoderInitializer.create(model, config, 7);
    return model;
  }

  @Test
  void aFolderAndRationalesBecomeAnAdapterAndMergedWeights() throws IOException {
    Path data = data();
    String[] args = {
      "--model=" + checkpoint(data),
      "--data=" + data,
      "--lora=2",
      "--steps=10",
      "--batch=8",
      "--pass=4",
      "--merge",
      "--out=" + folder.resolve("out")
    };
    assertThat(run(args)).as(complained()).isZero();
    assertThat(printed()).contains("questions with rationales", "step 10: loss");
    Path result = folder.resolve("out");
    assertThat(result.resolve("adapter/adapter_model.safetensors")).isRegularFile();
    assertThat(result.resolve("adapter/adapter_config.json")).isRegularFile();
    assertThat(result.resolve("model/model.safetensors")).isRegularFile();
    assertThat(result.resolve("model/tokenizer.json")).isRegularFile();
    assertThat(Files.readAllLines(result.resolve("metrics.jsonl"))).hasSize(10);
    byte[] adapter = Files.readAllBytes(result.resolve("adapter/adapter_model.safetensors"));
    try (Stream<Path> events = Files.list(result.resolve("tensorboard"))) {
      assertThat(events).isNotEmpty();
    }

    // Run again: nothing is left to do, and the same files come out.
    assertThat(run(args)).isZero();
    assertThat(result.resolve("adapter/adapter_model.safetensors")).hasBinaryContent(adapter);
    assertThat(Files.readAllLines(result.resolve("metrics.jsonl"))).hasSize(10);
  }

  @Test
  void allWeightsAreTrainedWithoutAnAdapter() {
    Path data = data();
    int code =
        run(
            "--model=" + checkpoint(data),
            "--data=" + data,
            "--lora=0",
            "--objective=sft",
            "--bf16",
            "--checkpointing",
            "--steps=2",
            "--batch=4",
            "--out=" + folder.resolve("full"));
    assertThat(code).as(complained()).isZero();
    assertThat(folder.resolve("full/model/model.safetensors")).isRegularFile();
    assertThat(folder.resolve("full/adapter")).doesNotExist();
  }

  @Test
  void whatIsMissingIsNamed() {
    assertThat(run("--model=" + folder.resolve("nowhere"), "--data=x.jsonl")).isEqualTo(2);
    assertThat(complained()).contains("nowhere", "--model");
    assertThat(run("--model=" + folder, "--data=" + folder.resolve("none.jsonl"))).isEqualTo(2);
    assertThat(complained()).contains("none.jsonl", "--data");
    Path data = data();
    assertThat(run("--model=" + folder, "--data=" + data, "--out=" + folder.resolve("o")))
        .isEqualTo(1);
    assertThat(complained()).contains("tokenizer.json");
    assertThat(run("--model=" + folder, "--data=" + data, "--steps=0")).isEqualTo(2);
  }
}
