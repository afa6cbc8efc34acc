package ai.kale.dataset;

import static ai.kale.dataset.FormatFiles.read;
import static ai.kale.dataset.FormatFiles.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import ai.kale.data.Question;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MappedSetsTest {
  private static final QuestionMapping NESTED =
      QuestionMapping.of("question.stem")
          .id("meta.id")
          .answers("key")
          .answersAre(AnswerForm.LABEL)
          .choices("question.choices.text")
          .choiceLabels("question.choices.label")
          .passage("context")
          .instruction("how")
          .topics("entities.name")
          .group("meta.fact")
          .build();
  private static final String ROWS =
      """
      {"meta":{"id":7,"fact":"f1","source":"web"},"question":{"stem":"Q1?","choices":[{"label":"x","text":"one"},{"label":"y","text":"two","note":"n"}]},"key":"y","context":"C","how":"H","entities":[{"name":"E1"},{"name":"E2"}],"year":1999}
      {"meta":{"id":8},"question":{"stem":"Q2?","choices":[{"label":"a","text":"three"}]},"key":"a"}
      """;

  @TempDir
  @SuppressWarnings("NullAway.Init")
  Path folder;

  @Test
  void dottedFieldsAreFoundAndTheRestIsKept() {
    List<Question> questions = read(QuestionFormats.json(NESTED), folder, "q.jsonl", ROWS);

    assertThat(questions.get(0))
        .isEqualTo(
            new Question(
                "7",
                "Q1?",
                "H",
                "C",
                List.of("two"),
                List.of("one", "two"),
                List.of("E1", "E2"),
                "f1",
                Map.of(
                    "meta",
                    Map.of("source", "web"),
                    "question",
                    Map.of("choices", List.of(Map.of(), Map.of("note", "n"))),
                    "year",
                    1999L)));
    assertThat(questions.get(1).group()).isEqualTo("8");
    assertThat(questions.get(1).extra()).isEmpty();
    String array = "[" + ROWS.strip().replace("\n", ",\n") + "]";
    assertThat(read(QuestionFormats.json(NESTED), folder, "q.json", array)).isEqualTo(questions);
  }

  @Test
  void csvColumnsAreSplitAndCounted() {
    QuestionMapping mapping =
        QuestionMapping.of("q")
            .answers("a")
            .answerSeparator("|")
            .topics("t")
            .topicSeparator(";")
            .group("g")
            .build();
    String csv =
        """
        q,a,t,g,more
        Who?,Ada|Bob,x; y,1,m
        "Where, ""there""?",here,,2,
        """;
    List<Question> questions =
        read(QuestionFormats.csv(mapping, CsvDialect.commas()), folder, "set.csv", csv);

    assertThat(questions.get(0))
        .isEqualTo(
            new Question(
                "set-1",
                "Who?",
                List.of("Ada", "Bob"),
                List.of(),
                List.of("x", "y"),
                "1",
                Map.of("more", "m")));
    assertThat(questions.get(1).text()).isEqualTo("Where, \"there\"?");
    assertThat(questions.get(1).topics()).isEmpty();
    assertThat(questions.get(1).extra()).isEmpty();
    assertThat(
            read(
                QuestionFormats.csv(mapping, CsvDialect.tabs()),
                folder,
                "set.csv",
                "\uFEFFq\ta\tt\tg\nWho?\tAda\tx\t1\n"))
        .extracting(Question::answer)
        .containsExactly("Ada");
  }

  @Test
  void columnsWithoutAHeaderHaveNumbersAndAnswersCanBeIndexes() {
    QuestionMapping.Builder mapping = QuestionMapping.of("1").choices("2", "3").answers("4");
    CsvDialect dialect = CsvDialect.commas().withHeader(false);
    String csv = "Q?,one,two,1\n";

    assertThat(
            read(
                QuestionFormats.csv(mapping.answersAre(AnswerForm.INDEX_FROM_0).build(), dialect),
                folder,
                "set.csv",
                csv))
        .extracting(Question::answer)
        .containsExactly("two");
    QuestionReader fromOne =
        QuestionFormats.csv(mapping.answersAre(AnswerForm.INDEX_FROM_1).build(), dialect);
    assertThat(read(fromOne, folder, "set.csv", csv))
        .extracting(Question::answer)
        .containsExactly("one");
    refused(
        fromOne,
        folder,
        csv + "Q?,one,two,3\n",
        2,
        "4 is '3' (INDEX_FROM_1), which is none of the 2 options A, B");
    refused(fromOne, folder, csv + "Q?,one,two,0\n", 2, "'0'");
    refused(fromOne, folder, csv + "Q?,one,two,B\n", 2, "'B'");
    refused(fromOne, folder, csv + "Q?,one,two\n", 2, "expected 4 columns, found 3");
    refused(
        QuestionFormats.csv(mapping.answersAre(AnswerForm.TEXT).build(), dialect),
        folder,
        csv,
        1,
        "'1' (TEXT), which is none of the 2 options one, two");
  }

  @Test
  void aMalformedCsvIsAnError() {
    QuestionReader csv =
        QuestionFormats.csv(QuestionMapping.of("q").answers("a").build(), CsvDialect.commas());
    refused(
        csv,
        folder,
        "q,b\nWho?,Ada\n",
        1,
        "the mapping names the column 'a'; the header has [q, b]");
    refused(csv, folder, "q,a,q\nWho?,Ada,x\n", 1, "names a column twice");
    refused(csv, folder, "q,a\nWho?\n", 2, "expected 2 columns, found 1");
    refused(csv, folder, "q,a\nWho?,Ada\n,Bob\n", 3, "q is missing");
    refused(csv, folder, "q,a\nWho?,Ada\n\" \",Bob\n", 3, "q is blank");
    refused(csv, folder, "q,a\nWho?,\n", 2, "a is missing; add it, or mend the mapping");
    refused(csv, folder, "q,a\n\"Who?,Ada\n", 2, "malformed CSV");
    refused(csv, folder, "q,a\n", 0, "no question");
  }

  @Test
  void aMalformedRecordIsAnErrorWithItsField() {
    QuestionReader json = QuestionFormats.json(NESTED);
    refused(
        json,
        folder,
        ROWS.replace("\"key\":\"y\"", "\"key\":\"z\""),
        1,
        "key is 'z' (LABEL), which is none of the 2 options x, y");
    refused(json, folder, ROWS.replace("\"stem\":\"Q2?\",", ""), 2, "question.stem is missing");
    refused(
        json, folder, ROWS.replace("\"Q2?\"", "{}"), 2, "question.stem must be a text or a list");
    refused(
        json,
        folder,
        ROWS.replace("\"Q2?\"", "[\"a\",\"b\"]"),
        2,
        "question.stem must be one text but is a list of 2");
    refused(json, folder, ROWS.replace("\"id\":8", "\"no\":8"), 2, "meta.id is missing");
    refused(
        json,
        folder,
        ROWS.replace("\"label\":\"x\",", ""),
        1,
        "question.choices.label has 1 labels for 2 options");
    refused(json, folder, ROWS.replace(",\"key\":\"a\"", ""), 2, "key is missing");
    refused(
        json,
        folder,
        ROWS.replace("\"context\"", "\"ctx\""),
        0,
        "names the field 'context', but no record has it");
  }

  @Test
  void answersMayBeLeftOutWhereTheMappingSaysSo() {
    QuestionMapping.Builder mapping = QuestionMapping.of("q").answers("a");
    String rows = "{\"q\":\"Q?\"}\n{\"q\":\"R?\",\"a\":null}\n";

    assertThat(
            read(QuestionFormats.json(mapping.answersOptional().build()), folder, "q.jsonl", rows))
        .allMatch(question -> question.answers().isEmpty());
    QuestionReader split = QuestionFormats.json(mapping.answerSeparator("|").build());
    refused(split, folder, "{\"q\":\"Q?\",\"a\":\"x||y\"}", 1, "a has an empty part: 'x||y'");
  }

  @Test
  void aMappingThatCannotWorkIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> QuestionMapping.of("q").answers("a").answersAre(AnswerForm.LABEL).build())
        .withMessageContaining("choices");
    assertThatIllegalArgumentException().isThrownBy(() -> QuestionMapping.of(" ").build());
    assertThatIllegalArgumentException().isThrownBy(() -> new CsvDialect('"', '"', true));
  }
}
