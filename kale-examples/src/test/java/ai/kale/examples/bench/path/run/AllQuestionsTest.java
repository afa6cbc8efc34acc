package ai.kale.examples.bench.path.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AllQuestionsTest {
  @SuppressWarnings("NullAway.Init") // set by JUnit
  @TempDir
  Path data;

  @Test
  void countsQuestionsWithAPathAndAnswersThatAreReached() throws Exception {
    Files.writeString(
        data.resolve("kg.tsv"), "F\tby\tD\nG\tby\tD\nF\twith\tA\nG\twith\tA\nX\tin\tY\n");
    Files.writeString(
        data.resolve("2-hop-dev.txt"),
        "other films like [F]\tG\nwhat is near [F]\tG|Y\nwho knows [Y]\tF\nwho is [Nobody]\tF\n");

    List<AllQuestions.Row> rows = new AllQuestions(data).run(List.of(2), List.of(1, 16));

    assertThat(rows).hasSize(2);
    assertThat(rows).allMatch(r -> r.hops() == 2 && r.questions() == 4 && r.askable() == 3);
    assertThat(rows).allMatch(r -> r.withPath() == 2 && r.answers() == 5 && r.reached() == 2);
    assertThat(rows).extracting(AllQuestions.Row::paths).containsExactly(2L, 4L);
    assertThat(rows).extracting(AllQuestions.Row::cut).containsExactly(2L, 0L);
  }
}
