package ai.kale.examples.bench.path.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.kale.error.SetupException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PathFilesTest {
  @SuppressWarnings("NullAway.Init") // set by JUnit
  @TempDir
  Path folder;

  private static PathSpec synthetic(long seed) {
    return new PathSpec("synthetic", "", 5_000, 30, List.of(1, 2), seed);
  }

  @Test
  void equalSpecificationsGiveEqualFilesThatAreUsedAgain() throws Exception {
    PathFiles one = new PathFiles(folder.resolve("one"));
    PathFiles two = new PathFiles(folder.resolve("two"));
    PathFiles.Manifest made = one.prepare(synthetic(5));
    two.prepare(synthetic(5));

    assertThat(made.triples()).isEqualTo(5_000);
    assertThat(made.entities()).isEqualTo(1_150);
    assertThat(made.mostArcs()).isGreaterThan(150);
    assertThat(two.triplesFile()).hasSameTextualContentAs(one.triplesFile());
    assertThat(two.pairsFile(2)).hasSameTextualContentAs(one.pairsFile(2));
    FileTime old = FileTime.fromMillis(1000);
    Files.setLastModifiedTime(one.triplesFile(), old);
    assertThat(one.prepare(synthetic(5))).isEqualTo(made);
    assertThat(Files.getLastModifiedTime(one.triplesFile())).isEqualTo(old);
    assertThat(one.prepare(new PathSpec("synthetic", "", 5_000, 9, List.of(3), 5)).graphText())
        .isEqualTo(made.graphText());
    assertThat(one.prepare(synthetic(6)).graphText()).isNotEqualTo(made.graphText());
    assertThat(Files.readString(one.triplesFile()))
        .isNotEqualTo(Files.readString(two.triplesFile()));
  }

  @Test
  void pairsAreTheEndsOfWalks() {
    PathFiles files = new PathFiles(folder);
    files.prepare(synthetic(5));
    IntRows triples = files.triples();
    Set<Long> joined = new HashSet<>();
    for (int i = 0; i < triples.size(); i++) {
      joined.add(triples.at(i, 0) * 5_000L + triples.at(i, 2));
      joined.add(triples.at(i, 2) * 5_000L + triples.at(i, 0));
    }

    IntRows pairs = files.pairs(1);

    assertThat(pairs.size()).isEqualTo(30);
    for (int i = 0; i < pairs.size(); i++) {
      assertThat(joined).contains(pairs.at(i, 0) * 5_000L + pairs.at(i, 1));
    }
  }

  @Test
  void metaQaGivesATopicAndOneAnswerAndCountsWhatItCannotAsk() throws Exception {
    Path data = Files.createDirectory(folder.resolve("metaqa"));
    Files.writeString(data.resolve("kg.tsv"), "F\tby\tD\nG\tby\tD\nG\tin\t1990\nF\tby\tD\n");
    Files.writeString(
        data.resolve("2-hop-dev.txt"),
        "other films by the director of [F]\tG\nwhen did [Nobody] die\t1990\n");
    PathFiles files = new PathFiles(folder.resolve("out"));

    PathFiles.Manifest made =
        files.prepare(new PathSpec("metaqa-2hop", data.toString(), 0, 1, List.of(2), 5));

    assertThat(made.triples()).isEqualTo(3);
    assertThat(made.entities()).isEqualTo(4);
    assertThat(files.pairs(2).values()).containsExactly(2, 3); // F and G, in the order of ids
    assertThatThrownBy(
            () -> files.prepare(new PathSpec("metaqa-2hop", data.toString(), 0, 2, List.of(2), 5)))
        .isInstanceOf(SetupException.class)
        .hasMessageContaining("only 1 questions can be asked");
  }
}
