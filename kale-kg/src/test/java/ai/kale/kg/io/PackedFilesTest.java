package ai.kale.kg.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.kale.error.InvalidInputException;
import ai.kale.kg.KnowledgeGraphs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PackedFilesTest {
  private final TestFiles files;

  PackedFilesTest(@TempDir Path folder) {
    this.files = new TestFiles(folder);
  }

  @Test
  void gzipIsRecognisedByItsBytes() throws IOException {
    byte[] zipped = TestFiles.gzip("a\tr\tb\n");
    for (String name : List.of("x.tsv", "x.tsv.gz", "x.txt.GZ")) {
      assertThat(KnowledgeGraphs.read(files.file(name, zipped)).entityCount()).isEqualTo(2);
    }
    assertThat(KnowledgeGraphs.read(files.file("plain.tsv.gz", "a\tr\tb")).entityCount())
        .isEqualTo(2);
  }

  @Test
  void aCutGzipFileIsAnErrorAndNotASmallerGraph() throws IOException {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 5000; i++) {
      text.append("a").append(i * 7919 % 5003).append("\tr\tb").append(i).append('\n');
    }
    byte[] zipped = TestFiles.gzip(text.toString());
    Path file = files.file("cut.tsv.gz", Arrays.copyOf(zipped, zipped.length / 2));
    assertThatThrownBy(() -> KnowledgeGraphs.read(file))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("damaged or cut short");
  }

  @Test
  void gzipMembersAreReadOneAfterAnother() throws IOException {
    byte[] named = {0x1f, (byte) 0x8b, 8, 31, 0, 0, 0, 0, 0, 0, 2, 0, 9, 9, 'n', 0, 'c', 0, 7, 7};
    byte[] second = TestFiles.gzip("b\tr\tc\n");
    byte[] tail = Arrays.copyOfRange(second, 10, second.length);
    Path file =
        files.file(
            "two.tsv.gz",
            TestFiles.joined(TestFiles.gzip("a\tr\tb\n"), named, tail, TestFiles.gzip("")));
    assertThat(KnowledgeGraphs.read(file).entityCount()).isEqualTo(3);
  }

  @Test
  void damageBetweenGzipMembersIsAnErrorAndNotASmallerGraph() throws IOException {
    byte[] first = TestFiles.gzip("a\tr\tb\n");
    for (int at = 0; at < 4; at++) {
      byte[] second = TestFiles.gzip("b\tr\tc\n");
      second[at] ^= (byte) 0xff;
      TestFiles.assertBad(
          files.file("m" + at + ".tsv.gz", TestFiles.joined(first, second)),
          2,
          "damaged or cut short");
    }
    byte[] second = TestFiles.gzip("b\tr\tc\n");
    for (int length : new int[] {1, 5, 9, 10, 12, second.length - 1}) {
      byte[] cut = Arrays.copyOf(second, length);
      assertThatThrownBy(
              () -> KnowledgeGraphs.read(files.file("cut.tsv.gz", TestFiles.joined(first, cut))))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("cut.tsv.gz")
          .hasMessageContaining("damaged or cut short");
    }
    byte[] wrong = first.clone();
    wrong[first.length - 8] ^= 1;
    TestFiles.assertBad(files.file("sum.tsv.gz", TestFiles.joined(wrong, second)), 2, "checksum");
    TestFiles.assertBad(
        files.file("zeros.tsv.gz", TestFiles.joined(first, new byte[1000])),
        2,
        "damaged or cut short");
  }

  @Test
  void bzip2StreamsAreReadOneAfterAnother() throws IOException {
    byte[] two = TestFiles.joined(TestFiles.bzip2("a\tr\tb\n"), TestFiles.bzip2("b\tr\tc\n"));
    for (String name : List.of("x.tsv.bz2", "x.txt", "x.tsv.gz")) {
      assertThat(KnowledgeGraphs.read(files.file(name, two)).entityCount()).isEqualTo(3);
    }
    Path turtle =
        files.file("x.ttl.bz2", TestFiles.bzip2("<http://x/a> <http://x/p> <http://x/b> ."));
    assertThat(KnowledgeGraphs.read(turtle).entityCount()).isEqualTo(2);
  }

  @Test
  void damagedBzip2DataIsAnErrorAndNotASmallerGraph() throws IOException {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 5000; i++) {
      text.append("a").append(i * 7919 % 5003).append("\tr\tb").append(i).append('\n');
    }
    byte[] packed = TestFiles.bzip2(text.toString());
    LoadOptions skip = LoadOptions.defaults().withBadInput(BadInputPolicy.skip(1_000_000));
    for (int length : new int[] {5, 12, packed.length / 2, packed.length - 1}) {
      Path cut = files.file("cut.tsv.bz2", Arrays.copyOf(packed, length));
      assertThatThrownBy(() -> KnowledgeGraphs.read(cut))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("cut.tsv.bz2")
          .hasMessageContaining("damaged or cut short")
          .hasMessageContaining("bzip2");
    }
    for (int at = 4; at < packed.length; at += 997) {
      byte[] wrong = packed.clone();
      wrong[at] ^= 0x10;
      Path damaged = files.file("damaged.tsv.bz2", wrong);
      assertThatThrownBy(() -> KnowledgeGraphs.load(damaged, skip))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("damaged or cut short");
    }
  }

  @Test
  void whateverFollowsABzip2StreamMustBeAnother() throws IOException {
    byte[] first = TestFiles.bzip2("a\tr\tb\n");
    byte[] half = {'B', 'Z', 'h'};
    byte[] text = "x\ty\tz".getBytes(StandardCharsets.UTF_8);
    for (byte[] rest : List.of(new byte[100], half, text)) {
      Path file = files.file("more.tsv.bz2", TestFiles.joined(first, rest));
      assertThatThrownBy(() -> KnowledgeGraphs.read(file))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("damaged or cut short");
    }
  }

  @Test
  void damageIsFoundInEveryFormat() throws IOException {
    String line = "<http://x/a> <http://x/p> <http://x/b> .\n";
    String xml =
        "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns:x='http://x/'>"
            + "<rdf:Description rdf:about='http://x/a'><x:p rdf:resource='http://x/b'/>"
            + "</rdf:Description></rdf:RDF>";
    Map<String, String> texts =
        Map.of(
            "x.nt", line,
            "x.nq", line,
            "x.ttl", line,
            "x.trig", line,
            "x.rdf", xml,
            "x.csv", "subject,relation,object\na,r,b\n");
    for (Map.Entry<String, String> text : texts.entrySet()) {
      byte[] packed = TestFiles.gzip(text.getValue());
      Path file = files.file(text.getKey(), packed);
      assertThat(KnowledgeGraphs.read(file).entityCount()).isEqualTo(2);
      packed[packed.length - 8] ^= 1;
      Path wrong = files.file(text.getKey(), packed);
      assertThatThrownBy(() -> KnowledgeGraphs.read(wrong))
          .as(text.getKey())
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("checksum");
    }
  }

  @Test
  void otherPackingsAreNamed() throws IOException {
    byte[] zip = {'P', 'K', 3, 4, 20, 0};
    byte[] xz = {(byte) 0xfd, '7', 'z', 'X', 'Z', 0};
    byte[] zstd = {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd, 0, 0};
    TestFiles.assertBad(files.file("a.tsv", zip), 0, "packed with zip", "unpack it");
    TestFiles.assertBad(files.file("b.nt", xz), 0, "packed with xz");
    TestFiles.assertBad(files.file("c.ttl", zstd), 0, "packed with zstd");
  }
}
