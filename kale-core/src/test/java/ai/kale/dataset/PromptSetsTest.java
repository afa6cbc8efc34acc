package ai.kale.dataset;

import static ai.kale.dataset.FormatFiles.read;
import static ai.kale.dataset.FormatFiles.refused;
import static org.assertj.core.api.Assertions.assertThat;

import ai.kale.data.Question;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** BIG-Bench Hard and AbsR, whose options stand in the text. */
class PromptSetsTest {
  private static final String BBH =
      """
      {"canary": "not for training", "examples": [
        {"input": "Which is a pun: 'rain man'?\\nOptions:\\n(A) ruin man\\n(B) rain men", "target": "(A)"},
        {"input": "Is it valid?\\nOptions:\\n- valid \\n- invalid", "target": "invalid"},
        {"input": "not ( True ) is", "target": "False"},
        {"input": "Find a film:\\nOptions:\\n(A) Monsters\\n(B) Inc\\n(C) Up", "target": "Monsters, Inc"}
      ]}
      """;
  private static final String ABSR =
      """
      {"system": "Explain first.", "input": "Question: What opens cookies?\\nOptions: A) Excel B) Notepad C) A 3D tool", "output": "Explanation: It reads text.\\nAnswer: B) Notepad"}
      {"system": "Follow the rule.", "input": "Fact: Cookies are text.\\nQuestion: What opens cookies?\\nOptions: A) Excel B) Notepad C) A 3D tool", "output": "Explanation: It reads text.\\nAnswer: B) Notepad"}
      """;
  private static final String ABSR_TEST =
      """
      {
        "0": {
          "label: A": {"testing input": "Choose.\\n\\nQuestion: What is in Antarctica?\\nOptions:\\nA) Forests\\nB) Polar ice\\nAnswer: A", "PPL": ""},
          "label: B": {"testing input": "Choose.\\n\\nQuestion: What is in Antarctica?\\nOptions:\\nA) Forests\\nB) Polar ice\\nAnswer: B", "PPL": ""},
          "prediction": "", "gold": "B"
        },
        "1": {
          "label: A": {"testing input": "Choose.\\n\\nQuestion: Earlier?\\nOptions:\\nA) x\\nB) y\\nTrue Answer: A) x\\nQuestion: Which grows?\\nOptions:\\nA. Stones\\nB. Trees\\nAnswer: A"},
          "gold": "B"
        }
      }
      """;

  @TempDir
  @SuppressWarnings("NullAway.Init")
  Path folder;

  @Test
  void optionsOfBigBenchHardComeOutOfTheText() {
    List<Question> questions = read(QuestionFormats.bigBenchHard(), folder, "puns.json", BBH);

    assertThat(questions.get(0).text()).isEqualTo("Which is a pun: 'rain man'?");
    assertThat(questions.get(0).choices()).containsExactly("ruin man", "rain men");
    assertThat(questions.get(0).answers()).containsExactly("ruin man");
    assertThat(questions.get(1).choices()).containsExactly("valid", "invalid");
    assertThat(questions.get(1).answers()).containsExactly("invalid");
    assertThat(questions.get(2).choices()).isEmpty();
    assertThat(questions.get(2).answers()).containsExactly("False");
    assertThat(questions.get(3).choices()).isEmpty();
    assertThat(questions.get(3).text()).endsWith("(B) Inc\n(C) Up");
    assertThat(questions.get(3).answers()).containsExactly("Monsters, Inc");
    assertThat(questions).extracting(q -> q.extra().get("task")).containsOnly("puns");
    assertThat(questions).extracting(Question::id).contains("puns-1", "puns-4");
  }

  @Test
  void lessThanTwoOptionsOrTwoKindsOfThemStayInTheText() {
    String one =
        "{\"examples\": [{\"input\": \"Which?\\nOptions:\\n(A) The NB\", \"target\": \"(A)\"}]}";
    Question single = read(QuestionFormats.bigBenchHard(), folder, "one.json", one).get(0);
    assertThat(single.choices()).isEmpty();
    assertThat(single.answers()).containsExactly("The NB");
    assertThat(single.text()).isEqualTo("Which?\nOptions:\n(A) The NB");

    String mixed = one.replace("The NB", "x\\n- y").replace("\"(A)\"", "\"y\"");
    Question both = read(QuestionFormats.bigBenchHard(), folder, "mixed.json", mixed).get(0);
    assertThat(both.choices()).isEmpty();
    assertThat(both.answers()).containsExactly("y");
    assertThat(both.text()).endsWith("(A) x\n- y");
  }

  @Test
  void theLineOfAnExampleIsTheOneItBeginsOn() {
    Path file = FormatFiles.write(folder.resolve("puns.json"), BBH);
    try (QuestionStream stream = QuestionFormats.bigBenchHard().open(file)) {
      assertThat(stream.line()).isZero();
      stream.next();
      assertThat(stream.line()).isEqualTo(2);
      stream.next();
      stream.next();
      assertThat(stream.hasNext()).isTrue();
      assertThat(stream.line()).isEqualTo(4);
    }
  }

