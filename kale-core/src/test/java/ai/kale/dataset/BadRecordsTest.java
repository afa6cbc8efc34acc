package ai.kale.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import ai.kale.data.Question;
import ai.kale.error.InvalidInputException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class BadRecordsTest {
  private static final String GOOD = "{\"instruction\": \"Who?\", \"output\": \"Ada\"}";
  private static final String BLANK = "{\"instruction\": \"\", \"output\": \"Ada\"}";

  @TempDir
  @SuppressWarnings("NullAway.Init")
  Path folder;

  private Path file(String name, String content) {
    return FormatFiles.write(folder.resolve(name), content);
  }

  @Test
  void wrongLinesAreLeftOutAndCountedAndOthersKeepTheirNames() {
    Path file = file("a.jsonl", String.join("\n", GOOD, BLANK, "{\"instr", GOOD, "7", GOOD));
    BadRecords bad = BadRecords.atMost(3);

    assertThat(QuestionFormats.alpaca().withBadRecords(bad).read(file))
        .extracting(Question::id)
        .containsExactly("a-1", "a-4", "a-6");
    assertThat(bad.count()).isEqualTo(3);
    assertThat(bad.reasons()).hasSize(3);
    assertThat(bad.describe())
        .startsWith("3 bad records left out\n" + file + ":2: instruction is blank")
        .contains(file + ":3: the line is not JSON")
        .contains(file + ":5: ");
    assertThat(BadRecords.atMost(0).describe()).isEqualTo("0 bad records left out");
  }

  @Test
  void oneMoreThanAllowedIsAnErrorAndSoIsEachByDefault() {
    Path file = file("a.jsonl", String.join("\n", GOOD, BLANK, BLANK));
    BadRecords bad = BadRecords.atMost(1);

    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> QuestionFormats.alpaca().withBadRecords(bad).read(file))
        .withMessageStartingWith(file + ":3: instruction is blank");
    assertThat(bad.count()).isEqualTo(1);
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> QuestionFormats.alpaca().read(file))
        .withMessageStartingWith(file + ":2: ");
    assertThatIllegalArgumentException().isThrownBy(() -> BadRecords.atMost(-1));
  }

  @Test
  void itemsOfArraysRowsAndFilesOfFoldersAreLeftOut() {
    BadRecords bad = BadRecords.atMost(100);
    Path array = file("a.json", "[" + GOOD + ",\n" + BLANK + ",\n" + GOOD + "]");
    assertThat(QuestionFormats.alpaca().withBadRecords(bad).read(array))
        .extracting(Question::id)
        .containsExactly("a-1", "a-3");
    file("mmlu/x_test.csv", "q,1,2,3,4,A\nq,1,2,3,4,F\nq,1,2\nq,1,2,3,4,B\n");
    file("mmlu/y_test.csv", "q,1,2,3,4,\nq,1,2,3,4,B\n");
    try (QuestionStream stream =
        QuestionFormats.mmlu().withBadRecords(bad).open(folder.resolve("mmlu"))) {
      assertThat(stream.next().id()).isEqualTo("x_test-1");
      assertThat(stream.line()).isEqualTo(1);
      assertThat(stream.next().id()).isEqualTo("x_test-4");
      assertThat(stream.hasNext()).isTrue();
      assertThat(stream.line()).isEqualTo(4);
      assertThat(stream.source()).endsWith("x_test.csv");
      assertThat(stream.next().id()).isEqualTo("y_test-2");
      assertThat(stream.hasNext()).isFalse();
    }
    assertThat(bad.count()).isEqualTo(4);
    Path plain =
        file("p.jsonl", "{\"question\": \"Who?\", \"answer\": \"\"}\n{\"question\": \"Who?\"}");
    assertThat(QuestionFormats.plain().withBadRecords(bad).read(plain)).hasSize(1);
    assertThat(bad.count()).isEqualTo(5);
  }

  @Test
  void kindsStayBesideTheirQuestions() {
    Path file = file("q.txt", "who is [Ann]\tx\nno topic\tx\nwhere is [Bob]\ty\n");
    Path kinds = file("q-qtype.txt", "one\ntwo\nthree\n");
    BadRecords bad = BadRecords.atMost(9);

    assertThat(QuestionFormats.metaQa().withBadRecords(bad).read(file))
        .extracting(question -> question.extra().get("qtype"))
        .containsExactly("one", "three");
    assertThat(bad.count()).isEqualTo(1);
    file("q-qtype.txt", "one\n");
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> QuestionFormats.metaQa().withBadRecords(bad).read(file))
        .withMessageStartingWith(kinds + ": has 1 lines");
    file("q-qtype.txt", "1\n2\n3\n4\n");
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> QuestionFormats.metaQa().withBadRecords(bad).read(file))
        .withMessageStartingWith(kinds + ": has 4 lines");
  }

  @Test
  void whatBreaksTheFileIsStillAnError() {
    BadRecords bad = BadRecords.atMost(100);
    broken(QuestionFormats.alpaca(), bad, "[" + GOOD + ", {\"instr", "not JSON");
    broken(QuestionFormats.alpaca(), bad, "[" + GOOD + ", 7]", "must be an object");
    broken(QuestionFormats.mmlu(), bad, "q,1,2,3,4,A\n\"open,1,2,3,4,A\n", "malformed CSV");
    broken(QuestionFormats.bigBenchHard(), bad, "{\"rows\": []}", "examples is missing");
    QuestionMapping mapping = QuestionMapping.of("q").topics("misspelt").build();
    broken(QuestionFormats.json(mapping), bad, "{\"q\": \"Who?\"}", "no record has it");
    assertThat(bad.count()).isZero();
    broken(QuestionFormats.alpaca(), bad, BLANK, "there is no question");
  }

  private void broken(QuestionReader reader, BadRecords bad, String content, String message) {
    Path file = file("broken.txt", content);
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> reader.withBadRecords(bad).read(file))
        .withMessageContaining(message);
  }
}
