package ai.kale.examples.induction;

import static org.assertj.core.api.Assertions.assertThat;

import ai.kale.Kale;
import ai.kale.data.RationalizedQuestion;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InductionTest {
  private static final String GRAPH =
      """
      Kismet\tdirected_by\tWilliam Dieterle
      Kismet\tstarred_actors\tEdward Arnold
      Portrait of Jennie\tdirected_by\tWilliam Dieterle
      Portrait of Jennie\trelease_year\t1948
      """;

  private static final String QUESTIONS =
      """
      who directed [Kismet]\tWilliam Dieterle
      who acted in [Kismet]\tEdward Arnold
      which films share the director of [Kismet]\tPortrait of Jennie
      when were films by the director of [Kismet] released\t1948
      who directed [Kismet]\tNobody Known
      """;

  private final Path folder;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final PrintStream systemOut = System.out;
  private final PrintStream systemErr = System.err;

  InductionTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @AfterEach
  void release() {
    System.setOut(systemOut);
    System.setErr(systemErr);
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  private int run(Path graph, Path questions, String... more) {
    List<String> args =
        new ArrayList<>(
            List.of(
                "--graph=" + graph,
                "--questions=" + questions,
                "--format=metaqa",
                "--out=" + folder.resolve("out")));
    args.addAll(List.of(more));
    System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
    System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
    return Induction.run(args.toArray(String[]::new));
  }

  private String printed() {
    return out.toString(StandardCharsets.UTF_8);
  }

  @Test
  void questionsBecomeRationalesThatArePrintedByHops() throws IOException {
    int code = run(write("kg.tsv", GRAPH), write("1-hop.txt", QUESTIONS));
    assertThat(err.toString(StandardCharsets.UTF_8)).isEmpty();
    assertThat(code).isZero();
    assertThat(printed())
        .contains("precision 100.00 %, recall 100.00 %")
        .contains("80.0 % with a path to the answer")
        .contains("\n1 hop\n")
        .contains("  > Kismet was directed by William Dieterle. So the answer is William Dieterle.")
        .contains("\n2 hops\n")
        .contains("\n3 hops\n");
    List<RationalizedQuestion> rows =
        Kale.rationalized(folder.resolve("out/rationalized.jsonl")).questions();
    assertThat(rows).hasSize(4);
    assertThat(Files.readAllLines(folder.resolve("out/grounded.jsonl"))).hasSize(5);
    assertThat(Files.readAllLines(folder.resolve("out/trl.jsonl"))).hasSize(4);
  }

  @Test
  void theShareOfRationalesOnTheAskedPathIsTold() throws IOException {
    write(
        "2-hop-qtype.txt",
        "movie_to_director_to_movie\nmovie_to_director_to_movie\nmovie_to_director\n");
    Path questions =
        write(
            "2-hop.txt",
            """
            which films share the director of [Kismet]\tPortrait of Jennie
            which films share the director of [Portrait of Jennie]\tKismet
            who directed [Kismet]\tEdward Arnold
            """);
    assertThat(run(write("kg.tsv", GRAPH), questions)).isZero();
    assertThat(printed())
        .contains("among the paths of 2 of 3 rationales (66.7 %), the first of 2 (66.7 %)");
  }

  @Test
  void anotherRightAnswerIsTrainedOnWhereTheFirstHasNoPath() throws IOException {
    Path questions = write("1-hop.txt", "who acted in [Kismet]\tNobody Known|Edward Arnold\n");
    assertThat(run(write("kg.tsv", GRAPH), questions)).isZero();
    assertThat(printed()).contains("= Edward Arnold | Nobody Known");
  }

  @Test
  void aTopicThatTheGraphDoesNotHaveIsNotReplacedByAnotherName() throws IOException {
    Path questions =
        write(
            "1-hop.txt",
            """
            who directed [Kismet]\tWilliam Dieterle
            who of Kismet and [Gotham] is older\tEdward Arnold
            """);
    assertThat(run(write("kg.tsv", GRAPH), questions)).isZero();
    assertThat(Files.readAllLines(folder.resolve("out/grounded.jsonl")).get(1))
        .contains("\"questionEntities\":[]", "Gotham", "no-question-entity");
  }

  @Test
  void oneIdInTwoFilesIsAnError() throws IOException {
    Files.createDirectories(folder.resolve("other"));
    Path one = write("1-hop.txt", QUESTIONS);
    Path two = write("other/1-hop.txt", QUESTIONS);
    assertThat(run(write("kg.tsv", GRAPH), one, "--questions=" + two)).isEqualTo(1);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .contains("question id '1-hop-1' is in " + one + " and in " + two);
  }

  @Test
  void aSampleIsNoMoreThanAskedFor() throws IOException {
    run(write("kg.tsv", GRAPH), write("1-hop.txt", QUESTIONS), "--samples=1", "--hops=1");
    assertThat(printed().lines().filter(line -> line.startsWith("  > "))).hasSize(1);
  }

  @Test
  void aWrongLineIsAnErrorWithItsPlace() throws IOException {
    Path questions = write("1-hop.txt", "who directed Kismet\tWilliam Dieterle\n");
    assertThat(run(write("kg.tsv", GRAPH), questions)).isEqualTo(1);
    assertThat(err.toString(StandardCharsets.UTF_8)).startsWith("Error: " + questions + ":1: ");
  }

  @Test
  void aMissingFileIsAnErrorBeforeAnythingIsRead() throws IOException {
    assertThat(run(folder.resolve("none.tsv"), write("1-hop.txt", QUESTIONS))).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("there is no").contains("none.tsv");
  }
}
