package ai.kale;

import static org.assertj.core.api.Assertions.assertThat;

import ai.kale.data.GroundedQuestion;
import ai.kale.data.KnowledgePath;
import ai.kale.data.PathFallback;
import ai.kale.data.Provenance;
import ai.kale.data.Question;
import ai.kale.data.Rationale;
import ai.kale.data.RationalizedQuestion;
import ai.kale.error.InvalidInputException;
import ai.kale.export.AlpacaExport;
import ai.kale.export.DatasetCard;
import ai.kale.export.Export;
import ai.kale.export.ExportText;
import ai.kale.export.ExportedFile;
import ai.kale.export.LlamaFactoryDatasets;
import ai.kale.export.OpenAiExport;
import ai.kale.export.ShareGptExport;
import ai.kale.export.TrlExport;
import ai.kale.ground.GroundingReport;
import ai.kale.jsonl.JsonlFormat;
import ai.kale.jsonl.QuestionFiles;
import ai.kale.rationale.KnownNamesCheck;
import ai.kale.rationale.LengthCheck;
import ai.kale.rationale.ReachesAnswerCheck;
import ai.kale.rationale.RelationPhrase;
import ai.kale.rationale.RelationPhrases;
import ai.kale.rationale.SynthesisRun;
import ai.kale.rationale.SynthesisSummary;
import ai.kale.rationale.TeacherSynthesizer;
import ai.kale.rationale.TemplateSynthesizer;
import ai.kale.rationale.TemplateVerbalizer;
import ai.kale.run.CancellationToken;
import ai.kale.run.RunContext;
import ai.kale.spi.TeacherModel;
import ai.kale.tck.Samples;
import ai.kale.testing.ScriptedTeacher;
import ai.kale.testing.ToyGraph;
import ai.kale.testing.ToyStages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Holds and runs the snippets of docs/rationales.md and docs/data-formats.md: every line of a java
 * or json block there stands here or comes out of here.
 */
class DocsSnippetsTest {
  private static final Path DOCS =
      Path.of(System.getProperty("basedir", ".")).toAbsolutePath().resolve("../docs");
  private static final String SOURCE = "src/test/java/ai/kale/DocsSnippetsTest.java";

  @TempDir
  @SuppressWarnings("NullAway.Init")
  Path folder;

  @Test
  void theWholeChain() throws IOException {
    Path questions = folder.resolve("questions.jsonl");
    Files.writeString(
        questions,
        "{\"question\": \"Which currency is used in the country where Marie Curie was born?\","
            + " \"answers\": [\"Polish zloty\"]}\n");
    KnowledgeGraph graph = ToyGraph.curie();
    ToyStages.Linker linker = new ToyStages.Linker();
    ToyStages.Extractor extractor = new ToyStages.Extractor();

    // docs: stages
    Kale.with(graph)
        .linker(linker)
        .extractor(extractor)
        .limits(query -> query.withMaxHops(3))
        .ground(questions)
        .writeTo(folder.resolve("grounded.jsonl"));

    Kale.grounded(folder.resolve("grounded.jsonl"))
        .synthesize(new TemplateSynthesizer())
        .writeTo(folder.resolve("rationalized.jsonl"))
        .exportTrl(folder.resolve("trl.jsonl"));
    // docs: end

    RationalizedSet set = Kale.rationalized(folder.resolve("rationalized.jsonl"));
    assertThat(set.summary()).isEmpty();
    assertThat(set).hasSize(1);
    assertThat(set.questions().get(0).rationale().text())
        .startsWith("The birthplace of Marie Curie is Warsaw.")
        .endsWith("So the answer is Polish zloty.");
    assertThat(folder.resolve("trl.jsonl")).isNotEmptyFile();
    GroundedSet grounded = Kale.grounded(folder.resolve("grounded.jsonl"));
    assertThat(grounded.summary().coverage()).isEqualTo(1);
  }

  @Test
  void fromFileToFile() throws IOException {
    Path questions =
        Files.writeString(
            folder.resolve("questions.jsonl"),
            "{\"question\": \"Where is Marie Curie?\", \"answers\": [\"Nobody\"]}\n");
    KnowledgeGraph graph = ToyGraph.curie();
    ToyStages.Linker linker = new ToyStages.Linker();
    ToyStages.Extractor extractor = new ToyStages.Extractor();

    // docs: batch
    GroundingReport report =
        Kale.with(graph)
            .linker(linker)
            .extractor(extractor)
            .fallback(PathFallback.TOWARD_ANSWER)
            .limits(query -> query.withMaxHops(3).withMaxArcs(1_000_000))
            .ground(questions, folder.resolve("grounded.jsonl"));
    String text = report.describe();
    // docs: end

    assertThat(text).startsWith("1 questions, 0.0 % with a path to the answer");
    assertThat(Kale.grounded(folder.resolve("grounded.jsonl"))).hasSize(1);
  }

