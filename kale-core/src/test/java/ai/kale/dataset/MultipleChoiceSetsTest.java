package ai.kale.dataset;

import static ai.kale.dataset.FormatFiles.read;
import static ai.kale.dataset.FormatFiles.refused;
import static ai.kale.dataset.FormatFiles.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ai.kale.data.Question;
import ai.kale.error.InvalidInputException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** ARC, CommonsenseQA, MMLU and RACE. */
class MultipleChoiceSetsTest {
  private static final String ARC =
      """
      {"id":"Mercury_1","question":{"stem":"Which is a metal?","choices":[{"text":"iron","label":"A"},{"text":"wood","label":"B"}]},"answerKey":"A"}
      {"id":"NYSEDREGENTS_2","question":{"stem":"Which is wet?","choices":[{"text":"sand","label":"1"},{"text":"rain","label":"2"}]},"answerKey":"2"}
      """;
  private static final String ARC_HUB =
      """
      {"id":"Mercury_1","question":"Which is a metal?","choices":{"text":["iron","wood"],"label":["A","B"]},"answerKey":"A"}
      """;
  private static final String CSQA =
      """
      {"answerKey":"B","id":"c1","question":{"question_concept":"fish","choices":[{"label":"A","text":"tree"},{"label":"B","text":"bowl"}],"stem":"Where do you keep a fish?"}}
      {"id":"c2","question":{"question_concept":"door","choices":[{"label":"A","text":"bank"},{"label":"B","text":"mall"}],"stem":"What has a door?"}}
      """;

  @TempDir
  @SuppressWarnings("NullAway.Init")
  Path folder;

  @Test
  void arcAnswersAreTextsOfOptionsWhateverTheLabels() {
    List<Question> questions = read(QuestionFormats.arc(), folder, "arc.jsonl", ARC);

    assertThat(questions)
        .containsExactly(
            Question.of("Mercury_1", "Which is a metal?", List.of("iron"))
                .withChoices(List.of("iron", "wood")),
            Question.of("NYSEDREGENTS_2", "Which is wet?", List.of("rain"))
                .withChoices(List.of("sand", "rain")));
    assertThat(read(QuestionFormats.arc(), folder, "hub.jsonl", ARC_HUB))
        .containsExactly(questions.get(0));
  }

  @Test
  void arcIsAlsoReadAsOneArray() {
    String array = "[\n" + ARC.strip().replace("\n", ",\n") + "\n]\n";

    assertThat(read(QuestionFormats.arc(), folder, "arc.json", array))
        .isEqualTo(read(QuestionFormats.arc(), folder, "arc.jsonl", ARC));
    refused(QuestionFormats.arc(), folder, array.replace("\"2\"}\n", "\"3\"}\n"), 3, "'3'");
    refused(QuestionFormats.arc(), folder, array.replace("\n]\n", ""), 3, "not JSON");
    refused(QuestionFormats.arc(), folder, array + "[]", 5, "behind the end");
    refused(QuestionFormats.arc(), folder, "[1]", 1, "must be an object");
  }

  @Test
  void aMalformedArcLineIsAnError() {
    QuestionReader arc = QuestionFormats.arc();
    refused(arc, folder, ARC + "{\"id\":", 3, "not JSON");
    refused(
        arc,
        folder,
        ARC.replace("\"2\"}\n", "\"C\"}\n"),
        2,
        "answerKey is 'C', which is none of the options 1, 2");
    refused(arc, folder, ARC.replace(",\"answerKey\":\"A\"", ""), 1, "answerKey is missing");
    refused(
        arc, folder, ARC.replace("\"stem\":\"Which is wet?\",", ""), 2, "question.stem is missing");
    refused(arc, folder, ARC.replace("Which is wet?", " "), 2, "question.stem is blank");
    refused(
        arc,
        folder,
        ARC.replace("\"text\":\"sand\",", ""),
        2,
        "question.choices[0].text is missing");
    refused(
        arc, folder, ARC.replace("\"sand\"", "7"), 2, "question.choices[0].text must be a string");
    refused(
        arc,
        folder,
        ARC_HUB.replace("\"A\",\"B\"", "\"A\""),
        1,
        "choices has 1 labels but 2 texts");
    refused(arc, folder, ARC.replace("rain", " "), 2, "answerKey names an option that is blank");
    assertThat(read(arc, folder, "wrong.jsonl", ARC.replace("sand", ""))).hasSize(2);
    refused(arc, folder, ARC + ARC_HUB, 3, "id 'Mercury_1' is that of");
    refused(arc, folder, "\n \n", 0, "there is no question in it");
  }

