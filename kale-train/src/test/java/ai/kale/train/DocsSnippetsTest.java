package ai.kale.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.kale.data.GroundedQuestion;
import ai.kale.data.Question;
import ai.kale.data.RationalizedQuestion;
import ai.kale.error.OperationCancelledException;
import ai.kale.rationale.TeacherSynthesizer;
import ai.kale.run.CancellationToken;
import ai.kale.run.ProgressListener;
import ai.kale.run.RunContext;
import ai.kale.spi.Providers;
import ai.kale.spi.TeacherModel;
import ai.kale.spi.tensor.Divergence;
import ai.kale.spi.tensor.EngineOptions;
import ai.kale.spi.tensor.LoraSpec;
import ai.kale.spi.tensor.Precision;
import ai.kale.spi.tensor.TensorModel;
import ai.kale.train.chat.ChatTemplate;
import ai.kale.train.checkpoint.Architecture;
import ai.kale.train.checkpoint.AttentionConfig;
import ai.kale.train.checkpoint.DecoderConfig;
import ai.kale.train.checkpoint.DecoderInitializer;
import ai.kale.train.data.BridgeMask;
import ai.kale.train.data.ExampleEncoder;
import ai.kale.train.data.TrainingExample;
import ai.kale.train.djl.HuggingFaceTokenizer;
import ai.kale.train.metrics.MetricsFile;
import ai.kale.train.metrics.TensorBoardFile;
import ai.kale.train.objective.AnswerCrossEntropy;
import ai.kale.train.objective.BridgeLens;
import ai.kale.train.objective.Completion;
import ai.kale.train.objective.LensLayers;
import ai.kale.train.objective.Objective;
import ai.kale.train.objective.Objectives;
import ai.kale.train.text.PromptFormat;
import ai.kale.train.text.TeacherLayout;
import ai.kale.train.text.Tokenizer;
import ai.kale.train.text.WordLevelTokenizerFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The snippets of docs/training.md, between the marker comments, as they stand there. */
class DocsSnippetsTest {
  @Test
  void fineTune(@TempDir Path work) {
    Path base = TinyWorld.checkpoint(work.resolve("base"));
    List<RationalizedQuestion> data = TinyWorld.questions();
    List<Question> facts = TinyWorld.facts();
    List<GroundedQuestion> heldOut = List.of();
    // snippet: fine-tune
    KaleTrainer trainer =
        KaleTrainer.builder()
            .checkpoint(base)
            .objective(Objectives.kaleWithBridgeLens())
            .schedule(Schedule.of(20, 2e-3, 42))
            .replay(facts, 0.3)
            .mask(BridgeMask.of(heldOut))
            .cacheFolder(work.resolve("teacher"))
            .checkpoints(work.resolve("run"), 10)
            .build();
    try (FineTunedModel model = trainer.train(data, RunContext.silent())) {
      List<String> answers =
          model.answerQuestions(data.stream().map(RationalizedQuestion::question).toList());
      model.save(work.resolve("tuned"));
      // end
      assertThat(answers).hasSize(data.size());
      assertThat(work.resolve("tuned/kale-provenance.json")).exists();
    }
  }

  @Test
  void largeCheckpoint(@TempDir Path work) {
    Path base = TinyWorld.checkpoint(work.resolve("base"), 64);
    // snippet: 7B
    KaleTrainer large =
        KaleTrainer.builder()
            .checkpoint(base)
            .engineOptions(
                EngineOptions.cpu()
                    .withPrecision(Precision.BF16)
                    .withAdapter(LoraSpec.ofRank(16, 42))
                    .withActivationCheckpointing(true))
            .schedule(Schedule.of(300, 2e-4, 42))
            .batchSize(32)
            .microBatchTokens(4096)
            .maxTokens(2048)
            .badExamples(ExampleEncoder.Policy.SKIP)
            .cacheFolder(work.resolve("teacher"))
            .checkpoints(work.resolve("run"), 50)
            .build();
    // end
    CancellationToken token = new CancellationToken();
    ProgressListener stop =
        p -> {
          if (p.stage().equals("train") && p.done() == 2) {
            token.cancel();
          }
        };
    assertThatThrownBy(() -> large.train(TinyWorld.questions(), new RunContext(stop, token)))
        .isInstanceOf(OperationCancelledException.class);
    assertThat(work.resolve("run/step-0000000002/adapter/adapter_model.safetensors")).exists();
    assertThat(work.resolve("teacher")).isNotEmptyDirectory();
  }

