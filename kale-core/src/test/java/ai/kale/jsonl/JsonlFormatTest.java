package ai.kale.jsonl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.kale.data.GroundedQuestion;
import ai.kale.data.KnowledgePath;
import ai.kale.data.Question;
import ai.kale.error.CorruptFileException;
import ai.kale.error.InvalidInputException;
import ai.kale.error.SetupException;
import ai.kale.tck.Samples;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JsonlFormatTest {
  private static final JsonlFormat<Question> QUESTIONS = JsonlFormat.questions();
  private static final JsonlFormat<GroundedQuestion> GROUNDED = JsonlFormat.groundedQuestions();
  private static final String LINE =
      "{\"kale\":\"question/1\",\"id\":\"q\",\"text\":\"t\",\"answers\":[]}";

  @TempDir
  @SuppressWarnings("NullAway.Init")
  Path folder;

  @Test
  void writesFieldsInAFixedOrder() {
    assertThat(QUESTIONS.toLine(Question.of("q1", "Who?", List.of("Ada"))))
        .isEqualTo(
            "{\"kale\":\"question/1\",\"id\":\"q1\",\"text\":\"Who?\",\"answers\":[\"Ada\"],"
                + "\"choices\":[],\"topics\":[],\"group\":\"q1\"}");
  }

  @Test
  void namesTheFieldOfADeepMistake() {
    String line = GROUNDED.toLine(Samples.curie());
    String id = "\"relation\":{\"id\":\"country\"";
    assertThatThrownBy(
            () -> GROUNDED.fromLine(line.replace(id, "\"relation\":{\"id\":7"), "f.jsonl", 12))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("f.jsonl:12: paths[0].steps[1].relation.id must be a string but is 7");
    assertThatThrownBy(
            () -> GROUNDED.fromLine(line.replace(id + ",", "\"relation\":{"), "f.jsonl", 12))
        .hasMessage("f.jsonl:12: paths[0].steps[1].relation.id is missing; add it");
    assertThatThrownBy(() -> GROUNDED.fromLine(line.replace(id, id + ",\"w\":1"), "f.jsonl", 12))
        .hasMessageContaining("paths[0].steps[1].relation.w is not a field of this object");
  }

  @Test
  void refusesWhatIsNotARecordOfItsType() {
    refused("{", "f:3: the line is not JSON");
    refused("[]", "must be one JSON object");
    refused("{\"id\":\"q\"}", "kale is missing");
    refused(LINE.replace("question/1", "grounded-question/1"), "\"question/1\" is read here");
    refused(LINE.replace("question/1", "question/x"), "which is no version");
    refused(LINE.replace("[]", "\"a\""), "answers must be a list but is \"a\"");
    refused(LINE.replace("[]", "[1]"), "answers[0] must be a string but is 1");
    refused(LINE + LINE, "not JSON");
    refused(LINE.replace("\"t\"", "\"t\",\"text\":\"u\""), "Duplicate field 'text'");
    refused("[".repeat(5000), "not JSON");
  }

  private static void refused(String line, String message) {
    assertThatThrownBy(() -> QUESTIONS.fromLine(line, "f", 3))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(message);
  }

  @Test
  void refusesANewerVersion() {
    assertThatThrownBy(
            () -> QUESTIONS.fromLine(LINE.replace("question/1", "question/2"), "f.jsonl", 1))
        .isInstanceOf(CorruptFileException.class)
        .hasMessageContaining("f.jsonl:1: the form question/2 is newer than question/1")
        .hasMessageContaining("newer ai.kale release");
  }

  @Test
  void refusesToLoseAnExtraField() {
    Question question = QUESTIONS.fromLine(LINE, "f", 1);
    for (Map<String, Object> extra :
        List.of(
            Map.<String, Object>of("text", "clash"),
            Map.<String, Object>of("kale", "clash"),
            Map.<String, Object>of("half \ud83d", 1L),
            Map.<String, Object>of("object", new Object()),
            Map.<String, Object>of("number", Double.NaN))) {
      Question bad = new Question("q", "t", List.of(), List.of(), List.of(), "q", extra);
      assertThatThrownBy(() -> QUESTIONS.toLine(bad)).isInstanceOf(IllegalArgumentException.class);
    }
    assertThat(question.extra()).isEmpty();
  }

  @Test
  void keepsUnknownFieldsAtEveryLevelThatHasExtras() {
    String line =
        GROUNDED
            .toLine(Samples.curie())
            .replace("\"group\":\"q1\"", "\"group\":\"q1\",\"source\":null")
            .replaceAll("}$", ",\"note\":{\"a\":[1.50]}}");
    GroundedQuestion read = GROUNDED.fromLine(line, "f", 1);
    assertThat(read.question().extra()).containsEntry("source", null);
    assertThat(read.extra()).containsKey("note");
    assertThat(GROUNDED.toLine(read)).isEqualTo(line);
  }

  @Test
  void readsReportsAndPathsOfEarlierReleases() {
    String line = GROUNDED.toLine(Samples.curie());
    String old = line.replace(",\"hubs\":0,\"fallback\":\"none\"", "");
    assertThat(old).isNotEqualTo(line).doesNotContain("score");
    assertThat(GROUNDED.fromLine(old, "f", 1)).isEqualTo(Samples.curie());
    refusedGrounded(
        line.replace("\"none\"", "\"some\""),
        "report.fallback is 'some', which is none of [none, toward-answer, from-question]");
    refusedGrounded(
        line.replace("\"hubs\":0", "\"hubs\":3000000000"), "report.hubs must be at most");
    refusedGrounded(
        line.replace("}]}],\"report\"", "}],\"score\":\"NaN\"}],\"report\""),
        "paths[0].score must be a number");
  }

  @Test
  void refusesAReportThatContradictsItselfAndAPathOfNoHops() {
    String line = GROUNDED.toLine(Samples.curie());
    refusedGrounded(
        line.replace("\"cut\":\"\"", "\"cut\":\"maxArcs\""),
        "f.jsonl:3: report.cut must be empty if the search is complete, and only then");
    refusedGrounded(
        line.replace("\"complete\":true", "\"complete\":false"),
        "f.jsonl:3: report.cut must be empty if the search is complete, and only then");
    refusedGrounded(
        line.replaceFirst("\"steps\":\\[.*]}],\"report\"", "\"steps\":[]}],\"report\""),
        "f.jsonl:3: paths[0].steps must hold at least one hop");
  }

  private static void refusedGrounded(String line, String message) {
    assertThatThrownBy(() -> GROUNDED.fromLine(line, "f.jsonl", 3))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(message);
  }

  @Test
  void scoresAreNumbersOrInfinities() {
    KnowledgePath path = Samples.curiePath();
    List<KnowledgePath> paths =
        List.of(path.withScore(-1.25), path.withScore(Double.NEGATIVE_INFINITY), path);
    String line = GROUNDED.toLine(Samples.grounded(Samples.curie().question(), paths));
    assertThat(line).contains("\"score\":-1.25}").contains("\"score\":\"-Infinity\"}");
    assertThat(GROUNDED.fromLine(line, "f", 1).paths()).isEqualTo(paths);
    assertThat(path.withScore(-0.0)).isEqualTo(path.withScore(0));
    assertThatThrownBy(() -> path.withScore(Double.NaN))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void filesAllowBlankLinesBomAndCrLfButNoOtherBytes() throws IOException {
    Path file = folder.resolve("q.jsonl");
    Files.writeString(file, "\uFEFF" + LINE + "\r\n\r\n  \n" + LINE.replace("\"q\"", "\"r\""));
    assertThat(QUESTIONS.readAll(file)).extracting(Question::id).containsExactly("q", "r");
    Files.write(file, (LINE + "\n" + LINE + "\né").getBytes(StandardCharsets.ISO_8859_1));
    assertThatThrownBy(() -> QUESTIONS.readAll(file))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("q.jsonl:3: the line is not UTF-8");
    assertThatThrownBy(() -> QUESTIONS.readAll(folder.resolve("none")))
        .isInstanceOf(SetupException.class)
        .hasMessageContaining("cannot read");
  }

  @Test
  void streamsAppendsAndWritesWholeFiles() {
    Path file = folder.resolve("q.jsonl");
    List<Question> all =
        Stream.of("a", "b", "c").map(id -> Question.of(id, "?", List.of("x"))).toList();
    QUESTIONS.write(file, all.subList(0, 1));
    try (JsonlWriter<Question> writer = QUESTIONS.append(file)) {
      writer.write(all.get(1));
      writer.flush();
      assertThat(QUESTIONS.readAll(file)).hasSize(2);
      writer.write(all.get(2));
    }
    try (Stream<Question> stream = QUESTIONS.stream(file)) {
      assertThat(stream).isEqualTo(all);
    }
    assertThat(QUESTIONS.readAll(file)).isEqualTo(all);
  }

  @Test
  void appendsAfterALastLineWithoutABreakButNotAfterATornOne() throws IOException {
    Path file = Files.writeString(folder.resolve("q.jsonl"), LINE + "\n\n" + LINE);
    try (JsonlWriter<Question> writer = QUESTIONS.append(file)) {
      writer.write(Question.of("a", "?", List.of()));
    }
    assertThat(QUESTIONS.readAll(file)).extracting(Question::id).containsExactly("q", "q", "a");
    byte[] torn = (LINE + "\n" + LINE.replace("\"t\"", "\"ż")).getBytes(StandardCharsets.UTF_8);
    int letter = new String(torn, StandardCharsets.ISO_8859_1).lastIndexOf('\u00bc');
    for (int cut : List.of(letter, letter + 1)) {
      Files.write(file, Arrays.copyOf(torn, cut));
      assertThatThrownBy(() -> QUESTIONS.append(file))
          .isInstanceOf(CorruptFileException.class)
          .hasMessageContaining("q.jsonl:2: ")
          .hasMessageContaining("Complete or delete that line");
      assertThat(file).hasBinaryContent(Arrays.copyOf(torn, cut));
    }
  }

  @Test
  void anInterruptedThreadAppends() {
    Path file = folder.resolve("q.jsonl");
    Question question = Question.of("a", "?", List.of());
    Thread.currentThread().interrupt();
    try (JsonlWriter<Question> writer = QUESTIONS.append(file)) {
      writer.write(question);
      writer.flush();
      writer.write(question);
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
    assertThat(QUESTIONS.readAll(file)).hasSize(2);
  }

  @Test
  void aFullDiskIsReportedWhenAppending() {
    Path full = Path.of("/dev/full");
    Assumptions.assumeTrue(Files.exists(full), "skipped: this system has no /dev/full");
    JsonlWriter<Question> writer = QUESTIONS.append(full);
    writer.write(Question.of("a", "?", List.of()));
    assertThatThrownBy(writer::flush)
        .isInstanceOf(SetupException.class)
        .hasMessageContaining("/dev/full");
    assertThatThrownBy(writer::close).isInstanceOf(SetupException.class);
  }
}
