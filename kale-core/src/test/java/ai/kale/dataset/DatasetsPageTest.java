package ai.kale.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import ai.kale.data.Question;
import ai.kale.jsonl.JsonlFormat;
import ai.kale.jsonl.QuestionFiles;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Holds and runs the snippets of docs/datasets.md. */
class DatasetsPageTest {
  private static final String SOURCE = "src/test/java/ai/kale/dataset/DatasetsPageTest.java";
  private static final String ROWS =
      """
      {"id":"1","question":{"stem":"Which is a metal?","choices":[{"text":"iron","label":"A"},{"text":"wood","label":"B"}]},"answerKey":"A"}
      {"id":"2","question":{"stem":"Which is wet?","choices":[{"text":"sand","label":"A"},{"text":"rain","label":"B"}]},"answerKey":"B"}
      """;

  private final List<List<Object>> logged = new ArrayList<>();

  @TempDir
  @SuppressWarnings("NullAway.Init")
  Path folder;

  private void log(Object... values) {
    logged.add(Arrays.asList(values));
  }

  @Test
  void reading() {
    Path file = FormatFiles.write(folder.resolve("arc.jsonl"), ROWS);
    // docs: read
    List<Question> questions = QuestionFormats.arc().read(file);

    try (QuestionStream stream = QuestionFormats.arc().open(file)) {
      while (stream.hasNext()) {
        Question question = stream.next();
        log(stream.line(), question.text(), question.choices(), question.answer());
      }
    }
    // docs: end
    assertThat(questions).hasSize(2);
    assertThat(logged)
        .containsExactly(
            List.of(1L, "Which is a metal?", List.of("iron", "wood"), "iron"),
            List.of(2L, "Which is wet?", List.of("sand", "rain"), "rain"));
  }

  @Test
  void writingInTheLibrarysOwnForm() {
    Path file = FormatFiles.write(folder.resolve("arc.jsonl"), ROWS);
    // docs: write
    try (QuestionStream stream = QuestionFormats.commonsenseQa().open(file)) {
      JsonlFormat.questions().write(folder.resolve("questions.jsonl"), () -> stream);
    }
    // docs: end
    assertThat(QuestionFiles.read(folder.resolve("questions.jsonl")))
        .isEqualTo(QuestionFormats.arc().read(file));
  }

  @Test
  void namesOfPathQuestion() {
    Path file =
        FormatFiles.write(
            folder.resolve("PQ.txt"),
            "who is ann_lee ?\tbob_ray(bob_ray/)\tann_lee#spouse#bob_ray#<end>#bob_ray\n");
    // docs: names
    QuestionReader readable = QuestionFormats.pathQuestion(id -> id.replace('_', ' '));
    // docs: end
    assertThat(readable.read(file).get(0).text()).isEqualTo("who is ann lee ?");
  }

  @Test
  void mappings() {
    Path file = FormatFiles.write(folder.resolve("arc.jsonl"), ROWS);
    Path table = FormatFiles.write(folder.resolve("t.csv"), "fact_id,q,gold\n7,Who?,Ada|Bob\n");
    // docs: mapping
    QuestionMapping mapping =
        QuestionMapping.of("question.stem")
            .id("id")
            .choices("question.choices.text")
            .choiceLabels("question.choices.label")
            .answers("answerKey")
            .answersAre(AnswerForm.LABEL)
            .build();
    List<Question> nested = QuestionFormats.json(mapping).read(file);
    // docs: csv
    QuestionMapping columns =
        QuestionMapping.of("q").answers("gold").answerSeparator("|").group("fact_id").build();
    List<Question> rows = QuestionFormats.csv(columns, CsvDialect.commas()).read(table);
    // docs: end
    assertThat(nested).isEqualTo(QuestionFormats.arc().read(file));
    assertThat(rows.get(0).answers()).containsExactly("Ada", "Bob");
    assertThat(rows.get(0).group()).isEqualTo("7");
  }

  @Test
  void rowsOfTheHub() {
    Path file =
        FormatFiles.write(
            folder.resolve("mmlu.jsonl"),
            """
            {"question":"Which is even?","subject":"algebra","choices":["1","2"],"answer":1}
            {"question":"","subject":"algebra","choices":["1","2"],"answer":0}
            """);
    // docs: hub
    QuestionMapping hub =
        QuestionMapping.of("question")
            .choices("choices")
            .answers("answer")
            .answersAre(AnswerForm.INDEX_FROM_0)
            .build();
    // docs: bad
    BadRecords bad = BadRecords.atMost(10);
    List<Question> good = QuestionFormats.json(hub).withBadRecords(bad).read(file);
    log(bad.count(), bad.describe());
    // docs: end
    assertThat(good).extracting(Question::answer).containsExactly("2");
    assertThat(good.get(0).extra()).containsEntry("subject", "algebra");
    assertThat(logged.get(0).get(0)).isEqualTo(1L);
  }

  @Test
  void operations() {
    List<Question> questions = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      questions.add(
          Question.of("q" + i, "text " + i, List.of("a" + i % 10)).withGroup("g" + i % 10));
    }
    // docs: split
    QuestionSplits.Result split =
        QuestionSplits.seeded(1).size("test", 2).share("dev", 0.2).rest("train").split(questions);
    List<Question> train = split.part("train");
    List<Question> small = QuestionSamples.groups(train, 3, 1);
    List<Question> once = QuestionSamples.onePerGroup(split.part("test"), 1);
    // docs: dedup
    QuestionDeduplication.Result distinct =
        QuestionDeduplication.of(QuestionDeduplication.Policy.MERGE).apply(questions);
    // docs: noise
    LabelNoise.Result noisy =
        LabelNoise.of(0.2, 1)
            .withKind(q -> String.valueOf(q.extra().get("qtype")))
            .inject(questions);
    // docs: end
    assertThat(train).hasSize(18).containsAll(small);
    assertThat(small).hasSize(9);
    assertThat(once).hasSize(2);
    assertThat(distinct.duplicates()).isZero();
    assertThat(noisy.changedGroups()).isEqualTo(2);
    assertThat(noisy.changedQuestions()).isEqualTo(6);
  }

  /** Every line of a java block of the page stands in this class. */
  @Test
  void thePageSaysWhatIsTestedHere() throws IOException {
    Path base = Path.of(System.getProperty("basedir", ".")).toAbsolutePath();
    String here = squeezed(Files.readString(base.resolve(SOURCE)));
    String[] blocks = Files.readString(base.resolve("../docs/datasets.md")).split("```java\\R", -1);
    assertThat(blocks.length).isGreaterThan(5);
    for (int i = 1; i < blocks.length; i++) {
      assertThat(here).contains(squeezed(blocks[i].substring(0, blocks[i].indexOf("```"))));
    }
  }

  /** Every reader of the class is in the page's table. */
  @Test
  void thePageNamesEveryFormat() throws IOException {
    Path base = Path.of(System.getProperty("basedir", ".")).toAbsolutePath();
    String page = Files.readString(base.resolve("../docs/datasets.md"));
    for (Method method : QuestionFormats.class.getDeclaredMethods()) {
      if (Modifier.isPublic(method.getModifiers())) {
        assertThat(page).contains("`" + method.getName() + "(");
      }
    }
  }

  private static String squeezed(String text) {
    return text.replaceAll("\\s+", "");
  }
}