  @Test
  void teachersAndMetrics(@TempDir Path work) {
    Path base = TinyWorld.checkpoint(work.resolve("base"));
    // snippet: teachers
    KaleTrainer trainer =
        KaleTrainer.builder()
            .checkpoint(base)
            .objective(Objectives.kale(Divergence.jensenShannon(0.5), 1, 0.1))
            .schedule(Schedule.of(20, 2e-4, 42).withShape(Schedule.Shape.LINEAR, 0))
            .lora(LoraSpec.ofRank(8, 42))
            .teacher(TeacherMode.ema(0.99))
            .microBatchTokens(4096)
            .checkpoints(work.resolve("run"), 10)
            .listener(
                new MetricsFile(work.resolve("metrics.jsonl"))
                    .and(new TensorBoardFile(work.resolve("tensorboard"))))
            .build();
    // end
    trainer.train(TinyWorld.questions(), RunContext.silent()).close();
    assertThat(work.resolve("metrics.jsonl")).isNotEmptyFile();
    assertThat(work.resolve("tensorboard")).isNotEmptyDirectory();
    assertThat(work.resolve("run/step-0000000020/teacher-0.safetensors")).exists();
  }

  @Test
  void pretrain(@TempDir Path folder) {
    List<RationalizedQuestion> data = TinyWorld.questions();
    List<String> labels = TinyWorld.labels();
    List<String> texts =
        data.stream()
            .map(q -> "Question: " + q.question().text() + " Answer: " + q.rationale().text())
            .toList();
    // snippet: from scratch
    WordLevelTokenizerFile words = WordLevelTokenizerFile.of(texts, labels);
    words.write(folder);
    DecoderConfig config =
        DecoderConfig.small(words.tokens().size(), 32, 64, 2, 2, 64).withSpecialTokens(null, 1, 0);
    DecoderInitializer.create(folder, config, 42);

    try (Tokenizer tokenizer = HuggingFaceTokenizer.load(folder);
        TensorModel model = Providers.tensorEngine().open(folder, EngineOptions.cpu())) {
      ExampleEncoder encoder =
          new ExampleEncoder(
              tokenizer, PromptFormat.standard(), model.maxPositions(), BridgeMask.none());
      List<TrainingExample> running =
          data.stream()
              .map(q -> encoder.encodeText(q.question().id(), q.rationale().text()))
              .toList();
      List<TrainingExample> reading =
          data.stream()
              .map(q -> encoder.encodeReading(q.question(), q.rationale().text()))
              .toList();
      TrainingLoop.builder(model)
          .schedule(Schedule.of(20, 2.5e-3, 42))
          .source(BatchSource.of("facts", 0.4, running, Objectives.pretraining(), 32))
          .source(BatchSource.of("reading", 0.6, reading, Objectives.sft(), 32))
          .build()
          .run();
      model.save(folder);
      // end
      assertThat(folder.resolve("model.safetensors")).exists();
    }
  }

  @Test
  void otherArchitecture(@TempDir Path folder) {
    // snippet: other architecture
    DecoderConfig mistral =
        DecoderConfig.builder(Architecture.MISTRAL)
            .size(4096, 256, 688, 4, 8)
            .keyValueHeads(2)
            .attention(new AttentionConfig(1 / Math.sqrt(32), 0, 0, List.of(64, 64, 64, 64)))
            .build();
    DecoderInitializer.create(folder, mistral, 42);
    // end
    assertThat(DecoderConfig.read(folder)).isEqualTo(mistral);
  }

  @Test
  void localTeacher(@TempDir Path work) {
    Path base = TinyWorld.checkpoint(work.resolve("base"));
    // snippet: local teacher
    try (Tokenizer tokenizer = HuggingFaceTokenizer.load(base);
        TensorModel model = Providers.tensorEngine().open(base, EngineOptions.cpu())) {
      TeacherModel teacher =
          LocalTeacher.of("my-model-1", model, tokenizer)
              .withLayout(TeacherLayout.of("{system}\n{user}\n"));
      TeacherSynthesizer synthesizer = TeacherSynthesizer.builder(teacher).maxTokens(24).build();
      // end
      assertThat(synthesizer.id()).startsWith("local:my-model-1+");
      assertThat(teacher.reply(new TeacherModel.Prompt("Question:", "Where?", 4, 0)).promptTokens())
          .isPositive();
    }
  }

