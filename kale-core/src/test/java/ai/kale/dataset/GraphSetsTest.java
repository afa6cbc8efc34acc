package ai.kale.dataset;

import static ai.kale.dataset.FormatFiles.read;
import static ai.kale.dataset.FormatFiles.refused;
import static ai.kale.dataset.FormatFiles.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import ai.kale.data.Question;
import ai.kale.error.InvalidInputException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** MetaQA, PathQuestion, and WebQSP and CWQ as prepared for RoG. */
class GraphSetsTest {
  private static final String META =
      """
      what year did the films by [Ann Lee] come out\t1999|2001
      [Blue Moon] was written by whom\tBob Ray
      """;
  private static final String PATH =
      "what nation is ann_lee 's spouse from ?\tfar_land(far_land/near_land/)\t"
          + "ann_lee#spouse#bob_ray#nationality#far_land#<end>#far_land\n";

  @TempDir
  @SuppressWarnings("NullAway.Init")
  Path folder;

  @Test
  void metaQaHasTopicsInBracketsAndAnswersBetweenBars() {
    assertThat(read(QuestionFormats.metaQa(), folder, "2-hop-dev.txt", META))
        .containsExactly(
            Question.of(
                    "2-hop-dev-1",
                    "what year did the films by Ann Lee come out",
                    List.of("1999", "2001"))
                .withTopics(List.of("Ann Lee")),
            Question.of("2-hop-dev-2", "Blue Moon was written by whom", List.of("Bob Ray"))
                .withTopics(List.of("Blue Moon")));
  }

  @Test
  void metaQaKindsGroupParaphrasesOfOneFact() {
    write(folder.resolve("q-qtype.txt"), "director_to_movie_to_year\r\nmovie_to_writer\r\n");
    List<Question> questions =
        read(QuestionFormats.metaQa(), folder, "q.txt", META.replace("\n", "\r\n"));

    assertThat(questions)
        .extracting(Question::group)
        .containsExactly("Ann Lee | director_to_movie_to_year", "Blue Moon | movie_to_writer");
    assertThat(questions.get(1).extra()).isEqualTo(Map.of("qtype", "movie_to_writer"));
    assertThat(questions.get(1).answers()).containsExactly("Bob Ray");
  }

  @Test
  void metaQaKindsBesideAPackedFileAreFound() {
    write(folder.resolve("q-qtype.txt"), "director_to_movie_to_year\nmovie_to_writer\n");

    assertThat(QuestionFormats.metaQa().read(FormatFiles.gzip(folder.resolve("q.txt.gz"), META)))
        .extracting(Question::id, question -> question.extra().get("qtype"))
        .contains(tuple("q-2", "movie_to_writer"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "no brackets\tanswer",
        "no tab [Topic] answer",
        "open only [Topic\tanswer",
        "closed behind the tab [Topic\tanswer]",
        "no answer [Topic]\t",
        "blank answer [Topic]\tone||two",
        "empty topic []\tanswer",
        ""
      })
  void aMalformedMetaQaLineIsAnError(String line) {
    refused(QuestionFormats.metaQa(), folder, META + line + "\n" + META, 3, "[brackets]");
  }

  @ParameterizedTest
  @CsvSource({"1, has 1 lines", "3, has 3 lines"})
  void anotherNumberOfKindsIsAnErrorWithBothNumbers(int kinds, String message) {
    Path file = write(folder.resolve("q.txt"), META);
    Path beside = write(folder.resolve("q-qtype.txt"), "movie_to_year\n".repeat(kinds));

    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> QuestionFormats.metaQa().read(file))
        .withMessageStartingWith(beside + ": " + message)
        .withMessageContaining(file + " has 2");
  }