  @Test
  void training() {
    List<RationalizedQuestion> seen = new ArrayList<>();
    TunedModel tuned = new ToyModel();
    KnowledgeAwareTrainer trainer =
        (data, context) -> {
          seen.addAll(data);
          context.step("train", 1, 1);
          return tuned;
        };
    List<Long> progress = new ArrayList<>();
    RunContext context = new RunContext(p -> progress.add(p.done()), new CancellationToken());
    try (TunedModel model =
        GroundedSet.of(List.of(Samples.curie()))
            .context(context)
            .synthesize(new TemplateSynthesizer())
            .train(trainer)) {
      assertThat(model).isSameAs(tuned);
    }
    assertThat(seen).hasSize(1);
    assertThat(progress).containsExactly(1L, 1L);
  }

  private static final class ToyModel implements TunedModel {
    @Override
    public Provenance provenance() {
      return Provenance.of("train", Map.of());
    }

    @Override
    public void save(Path target) {}

    @Override
    public List<String> answer(List<String> prompts) {
      return prompts;
    }

    @Override
    public List<Score> score(List<String> prompts, List<String> continuations) {
      return List.of();
    }

    @Override
    public void close() {}
  }

  @Test
  void ownPhrases() {
    KnowledgePath path = Samples.curiePath();
    // docs: phrases
    RelationPhrases phrases =
        RelationPhrases.of(Map.of("birthplace", "{subject} was born in {object}."))
            .with(
                "child",
                RelationPhrase.of("The child of {subject} is {object}.")
                    .withObjects("The children of {subject} are {object}.")
                    .withInverse("{object} is a child of {subject}."));
    TemplateVerbalizer verbalizer =
        TemplateVerbalizer.defaults().withPhrases(phrases).withConclusion("Hence: {answer}.");
    // docs: end
    assertThat(verbalizer.verbalize(List.of(path), "Polish zloty"))
        .startsWith("Marie Curie was born in Warsaw. The country of Warsaw is Poland.")
        .endsWith("Hence: Polish zloty.");
  }

  @Test
  void aTeacherWithAJournal() {
    TeacherModel teacher =
        ScriptedTeacher.saying("Born in Warsaw in Poland, so it is the Polish zloty.");
    List<GroundedQuestion> questions = List.of(Samples.curie());
    // docs: teacher
    TeacherSynthesizer synthesizer =
        TeacherSynthesizer.builder(teacher)
            .checks(
                List.of(
                    new LengthCheck(10, 2000),
                    new ReachesAnswerCheck(),
                    KnownNamesCheck.ofEntitiesIn(questions)))
            .maxTokens(300)
            .build();
    SynthesisRun.Result result =
        SynthesisRun.with(synthesizer)
            .withJournal(folder.resolve("journal.jsonl"))
            .withConcurrency(16)
            .run(questions);
    SynthesisSummary summary = result.summary();
    System.getLogger("docs").log(System.Logger.Level.DEBUG, summary.describe());
    // docs: end
    assertThat(summary.kept()).isEqualTo(1);
    assertThat(summary.promptTokens()).isEqualTo(100);
  }

  @Test
  void exports() throws IOException {
    RationalizedSet set =
        GroundedSet.of(List.of(Samples.curie())).synthesize(new TemplateSynthesizer());
    // docs: exports
    Path data = folder.resolve("alpaca.jsonl");
    AlpacaExport alpaca =
        AlpacaExport.rows()
            .with(
                ExportText.standard()
                    .withTarget(ExportText.Target.RATIONALE_THEN_ANSWER)
                    .withSystem("Answer with the name alone."));
    ExportedFile written = alpaca.write(data, set);
    LlamaFactoryDatasets.register(folder, "kale", alpaca, data);
    DatasetCard.of("Currencies", set).withLicense("cc0-1.0").withFile(written).writeTo(folder);
    // docs: end
    assertThat(written.rows()).isEqualTo(1);
    assertThat(data).content().contains("zloty.\\n\\nAnswer: Polish zloty\"");
    assertThat(folder.resolve("README.md")).content().contains(written.sha256());
    assertThat(folder.resolve("dataset_info.json")).content().contains("alpaca.jsonl");
  }

