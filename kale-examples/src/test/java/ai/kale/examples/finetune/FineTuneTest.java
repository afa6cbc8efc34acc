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
import ai.kale.train.TeacherMode;
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
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
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

  private Path checkpoint(Path data, List<String> more) {
    Path model = folder.resolve("model");
    PromptFormat format = PromptFormat.standard();
    List<String> texts = new ArrayList<>(more);
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
      "--model=" + checkpoint(data, List.of()),
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
            "--model=" + checkpoint(data, List.of()),
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

  /** The small checkpoint with a chat template whose words it knows. */
  private Path chatCheckpoint(Path data) throws IOException {
    Path model = checkpoint(data, List.of("Say user model 26 07 2024 : ."));
    Files.writeString(
        model.resolve("chat_template.jinja"),
        "{% for m in messages %}{% if m.role == 'user' %}user {{ strftime_now('%d.%m.%Y') }} :"
            + " {{ m.content }} model :{% else %} {{ m.content }} {{ eos_token }}{% endif %}"
            + "{% endfor %}");
    return model;
  }

  @Test
  void theChatTemplateOfTheCheckpointLaysTextsOut() throws IOException {
    Path data = data();
    Path model = chatCheckpoint(data);
    Path out = folder.resolve("chat");
    int code =
        run(
            "--model=" + model,
            "--data=" + data,
            "--chat",
            "--lora=2",
            "--steps=2",
            "--batch=4",
            "--out=" + out);
    assertThat(code).as(complained()).isZero();
    assertThat(out.resolve("adapter/README.md"))
        .content()
        .contains("| format.question | user 26.07.2024 : {question} model : |")
        .contains("| format.end | &lt;eos> |");
    Files.delete(model.resolve("chat_template.jinja"));
    assertThat(run("--model=" + model, "--data=" + data, "--chat", "--out=" + out)).isEqualTo(1);
    assertThat(complained()).contains("no chat template", "--chat");
  }

  @Test
  void aQuestionThatIsTooLongEndsTheCommandOrIsLeftOut() {
    Path data = data();
    Path model = checkpoint(data, List.of());
    List<RationalizedQuestion> rows = JsonlFormat.rationalizedQuestions().readAll(data);
    int longest =
        rows.stream().mapToInt(row -> row.rationale().text().split("\\W+").length).max().orElse(0);
    String[] args = {
      "--model=" + model,
      "--data=" + data,
      "--objective=rationale",
      "--steps=2",
      "--batch=4",
      "--lora=2",
      "--max-tokens=" + longest,
      "--out=" + folder.resolve("out")
    };
    assertThat(run(args)).isEqualTo(1);
    assertThat(complained()).contains("tokens but at most " + longest + " fit");
    String[] skipping = Arrays.copyOf(args, args.length + 1);
    skipping[args.length] = "--skip-bad";
    assertThat(run(skipping)).as(complained()).isZero();
    assertThat(printed()).contains("left out: question ", "at most " + longest + " fit");
  }

  @Test
  void anotherTeacherAndReplayAreTrainedWith() throws IOException {
    Path data = data();
    Path facts = folder.resolve("facts.jsonl");
    JsonlFormat.questions()
        .write(
            facts,
            JsonlFormat.rationalizedQuestions().readAll(data).stream()
                .map(RationalizedQuestion::question)
                .limit(8)
                .toList());
    Path out = folder.resolve("out");
    int code =
        run(
            "--model=" + checkpoint(data, List.of()),
            "--data=" + data,
            "--teacher=ema",
            "--replay=" + facts,
            "--replay-share=0.5",
            "--lora=2",
            "--steps=6",
            "--batch=4",
            "--out=" + out);
    assertThat(code).as(complained()).isZero();
    assertThat(Files.readString(out.resolve("metrics.jsonl")))
        .contains("\"source\":\"replay\"", "\"source\":\"questions\"");
    assertThat(out.resolve("adapter/README.md"))
        .content()
        .contains("| teacher.mode | Ema\\[decay=0.99] |", "| replay.share | 0.5 |");
  }

  @Test
  void everyTeacherHasAName() {
    TeacherOptions options = new TeacherOptions();
    Map<TeacherOptions.Kind, TeacherMode> modes = new EnumMap<>(TeacherOptions.Kind.class);
    for (TeacherOptions.Kind kind : TeacherOptions.Kind.values()) {
      options.kind = kind;
      modes.put(kind, options.mode());
    }
    assertThat(modes)
        .containsOnly(
            Map.entry(TeacherOptions.Kind.cached, TeacherMode.frozenCached()),
            Map.entry(TeacherOptions.Kind.base, TeacherMode.frozenLive()),
            Map.entry(TeacherOptions.Kind.live, TeacherMode.live()),
            Map.entry(TeacherOptions.Kind.ema, TeacherMode.ema(0.99)),
            Map.entry(TeacherOptions.Kind.refreshed, TeacherMode.refreshed(50)));
  }

  @Test
  void aRationaleHasMoreRoomUnlessAskedOtherwise() {
    FineTuneOptions options = new FineTuneOptions();
    assertThat(options.newTokens()).isEqualTo(32);
    options.objective = FineTuneOptions.Preset.rationale;
    assertThat(options.newTokens()).isEqualTo(256);
    options.text.newTokens = 100;
    assertThat(options.newTokens()).isEqualTo(100);
  }

  @Test
  void settingsThatCannotWorkAreUsageErrors() {
    Path data = data();
    for (String wrong :
        List.of(
            "--max-tokens=0",
            "--new-tokens=0",
            "--pass-tokens=0",
            "--teacher-decay=1",
            "--teacher-every=0",
            "--top-k=0",
            "--replay-share=1",
            "--replay=" + folder.resolve("none.jsonl"))) {
      err.reset();
      assertThat(run("--model=" + folder, "--data=" + data, wrong)).as(wrong).isEqualTo(2);
      assertThat(complained()).contains(wrong.substring(0, wrong.indexOf('=')));
    }
    assertThat(run("--model=" + folder, "--data=" + data, "--teacher=base", "--lora=0"))
        .isEqualTo(2);
    assertThat(complained()).contains("--teacher base needs an adapter");
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
