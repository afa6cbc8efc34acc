package ai.kale.rationale;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.kale.data.GroundedQuestion;
import ai.kale.data.Provenance;
import ai.kale.data.Question;
import ai.kale.data.Synthesis;
import ai.kale.error.CorruptFileException;
import ai.kale.error.SetupException;
import ai.kale.tck.Samples;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SynthesisJournalTest {
  private static final TemplateSynthesizer TEMPLATE = new TemplateSynthesizer();

  @TempDir
  @SuppressWarnings("NullAway.Init")
  Path folder;

  private Path file = Path.of("");

  @BeforeEach
  void chooseFile() {
    file = folder.resolve("journal.jsonl");
  }

  @Test
  void givesBackWhatWasPut() {
    GroundedQuestion dropped = Samples.pathless("p");
    Synthesis problem =
        new Synthesis(
            Synthesis.Outcome.DROPPED, Optional.empty(), List.of("empty: \u2028 \ud83d"), 200, 20);
    try (SynthesisJournal journal = SynthesisJournal.open(file)) {
      put(journal, 0);
      journal.put(dropped, "t", problem);
      journal.put(dropped, "t", problem);
      assertThat(journal.size()).isEqualTo(2);
    }
    try (SynthesisJournal journal = SynthesisJournal.open(file)) {
      assertThat(journal.get(Samples.numbered(0), "t"))
          .contains(TEMPLATE.synthesize(Samples.numbered(0)));
      assertThat(journal.get(dropped, "t")).contains(problem);
      assertThat(journal.get(dropped, "other")).isEmpty();
      assertThat(journal.get(Samples.numbered(1), "t")).isEmpty();
    }
  }

  @Test
  void theSnapshotIsThatOfTheQuestionAtHandAndTheIdDoesNotMatter() {
    GroundedQuestion old = Samples.curie();
    try (SynthesisJournal journal = SynthesisJournal.open(file)) {
      journal.put(old, "t", TEMPLATE.synthesize(old));
      GroundedQuestion renamed =
          new GroundedQuestion(
              new Question(
                  "other-id",
                  old.question().text(),
                  old.question().answers(),
                  List.of(),
                  List.of(),
                  "g",
                  Map.of()),
              old.questionEntities(),
              old.answerEntities(),
              List.of(),
              old.paths(),
              old.report(),
              Provenance.of("ground", Map.of("graph.snapshot", "newer")),
              Map.of());
      Synthesis found = journal.get(renamed, "t").orElseThrow();
      assertThat(found.result().orElseThrow().grounded()).isEqualTo(renamed);
      assertThat(found.result().orElseThrow().provenance().facts())
          .containsEntry("graph.snapshot", "newer");
      assertThat(journal.get(Samples.grounded(old.question(), List.of()), "t")).isEmpty();
    }
  }

  @Test
  void aTornLastLineIsRemovedWhereverItWasCut() throws IOException {
    byte[] whole = threeOutcomes();
    int second = nthLineEnd(whole, 2);
    for (int cut = second; cut < whole.length; cut += 7) {
      Files.write(file, Arrays.copyOf(whole, cut));
      try (SynthesisJournal journal = SynthesisJournal.open(file)) {
        assertThat(journal.size()).as("cut at %s", cut).isEqualTo(2);
        put(journal, 2);
      }
      assertThat(Files.readAllBytes(file)).isEqualTo(whole);
    }
  }

  @Test
  void aTornLineOfZerosOrWithABadChecksumIsRemoved() throws IOException {
    byte[] whole = threeOutcomes();
    byte[] zeros = Arrays.copyOf(whole, whole.length + 100);
    Files.write(file, zeros);
    try (SynthesisJournal journal = SynthesisJournal.open(file)) {
      assertThat(journal.size()).isEqualTo(3);
    }
    assertThat(Files.readAllBytes(file)).isEqualTo(whole);
    whole[whole.length - 40] ^= 1;
    Files.write(file, whole);
    try (SynthesisJournal journal = SynthesisJournal.open(file)) {
      assertThat(journal.size()).isEqualTo(2);
    }
  }

  @Test
  void damageInTheMiddleIsRefusedAndLeftAsItIs() throws IOException {
    byte[] whole = threeOutcomes();
    whole[nthLineEnd(whole, 1) + 60] ^= 1;
    Files.write(file, whole);
    assertThatThrownBy(() -> SynthesisJournal.open(file))
        .isInstanceOf(CorruptFileException.class)
        .hasMessageContaining("journal.jsonl:2: the line does not fit its checksum");
    assertThat(Files.readAllBytes(file)).isEqualTo(whole);
  }

  @Test
  void anotherFileIsNeverTouched() throws IOException {
    for (String content :
        List.of("{\"question\": \"Who?\"}\n", "notes", "{\"kale\":\"synthesis/2\",\"x\":1}\n")) {
      Files.writeString(file, content);
      assertThatThrownBy(() -> SynthesisJournal.open(file))
          .isInstanceOf(CorruptFileException.class)
          .hasMessageContaining("journal.jsonl:1: not a line of a synthesis journal");
      assertThat(file).hasContent(content);
    }
  }

  @Test
  void aSealedLineThatIsNotUnderstoodIsRefusedAndKept() throws IOException {
    String whole = new String(threeOutcomes(), UTF_8);
    String last = whole.substring(whole.lastIndexOf('\n', whole.length() - 2) + 1);
    String begin = whole.substring(0, whole.length() - last.length());
    for (String end : List.of("\n", "")) {
      for (Map.Entry<String, String> change :
          Map.of(
                  last.replace("synthesis/1", "synthesis/2"), "or use a newer ai.kale release",
                  last.replace("\"KEPT\"", "\"NEWER\""), "is not understood",
                  last.replace("\"key\"", "\"kex\""), "is not understood",
                  last.replace("\"KEPT\"", "\"DROPPED\""), "is not understood",
                  last.replace("\"KEPT\"", "KEPT"), "is not understood")
              .entrySet()) {
        String content = begin + sealed(change.getKey()) + end;
        Files.writeString(file, content);
        assertThatThrownBy(() -> SynthesisJournal.open(file))
            .isInstanceOf(CorruptFileException.class)
            .hasMessageContaining("journal.jsonl:3: ")
            .hasMessageContaining(change.getValue());
        assertThat(Files.readString(file)).isEqualTo(content);
      }
    }
  }

  private static String sealed(String line) {
    String open = line.substring(0, line.indexOf(",\"crc32\""));
    CRC32 crc = new CRC32();
    crc.update(open.getBytes(UTF_8));
    return open + String.format(",\"crc32\":\"%08x\"}", crc.getValue());
  }

  @Test
  void anInterruptedThreadLosesNothing() {
    Thread.currentThread().interrupt();
    try (SynthesisJournal journal = SynthesisJournal.open(file)) {
      put(journal, 0);
      assertThat(Thread.currentThread().isInterrupted()).isTrue();
      put(journal, 1);
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
    try (SynthesisJournal journal = SynthesisJournal.open(file)) {
      assertThat(journal.size()).isEqualTo(2);
    }
  }

  @Test
  void isLockedWhileOpen() {
    try (SynthesisJournal journal = SynthesisJournal.open(file)) {
      assertThat(journal.size()).isZero();
      assertThatThrownBy(() -> SynthesisJournal.open(file))
          .isInstanceOf(SetupException.class)
          .hasMessageContaining("is in use by another run");
    }
    SynthesisJournal.open(file).close();
  }

  @Test
  void isLockedAgainstAnotherProcess() throws IOException, InterruptedException {
    try (SynthesisJournal journal = SynthesisJournal.open(file)) {
      put(journal, 0);
      Process other = opener(file);
      String said = new String(other.getInputStream().readAllBytes(), UTF_8);
      assertThat(other.waitFor()).isEqualTo(3);
      assertThat(said).contains("is in use by another run");
    }
  }

  /** Opens a journal in a process of its own; exits with 3 if that is refused. */
  public static final class Opener {
    private Opener() {}

    @SuppressWarnings("SystemOut")
    public static void main(String[] args) {
      try (SynthesisJournal journal = SynthesisJournal.open(Path.of(args[0]))) {
        for (int i = 0; i < 100_000; i++) {
          put(journal, i);
          System.out.println(i);
        }
      } catch (SetupException e) {
        System.out.println(e.getMessage());
        System.exit(3);
      }
    }
  }

  private static Process opener(Path journal) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            Opener.class.getName(),
            journal.toString())
        .redirectErrorStream(true)
        .start();
  }

  @Test
  void aKilledProcessLosesNothingItAcknowledged() throws IOException, InterruptedException {
    Process writer = opener(file);
    int acknowledged = -1;
    try (BufferedReader out = writer.inputReader()) {
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        if (line.matches("[0-9]+")) {
          acknowledged = Integer.parseInt(line);
        }
        if (acknowledged == 40) {
          writer.destroyForcibly();
          break;
        }
      }
    }
    writer.waitFor();
    try (SynthesisJournal journal = SynthesisJournal.open(file)) {
      for (int i = 0; i <= 40; i++) {
        assertThat(journal.get(Samples.numbered(i), "t")).isPresent();
      }
      put(journal, 1_000_000);
    }
    SynthesisJournal.open(file).close();
  }

  @Test
  void aFullDiskIsReported() {
    Path full = Path.of("/dev/full");
    Assumptions.assumeTrue(Files.exists(full), "skipped: this system has no /dev/full");
    try (SynthesisJournal journal = SynthesisJournal.open(full)) {
      assertThatThrownBy(() -> put(journal, 0))
          .isInstanceOf(SetupException.class)
          .hasMessageContaining("cannot write the journal /dev/full")
          .hasMessageContaining("Make room, then run again to resume");
    }
    assertThatThrownBy(() -> SynthesisJournal.open(folder.resolve("no/such")))
        .isInstanceOf(SetupException.class)
        .hasMessageContaining("cannot open the journal");
  }

  private static void put(SynthesisJournal journal, int number) {
    GroundedQuestion question = Samples.numbered(number);
    journal.put(question, "t", TEMPLATE.synthesize(question));
  }

  private byte[] threeOutcomes() throws IOException {
    try (SynthesisJournal journal = SynthesisJournal.open(file)) {
      for (int i = 0; i < 3; i++) {
        put(journal, i);
      }
    }
    return Files.readAllBytes(file);
  }

  private static int nthLineEnd(byte[] bytes, int n) {
    int at = 0;
    for (int seen = 0; seen < n; at++) {
      seen += bytes[at] == '\n' ? 1 : 0;
    }
    return at;
  }
}