  /** The example rows and entries of the exports are what the exports write. */
  @Test
  void theExamplesOfTheExportsAreWhatIsWritten() throws IOException {
    String page = Files.readString(DOCS.resolve("data-formats.md"));
    Question question = Question.of("q1", "Where was Marie Curie born?", List.of("Warsaw"));
    RationalizedQuestion row =
        new RationalizedQuestion(
            Samples.grounded(question, List.of()),
            new Rationale(
                "The place of birth of Marie Curie is Warsaw. So the answer is Warsaw.", "t", 0, 0),
            Provenance.of("synthesize", Map.of()),
            Map.of());
    List<Export> exports =
        List.of(
            TrlExport.plain(),
            TrlExport.conversational(),
            OpenAiExport.messages(),
            AlpacaExport.rows(),
            ShareGptExport.conversations());
    for (Export export : exports) {
      RationalizedSet.of(List.of(row)).export(export, folder.resolve("one.jsonl"));
      assertThat(page).contains(Files.readString(folder.resolve("one.jsonl")));
    }
    for (String form : List.of("alpaca", "sharegpt", "openai")) {
      Path file = Files.writeString(folder.resolve(form + ".jsonl"), "");
      String name = form.equals("alpaca") ? "kale" : "kale-" + form;
      Export export =
          exports.stream().filter(e -> e.format().equals(form)).findFirst().orElseThrow();
      LlamaFactoryDatasets.register(folder, name, export, file);
    }
    assertThat(squeezed(page))
        .contains(squeezed(Files.readString(folder.resolve("dataset_info.json"))));
  }

  @Test
  void formats() throws IOException {
    Path file = folder.resolve("questions.jsonl");
    Files.writeString(file, "{\"question\": \"Who?\"}\n{\"answer\": \"Ada\"}\n");
    // docs: questions
    try {
      QuestionFiles.read(file);
    } catch (InvalidInputException e) {
      assertThat(e.getMessage()).endsWith("questions.jsonl:2: question is missing; add it");
    }
    // docs: end
    GroundedQuestion curie = Samples.curie();
    JsonlFormat<GroundedQuestion> format = JsonlFormat.groundedQuestions();
    assertThat(format.fromLine(format.toLine(curie), "here", 1)).isEqualTo(curie);
  }

  /** Every line of a java block of the two pages stands between markers of this class. */
  @Test
  void theDocsSayWhatIsTestedHere() throws IOException {
    Path base = Path.of(System.getProperty("basedir", ".")).toAbsolutePath();
    String here = squeezed(Files.readString(base.resolve(SOURCE)));
    for (String page : List.of("rationales.md", "data-formats.md")) {
      String text = Files.readString(base.resolve("../docs").resolve(page));
      String[] blocks = text.split("```java\\R", -1);
      assertThat(blocks.length).as("java blocks of %s", page).isGreaterThan(1);
      for (int i = 1; i < blocks.length; i++) {
        String block = blocks[i].substring(0, blocks[i].indexOf("```"));
        assertThat(here).contains(squeezed(block));
      }
    }
  }

  /** Every JSON line of the page is read by its format, or as a plain question. */
  @Test
  void theExampleLinesAreRead() throws IOException {
    Path base = Path.of(System.getProperty("basedir", ".")).toAbsolutePath();
    int read = 0;
    for (String line : Files.readAllLines(base.resolve("../docs/data-formats.md"))) {
      if (line.startsWith("{\"kale\":\"grounded-question/")) {
        assertThat(JsonlFormat.groundedQuestions().fromLine(line, "docs", 1).paths()).isNotEmpty();
        read++;
      } else if (line.startsWith("{\"kale\":\"rationalized-question/")) {
        assertThat(JsonlFormat.rationalizedQuestions().fromLine(line, "docs", 1).rationale())
            .isNotNull();
        read++;
      } else if (line.startsWith("{\"kale\":\"question/") || line.startsWith("{\"question")) {
        Path file = Files.writeString(folder.resolve("one.jsonl"), line);
        assertThat(QuestionFiles.read(file)).hasSize(1);
        read++;
      }
    }
    assertThat(read).isGreaterThanOrEqualTo(5);
  }

  private static String squeezed(String text) {
    return text.replaceAll("\\s+", "");
  }
}