  @Test
  void aBlankKindIsAnErrorInItsFile() {
    Path file = write(folder.resolve("q.txt"), META);
    Path beside = write(folder.resolve("q-qtype.txt"), "movie_to_year\n\n");

    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> QuestionFormats.metaQa().read(file))
        .withMessageStartingWith(beside + ":2: unknown kind of question");
  }

  @Test
  void pathQuestionKeepsThePathAndGroupsBySubjectAndRelations() {
    List<Question> questions =
        read(
            QuestionFormats.pathQuestion(),
            folder,
            "PQ-2H.txt",
            PATH
                + PATH.replace("what nation is", "tell me where to find")
                + PATH.replace("ann_lee", "cid_fox")
                + PATH.replace("spouse#", "parent#"));

    Question first = questions.get(0);
    assertThat(first.id()).isEqualTo("PQ-2H-1");
    assertThat(first.text()).isEqualTo("what nation is ann_lee 's spouse from ?");
    assertThat(first.answers()).containsExactly("far_land", "near_land");
    assertThat(first.topics()).containsExactly("ann_lee");
    assertThat(first.extra())
        .isEqualTo(
            Map.of("path", List.of("ann_lee", "spouse", "bob_ray", "nationality", "far_land")));
    assertThat(questions.get(1).group()).isEqualTo(first.group());
    assertThat(questions.subList(1, 4)).extracting(Question::group).doesNotHaveDuplicates();
  }

  @Test
  void pathQuestionTakesNamesForIds() {
    Question question =
        read(QuestionFormats.pathQuestion(id -> id.replace('_', ' ')), folder, "PQ.txt", PATH)
            .get(0);

    assertThat(question.text()).isEqualTo("what nation is ann lee 's spouse from ?");
    assertThat(question.answers()).containsExactly("far land", "near land");
    assertThat(question.topics()).containsExactly("ann_lee");
  }

  @Test
  void pathQuestionKeepsParenthesesAndSlashesOfNames() {
    String path = "\tann#made#%s#<end>#%s\n";
    List<Question> questions =
        read(
            QuestionFormats.pathQuestion(),
            folder,
            "PQ.txt",
            ("what ?\tlive_(1973_film)(live_(1973_film)/b_(x)/)"
                    + path.replace("%s", "live_(1973_film)"))
                + ("which ?\tac/dc(b/ac/dc/c/)" + path.replace("%s", "ac/dc"))
                + ("who ?\tac/dc(ac/dc)" + path.replace("%s", "ac/dc"))
                + ("else ?\tb(b/c/)" + path.replace("%s", "other")));

    assertThat(questions)
        .extracting(Question::answers)
        .containsExactly(
            List.of("live_(1973_film)", "b_(x)"),
            List.of("ac/dc", "b", "c"),
            List.of("ac/dc"),
            List.of("b", "c"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "two columns\tx(x/)",
        "no end\tx(x/)\ta#r#x",
        "no list\tx\ta#r#x#<end>#x",
        "four columns\tx(x/)\ta#r#x#<end>#x\tmore",
        "no relation\tx(x/)\ta#<end>#x",
        "half a hop\tx(x/)\ta#r#<end>#x",
        "no answer\t(/)\ta#r#x#<end>#x",
        "an empty relation\tx(x/)\ta##x#<end>#x",
        ""
      })
  void aMalformedPathQuestionLineIsAnError(String line) {
    refused(QuestionFormats.pathQuestion(), folder, PATH + line + "\n", 2, "#<end>#answer");
  }

  private static final String ROG =
      """
      {"id":"WebQTest-0","question":"what does jamaican people speak","answer":["Jamaican English","Jamaican Creole"],"q_entity":["Jamaica"],"a_entity":["Jamaican English"],"graph":[["Jamaica","location.country.languages_spoken","Jamaican English"]],"choices":[]}
      {"id":"WebQTest-1","question":"who?","answer":[],"q_entity":[],"a_entity":[],"graph":[],"choices":null}
      """;

  @Test
  void rogSkipsTheGraphUnlessAsked() {
    List<Question> questions = read(QuestionFormats.rog(), folder, "rog.jsonl", ROG);

    assertThat(questions.get(0).answers()).containsExactly("Jamaican English", "Jamaican Creole");
    assertThat(questions.get(0).topics()).containsExactly("Jamaica");
    assertThat(questions.get(0).extra()).isEqualTo(Map.of("a_entity", List.of("Jamaican English")));
    assertThat(questions.get(1).answers()).isEmpty();
    assertThat(questions.get(1).extra()).isEqualTo(Map.of("a_entity", List.of()));
    assertThat(read(QuestionFormats.rogWithGraphs(), folder, "rog.jsonl", ROG).get(0).extra())
        .containsEntry(
            "graph",
            List.of(List.of("Jamaica", "location.country.languages_spoken", "Jamaican English")));
  }

  @Test
  void aMalformedRogRowIsAnError() {
    String row = ROG.lines().findFirst().orElseThrow();
    QuestionReader reader = QuestionFormats.rog();
    refused(reader, folder, ROG + row.substring(0, row.length() - 20), 3, "not JSON");
    refused(reader, folder, ROG + row.replace("\"question\"", "\"q\""), 3, "question is missing");
    refused(
        reader,
        folder,
        ROG + row.replace("[\"Jamaica\"]", "\"Jamaica\""),
        3,
        "q_entity must be a list but is \"Jamaica\"");
    refused(
        reader, folder, ROG + row.replace("Jamaican Creole", " "), 3, "answer[1] is blank; write");
    refused(reader, folder, ROG + row, 3, "id 'WebQTest-0' is that of");
    refused(reader, folder, ROG + row + row, 3, "one JSON object");
    refused(reader, folder, ROG + "7\n", 3, "one JSON object");
  }
}
