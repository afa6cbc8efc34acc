package ai.kale.examples.bench.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The whole benchmark at a tiny size. */
class LinkBenchmarkTest {
  @SuppressWarnings("NullAway.Init") // set by JUnit
  @TempDir
  Path folder;

  private int run(String... args) {
    return new CommandLine(new LinkCommand()).execute(args);
  }

  @Test
  void speedAndQualityOfAllDataAreInTheReport() throws Exception {
    Files.writeString(folder.resolve("kg.tsv"), "Kismet\tdirected_by\tWilliam Dieterle\n");
    Files.writeString(
        folder.resolve("1-hop-dev.txt"),
        "who directed [Kismet]\tWilliam Dieterle\nwhat did [Nobody] do\tKismet\n");
    for (int hops = 2; hops <= 3; hops++) {
      Files.writeString(
          folder.resolve(hops + "H-kb.txt"), "anne_of_bohemia\tspouse\tferdinand_i\n");
      Files.writeString(
          folder.resolve("PQ-" + hops + "H.txt"),
          "who is anne_of_bohemia 's spouse ?\tferdinand_i(ferdinand_i/)\t"
              + "anne_of_bohemia#spouse#ferdinand_i#<end>#ferdinand_i\n");
    }
    Path out = folder.resolve("out");
    assertThat(
            run(
                "--data=" + folder,
                "--pathquestion=" + folder,
                "--labels=500",
                "--rounds=2",
                "--out=" + out))
        .isZero();
    assertThat(Files.readString(out.resolve("link.md")))
        .contains("| MetaQA, dev | 2 |", "| generated | 500 |", "--labels 500 --seed 20261122")
        .contains(
            "| MetaQA 1-hop-dev.txt | labels | 2 | 0 | 100.00 | 100.00 | 100.00 | 50.00 | 1 |")
        .contains(
            "| PathQuestion PQ-3H.txt | labels | 1 | 0 | 100.00 | 100.00 | 100.00 | 100.00 |");
  }

  @Test
  void wrongOptionsAndMissingFilesAreErrors() {
    assertThat(run("--rounds=1", "--labels=0")).isEqualTo(1);
    assertThat(run("--data=" + folder, "--labels=0")).isEqualTo(1);
  }
}