  @Test
  void adapters(@TempDir Path work) {
    Path base = TinyWorld.checkpoint(work.resolve("base"));
    List<RationalizedQuestion> data = TinyWorld.questions();
    // snippet: adapters
    LoraSpec spec =
        LoraSpec.ofRank(16, 42)
            .withDropout(0.05)
            .withTargetModules(List.of("q_proj", "v_proj", ".*layers\\.0\\.mlp\\..*"));
    KaleTrainer trainer =
        KaleTrainer.builder()
            .checkpoint(base)
            .lora(spec)
            .schedule(Schedule.of(20, 1e-3, 42))
            .build();
    try (FineTunedModel model = trainer.train(data, RunContext.silent())) {
      model.saveAdapter(work.resolve("adapter"), "someone/the-base-model");
      model.save(work.resolve("merged"));
    }
    try (FineTunedModel again =
        FineTunedModel.openAdapter(
            base, work.resolve("adapter"), Providers.tensorEngine(), EngineOptions.cpu(), 24)) {
      List<String> answers =
          again.answerQuestions(data.stream().map(RationalizedQuestion::question).toList());
      // end
      assertThat(answers).hasSize(data.size());
      assertThat(work.resolve("adapter/adapter_model.safetensors")).exists();
    }
    // snippet: precision
    EngineOptions options =
        EngineOptions.cpu()
            .withPrecision(Precision.BF16)
            .withAdapter(LoraSpec.ofRank(8, 42))
            .withActivationCheckpointing(true);
    // end
    try (TensorModel model = Providers.tensorEngine().open(base, options)) {
      assertThat(model.base()).isPresent();
    }
  }

  @Test
  void chatTemplate(@TempDir Path work) throws IOException {
    Path base = TinyWorld.checkpoint(work.resolve("base"));
    Files.writeString(
        base.resolve("chat_template.jinja"),
        "{% for m in messages %}{% if m.role == 'user' %}Question: {{ m.content }} Answer:"
            + "{% else %} {{ m.content }}{{ eos_token }}{% endif %}{% endfor %}");
    List<RationalizedQuestion> data = TinyWorld.questions();
    // snippet: chat template
    ChatTemplate template = ChatTemplate.load(base).orElseThrow();
    PromptFormat format;
    try (Tokenizer tokenizer = HuggingFaceTokenizer.load(base)) {
      format = PromptFormat.chat(template, tokenizer);
    }
    KaleTrainer trainer =
        KaleTrainer.builder()
            .checkpoint(base)
            .format(format)
            .schedule(Schedule.of(20, 2e-3, 42))
            .build();
    // end
    try (FineTunedModel model = trainer.train(data, RunContext.silent())) {
      assertThat(model.format().prompt("Who?")).isEqualTo("Question: Who? Answer:");
      model.save(work.resolve("tuned"));
      List<Question> questions = data.stream().map(RationalizedQuestion::question).toList();
      List<String> answers = model.answerQuestions(questions);
      try (FineTunedModel again =
          FineTunedModel.open(
              work.resolve("tuned"), Providers.tensorEngine(), EngineOptions.cpu(), 32)) {
        assertThat(again.format()).isEqualTo(model.format());
        assertThat(again.answerQuestions(questions)).isEqualTo(answers);
      }
      assertThat(work.resolve("tuned/chat_template.jinja")).exists();
    }
  }

  @Test
  void everySnippetOfThePageIsInThisFile() throws IOException {
    Path module = Path.of("").toAbsolutePath();
    String page = Files.readString(module.resolve("../docs/training.md"));
    String here =
        Files.readString(module.resolve("src/test/java/ai/kale/train/DocsSnippetsTest.java"));
    Matcher snippets = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL).matcher(page);
    int found = 0;
    while (snippets.find()) {
      found++;
      assertThat(here.replaceAll("\\s+", " "))
          .contains(snippets.group(1).strip().replaceAll("\\s+", " "));
    }
    assertThat((long) found)
        .isEqualTo(Pattern.compile("(?m)^ +// snippet: ").matcher(here).results().count());
  }

  @Test
  void ownObjective() {
    // snippet: objective
    Objective objective =
        new Objective(
            "sft, bridges at a third of the depth",
            Completion.ANSWER,
            List.of(
                new AnswerCrossEntropy(),
                new BridgeLens(new LensLayers(Map.of(1, List.of(1.0 / 3))), 0.5)
                    .withTokens(BridgeLens.Tokens.ALL)
                    .withWarmup(100)));
    // end
    assertThat(objective.needsTeacher()).isFalse();
  }
}