  @Test
  void commonsenseQaKeepsTheConceptAndMayLackTheAnswer() {
    List<Question> questions = read(QuestionFormats.commonsenseQa(), folder, "c.jsonl", CSQA);

    assertThat(questions.get(0).text()).isEqualTo("Where do you keep a fish?");
    assertThat(questions.get(0).answers()).containsExactly("bowl");
    assertThat(questions.get(0).extra()).isEqualTo(Map.of("question_concept", "fish"));
    assertThat(questions.get(1).answers()).isEmpty();
    String hub =
        """
        {"id":"c1","question":"Where?","question_concept":"fish","choices":{"label":["A","B"],"text":["tree","bowl"]},"answerKey":""}
        """;
    Question flat = read(QuestionFormats.commonsenseQa(), folder, "h.jsonl", hub).get(0);
    assertThat(flat.answers()).isEmpty();
    assertThat(flat.choices()).containsExactly("tree", "bowl");
    assertThat(flat.extra()).isEqualTo(Map.of("question_concept", "fish"));
    refused(
        QuestionFormats.commonsenseQa(),
        folder,
        CSQA.replace("\"B\",\"id\"", "\"F\",\"id\""),
        1,
        "'F'");
  }

  private static final String MMLU =
      """
      "Say ""x"", then y.
      What is said?",x,y,"x, y",none,A
      Which is even?,1,2,3,5,B
      """;

  @Test
  void mmluHasNoHeaderAndTheSubjectInItsName() {
    List<Question> questions =
        read(QuestionFormats.mmlu(), folder, "abstract_algebra_test.csv", MMLU);

    assertThat(questions)
        .extracting(Question::id)
        .containsExactly("abstract_algebra_test-1", "abstract_algebra_test-2");
    assertThat(questions.get(0).text()).isEqualTo("Say \"x\", then y.\nWhat is said?");
    assertThat(questions.get(0).choices()).containsExactly("x", "y", "x, y", "none");
    assertThat(questions.get(0).answers()).containsExactly("x");
    assertThat(questions.get(1).answers()).containsExactly("2");
    assertThat(questions.get(1).extra()).isEqualTo(Map.of("subject", "abstract_algebra"));
  }

  @Test
  void aMalformedMmluRowIsAnErrorAtItsFirstLine() {
    QuestionReader mmlu = QuestionFormats.mmlu();
    refused(mmlu, folder, MMLU + "q,1,2,3,B\n", 4, "expected 6 columns");
    refused(mmlu, folder, MMLU + "q,1,2,3,4,5,B\n", 4, "found 7");
    refused(mmlu, folder, MMLU + "q,1,2,3,4,E\n", 4, "'E'");
    refused(mmlu, folder, MMLU + "q,1,2,3,4,\n", 4, "''");
    refused(mmlu, folder, MMLU + "q,1,,3,4,B\n", 4, "column 6 names an option that is blank");
    refused(mmlu, folder, MMLU + ",1,2,3,4,A\n", 4, "question is blank");
    refused(mmlu, folder, MMLU + "\"open,1,2,3,4,A\n", 4, "malformed CSV");
  }

