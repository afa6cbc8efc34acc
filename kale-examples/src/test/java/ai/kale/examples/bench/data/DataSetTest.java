package ai.kale.examples.bench.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.kale.error.SetupException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataSetTest {
  private static final GraphSpec SPEC = new GraphSpec(4600, 20_000, 80, 5);

  @SuppressWarnings("NullAway.Init") // set by JUnit
  @TempDir
  Path folder;

  @Test
  void theSameSpecificationGivesTheSameBytes() {
    DataSet.Manifest one = new DataSet(folder.resolve("a")).prepare(SPEC);
    DataSet.Manifest two = new DataSet(folder.resolve("b")).prepare(SPEC);
    DataSet.Manifest other =
        new DataSet(folder.resolve("c")).prepare(new GraphSpec(4600, 20_000, 80, 6));

    assertThat(two).isEqualTo(one);
    assertThat(other.tsv().sha256()).isNotEqualTo(one.tsv().sha256());
  }

  @Test
  void theBytesAreTheSameOnEveryMachine() {
    DataSet.Manifest made = new DataSet(folder).prepare(SPEC);

    assertThat(made.tsv().sha256())
        .isEqualTo("ba06e94b5e2b96ea0fdf2c4764f3e31be416650154a07e8f2285969d7c83921c");
  }

  @Test
  void triplesAreDistinctWithoutLoopsAndWithHubs() throws Exception {
    DataSet data = new DataSet(folder);
    DataSet.Manifest manifest = data.prepare(SPEC);
    List<String> lines = Files.readAllLines(data.tsv());

    assertThat(lines).hasSize(20_000);
    assertThat(new HashSet<>(lines)).hasSize(20_000);
    assertThat(lines)
        .noneMatch(
            l -> l.substring(0, l.indexOf('\t')).equals(l.substring(l.lastIndexOf('\t') + 1)));
    Map<String, Long> inward =
        lines.stream()
            .collect(
                Collectors.groupingBy(
                    l -> l.substring(l.lastIndexOf('\t') + 1), Collectors.counting()));
    assertThat(inward.values()).anyMatch(arcs -> arcs > 500);
    assertThat(data.entityNumbers()).hasSize(manifest.entities()).doesNotHaveDuplicates();
    assertThat("Q" + data.entityNumbers()[0])
        .isEqualTo(lines.get(0).substring(0, lines.get(0).indexOf('\t')));
  }

  @Test
  void bothFormatsHoldTheSameTriples() throws Exception {
    DataSet data = new DataSet(folder);
    data.prepare(SPEC);

    List<String> fromNTriples =
        Files.readAllLines(data.ntriples()).stream()
            .map(l -> l.replaceAll("<[^>]*/([QP][0-9]+)>", "$1"))
            .map(l -> l.replace(" .", "").replace(' ', '\t'))
            .toList();
    assertThat(fromNTriples).isEqualTo(Files.readAllLines(data.tsv()));
  }

  @Test
  void whatIsThereIsUsedAgainAndWhatIsDamagedIsMadeAnew() throws Exception {
    DataSet data = new DataSet(folder);
    DataSet.Manifest made = data.prepare(SPEC);
    FileTime old = FileTime.fromMillis(1000);
    Files.setLastModifiedTime(data.tsv(), old);

    assertThat(data.prepare(SPEC)).isEqualTo(made);
    assertThat(Files.getLastModifiedTime(data.tsv())).isEqualTo(old);
    Files.writeString(data.tsv(), "cut");
    assertThat(data.prepare(SPEC)).isEqualTo(made);
    assertThat(Files.size(data.tsv())).isEqualTo(made.tsv().bytes());
  }

  @Test
  void refusesMoreTriplesThanThereCanBe() {
    DataSet data = new DataSet(folder);

    assertThatThrownBy(() -> data.prepare(new GraphSpec(3, 1000, 1, 1)))
        .isInstanceOf(SetupException.class)
        .hasMessageContaining("more entities");
    assertThatThrownBy(() -> new GraphSpec(1, 1, 1, 1)).isInstanceOf(SetupException.class);
  }
}