  @Test
  void aMalformedBigBenchHardFileIsAnError() {
    QuestionReader bbh = QuestionFormats.bigBenchHard();
    refused(
        bbh,
        folder,
        BBH.replace("\"(A)\"", "\"(C)\""),
        2,
        "target is '(C)', which is none of the options [A, B]");
    refused(bbh, folder, BBH.replace(", \"target\": \"False\"", ""), 4, "target is missing");
    refused(
        bbh, folder, BBH.replace("\"False\"", "false"), 4, "target must be a string but is false");
    refused(bbh, folder, BBH.replace("\"False\"", "\" \""), 4, "target is blank");
    refused(bbh, folder, BBH.replace("examples", "rows"), 6, "examples is missing");
    refused(bbh, folder, BBH.replace("]}", "]"), 7, "not JSON");
    refused(bbh, folder, "{\"examples\": {}}", 1, "examples must be a list");
    refused(bbh, folder, "{\"examples\": []}", 0, "no question");
  }

  @Test
  void absRHasEachQuestionWithAndWithoutItsFactInOneGroup() {
    List<Question> questions = read(QuestionFormats.absR(), folder, "train.jsonl", ABSR);

    Question plain = questions.get(0);
    assertThat(plain.text()).isEqualTo("What opens cookies?");
    assertThat(plain.instruction()).isEqualTo("Explain first.");
    assertThat(plain.choices()).containsExactly("Excel", "Notepad", "A 3D tool");
    assertThat(plain.answers()).containsExactly("Notepad");
    assertThat(plain.extra()).containsEntry("explanation", "It reads text.").hasSize(1);
    assertThat(plain.passage()).isEmpty();
    assertThat(questions.get(1).passage()).isEqualTo("Cookies are text.");
    assertThat(questions).extracting(Question::group).containsOnly("What opens cookies?");
    assertThat(questions).extracting(Question::id).containsExactly("train-1", "train-2");
  }

  @Test
  void theTestSetOfAbsRIsReadFromItsPrompts() {
    List<Question> questions = read(QuestionFormats.absRTest(), folder, "test.json", ABSR_TEST);

    assertThat(questions).extracting(Question::id).containsExactly("test-0", "test-1");
    assertThat(questions.get(0).instruction()).isEqualTo("Choose.");
    assertThat(questions.get(0).text()).isEqualTo("What is in Antarctica?");
    assertThat(questions.get(0).choices()).containsExactly("Forests", "Polar ice");
    assertThat(questions.get(0).answers()).containsExactly("Polar ice");
    assertThat(questions.get(1).text()).isEqualTo("Which grows?");
    assertThat(questions.get(1).choices()).containsExactly("Stones", "Trees");
    assertThat(questions.get(1).answers()).containsExactly("Trees");
  }

  @Test
  void aMalformedAbsRRowIsAnError() {
    QuestionReader absR = QuestionFormats.absR();
    refused(
        absR,
        folder,
        ABSR.replace("Answer: B) Notepad\"}\n{", "Answer: D) Word\"}\n{"),
        1,
        "'D) Word'");
    refused(
        absR,
        folder,
        ABSR.replace(
            "Options: A) Excel B) Notepad C) A 3D tool\", \"output\": \"Explanation: It reads text.\\nAnswer: B) Notepad\"}\n{",
            "None\", \"output\": \"x\"}\n{"),
        1,
        "input must be");
    refused(
        absR,
        folder,
        ABSR.replace("A) Excel B) Notepad C) A 3D tool", "Excel"),
        1,
        "has no options");
    refused(absR, folder, ABSR.replace("Answer: B)", "B)"), 1, "output must be");
    refused(absR, folder, ABSR + "{}", 3, "input is missing");
    QuestionReader test = QuestionFormats.absRTest();
    refused(
        test,
        folder,
        ABSR_TEST.replace("\"gold\": \"B\"\n  },", "\"gold\": \"C\"\n  },"),
        2,
        "gold answers 'C'");
    refused(test, folder, ABSR_TEST.replace(", \"gold\": \"B\"", ""), 2, "gold is missing");
    refused(
        test,
        folder,
        ABSR_TEST.replace(
            "\"label: A\": {\"testing input\": \"Choose.\\n\\nQuestion: E",
            "\"label: A\": {\"testing\": \"Choose.\\n\\nQuestion: E"),
        7,
        "label: A.testing input is missing");
    refused(
        test,
        folder,
        ABSR_TEST.replace("\"1\": {", "\"1\": 3, \"2\": {"),
        7,
        "1 must be an object");
  }
}
