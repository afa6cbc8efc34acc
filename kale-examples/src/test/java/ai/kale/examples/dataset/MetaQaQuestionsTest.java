package ai.kale.examples.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ai.kale.data.Question;
import ai.kale.error.InvalidInputException;
import ai.kale.examples.dataset.RelationPaths.Hop;
import ai.kale.examples.testing.SmallWorld;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MetaQaQuestionsTest {
  private static final List<String> LINES =
      List.of(
          "what year did the films by [Ann Lee] come out\t1999|2001",
          "[Blue Moon] was written by whom\tBob Ray");

  @Test
  void readsQuestionsWithoutKinds(@TempDir Path folder) {
    Path file = SmallWorld.write(folder.resolve("2-hop-dev.txt"), LINES);

    List<Question> questions = MetaQaQuestions.read(file);

    assertThat(questions)
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
  void readsTheKindsBesideIt(@TempDir Path folder) {
    Path file = SmallWorld.write(folder.resolve("2-hop-dev.txt"), LINES);
    SmallWorld.write(
        folder.resolve("2-hop-dev-qtype.txt"),
        List.of("director_to_movie_to_year", "movie_to_writer"));

    List<Question> questions = MetaQaQuestions.read(file);

    assertThat(RelationPaths.of(questions.get(0)))
        .contains(List.of(new Hop("directed_by", true), new Hop("release_year", false)));
    assertThat(RelationPaths.of(questions.get(1))).contains(List.of(new Hop("written_by", false)));
    assertThat(questions)
        .extracting(Question::group)
        .containsExactly("Ann Lee | director_to_movie_to_year", "Blue Moon | movie_to_writer");
  }

  @Test
  void threeHopsPassThroughAPerson(@TempDir Path folder) {
    Path file = SmallWorld.write(folder.resolve("q.txt"), List.of("who acts in films like [X]\tY"));
    SmallWorld.write(folder.resolve("q-qtype.txt"), List.of("movie_to_director_to_movie_to_actor"));

    assertThat(RelationPaths.of(MetaQaQuestions.read(file).get(0)))
        .contains(
            List.of(
                new Hop("directed_by", false),
                new Hop("directed_by", true),
                new Hop("starred_actors", false)));
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
  void aMalformedLineIsAnErrorWithFileAndLine(String line, @TempDir Path folder) {
    Path file =
        SmallWorld.write(folder.resolve("q.txt"), List.of(LINES.get(0), line, LINES.get(1)));

    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> MetaQaQuestions.read(file))
        .withMessageStartingWith(file + ":2: ")
        .satisfies(e -> assertThat(e.line()).isEqualTo(2));
  }

  @Test
  void anotherNumberOfKindsIsAnErrorWithBothNumbers(@TempDir Path folder) {
    Path file = SmallWorld.write(folder.resolve("q.txt"), LINES);
    Path kinds = SmallWorld.write(folder.resolve("q-qtype.txt"), List.of("movie_to_year"));

    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> MetaQaQuestions.read(file))
        .withMessageStartingWith(kinds + ": ")
        .withMessageContaining("has 1 lines")
        .withMessageContaining("has 2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"movie_to_moon", "year_to_actor", "actor_to_movie_to_moon", "movie", ""})
  void anUnknownKindIsAnErrorWithItsLine(String kind, @TempDir Path folder) {
    Path file = SmallWorld.write(folder.resolve("q.txt"), LINES);
    SmallWorld.write(folder.resolve("q-qtype.txt"), List.of("movie_to_year", kind));

    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> MetaQaQuestions.read(file))
        .withMessageContaining(":2: ")
        .withMessageContaining("unknown kind of question '" + kind + "'");
  }
}