  @Test
  void aFolderOfMmluIsReadInTheOrderOfNames() {
    write(folder.resolve("set/test/b_test.csv"), MMLU);
    write(folder.resolve("set/test/a_test.csv"), MMLU);
    write(folder.resolve("set/readme.txt"), "not a set");

    try (QuestionStream stream = QuestionFormats.mmlu().open(folder.resolve("set"))) {
      assertThat(stream.next().id()).isEqualTo("a_test-1");
      assertThat(stream.line()).isEqualTo(1);
      stream.next();
      assertThat(stream.line()).isEqualTo(3);
      assertThat(stream.hasNext()).isTrue();
      assertThat(stream.source()).endsWith("a_test.csv");
      assertThat(stream.next().id()).isEqualTo("b_test-1");
      assertThat(stream.source()).endsWith("b_test.csv");
    }
    Path wrong = write(folder.resolve("set/test/b_test.csv"), "q,1\n");
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> QuestionFormats.mmlu().read(folder.resolve("set")))
        .withMessageStartingWith(wrong + ":1: ");
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> QuestionFormats.bigBenchHard().read(folder.resolve("set")))
        .withMessageContaining("no file that ends in one of [json]");
  }

  private static final String RACE =
      """
      {"answers": ["D", "A"], "options": [["a", "b", "c", "d"], ["e", "f", "g", "h"]],
       "questions": ["First?", "The second is _ ."],
       "article": "A long text.", "id": "high1.txt"}
      """;

  @Test
  void raceHasManyQuestionsForOnePassage() {
    List<Question> questions = read(QuestionFormats.race(), folder, "1.txt", RACE);

    assertThat(questions).hasSize(2).allMatch(q -> q.passage().equals("A long text."));
    assertThat(questions).extracting(Question::group).containsOnly("high1.txt");
    assertThat(questions).extracting(Question::id).containsExactly("high1.txt-1", "high1.txt-2");
    assertThat(questions.get(0).answers()).containsExactly("d");
    assertThat(questions.get(1).answers()).containsExactly("e");
    assertThat(questions.get(1).choices()).containsExactly("e", "f", "g", "h");
  }

  @Test
  void raceIsAFolderOfPassagesToo() {
    write(folder.resolve("race/middle/2.txt"), RACE.replace("high1", "middle2"));
    write(folder.resolve("race/high/1.txt"), RACE);

    assertThat(QuestionFormats.race().read(folder.resolve("race")))
        .extracting(Question::group)
        .containsExactly("high1.txt", "high1.txt", "middle2.txt", "middle2.txt");
  }

  @Test
  void raceRowsOfTheHubAreRead() {
    String rows =
        """
        {"example_id":"high1.txt","article":"Text.","answer":"B","question":"Q?","options":["a","b"]}
        {"example_id":"high1.txt","article":"Text.","answer":"A","question":"R?","options":["a","b"]}
        """;
    List<Question> questions = read(QuestionFormats.race(), folder, "race.jsonl", rows);

    assertThat(questions).extracting(Question::group).containsOnly("high1.txt");
    assertThat(questions).extracting(Question::answer).containsExactly("b", "a");
    assertThat(questions).extracting(Question::id).containsExactly("race-1", "race-2");
    String array = "[" + rows.strip().replace("\n", ",\n") + "]";
    assertThat(read(QuestionFormats.race(), folder, "race.json", array)).isEqualTo(questions);
  }

  @Test
  void aMalformedRaceFileIsAnError() {
    QuestionReader race = QuestionFormats.race();
    refused(race, folder, RACE.replace("\"D\"", "\"E\""), 1, "answers[0] is 'E'");
    refused(race, folder, RACE.replace("\"d\"", "\"\""), 1, "answers[0] names an option that");
    refused(
        race,
        folder,
        RACE.replace("\"D\", ", ""),
        1,
        "questions has 2 items, options 2 and answers 1");
    refused(
        race,
        folder,
        RACE.replace("[\"e\", \"f\", \"g\", \"h\"]", "\"e\""),
        1,
        "options[1] must be a list");
    refused(
        race, folder, RACE.replace("\"article\": \"A long text.\", ", ""), 1, "article is missing");
    refused(race, folder, RACE.replace("First?", ""), 1, "questions[0] is blank");
    refused(race, folder, RACE.substring(0, RACE.length() - 30), 3, "not JSON");
    refused(race, folder, "[]", 0, "there is no question");
    refused(race, folder, "[1]", 1, "must be an object");
    refused(race, folder, "[" + RACE.strip(), 3, "not JSON");
  }
}
