package ai.kale.teacher;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.kale.error.CorruptFileException;
import ai.kale.error.SetupException;
import ai.kale.run.Parallel;
import ai.kale.run.RunContext;
import ai.kale.spi.TeacherModel.Ending;
import ai.kale.spi.TeacherModel.Prompt;
import ai.kale.spi.TeacherModel.Reply;
import ai.kale.testing.ChildJvm;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplyJournalTest {
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
    Reply odd = new Reply("  \u2028 \ud83d \"\\\n", 200, 20, Ending.CUT);
    try (ReplyJournal journal = ReplyJournal.open(file)) {
      assertThat(put(journal, 0)).isTrue();
      assertThat(journal.put("odd", "t", odd)).isTrue();
      assertThat(journal.put("odd", "t", reply(9))).isFalse();
      assertThat(journal.size()).isEqualTo(2);
    }
    try (ReplyJournal journal = ReplyJournal.open(file)) {
      assertThat(journal.get("key0")).contains(reply(0));
      assertThat(journal.get("odd")).contains(odd);
      assertThat(journal.get("key1")).isEmpty();
      assertThat(journal.total("t")).isEqualTo(new ReplyJournal.Total(2, 300, 30));
      assertThat(journal.total("other")).isEqualTo(new ReplyJournal.Total(0, 0, 0));
    }
  }

  @Test
  void theKeyIsOfEverythingThatDeterminesTheReply() {
    assertThat(
            List.of(
                ReplyJournal.key("t", new Prompt("s", "u", 1, 0)),
                ReplyJournal.key("t2", new Prompt("s", "u", 1, 0)),
                ReplyJournal.key("t", new Prompt("su", "", 1, 0)),
                ReplyJournal.key("t", new Prompt("s", "u2", 1, 0)),
                ReplyJournal.key("t", new Prompt("s", "u", 2, 0)),
                ReplyJournal.key("t", new Prompt("s", "u", 1, 0.5))))
        .doesNotHaveDuplicates()
        .allMatch(key -> key.matches("[0-9a-f]{64}"));
  }

  @Test
  void aLineCutAtAnyByteOfTheLastTwoIsAllThatIsLost() throws IOException {
    byte[] whole = threeReplies();
    int first = nthLineEnd(whole, 1);
    int second = nthLineEnd(whole, 2);
    for (int cut = first; cut < whole.length; cut++) {
      Files.write(file, Arrays.copyOf(whole, cut));
      try (ReplyJournal journal = ReplyJournal.open(file)) {
        assertThat(journal.size()).as("cut at %s", cut).isEqualTo(cut < second ? 1 : 2);
        put(journal, 1);
        put(journal, 2);
      }
      assertThat(Files.readAllBytes(file)).isEqualTo(whole);
    }
  }

  @Test
  void aTornLineOfZerosOrWithABadChecksumIsRemoved() throws IOException {
    byte[] whole = threeReplies();
    Files.write(file, Arrays.copyOf(whole, whole.length + 100));
    try (ReplyJournal journal = ReplyJournal.open(file)) {
      assertThat(journal.size()).isEqualTo(3);
    }
    assertThat(Files.readAllBytes(file)).isEqualTo(whole);
    whole[whole.length - 40] ^= 1;
    Files.write(file, whole);
    try (ReplyJournal journal = ReplyJournal.open(file)) {
      assertThat(journal.size()).isEqualTo(2);
    }
  }

  @Test
  void damageInTheMiddleIsRefusedAndLeftAsItIs() throws IOException {
    byte[] whole = threeReplies();
    whole[nthLineEnd(whole, 1) + 60] ^= 1;
    Files.write(file, whole);
    assertThatThrownBy(() -> ReplyJournal.open(file))
        .isInstanceOf(CorruptFileException.class)
        .hasMessageContaining("journal.jsonl:2: the line does not fit its checksum");
    assertThat(Files.readAllBytes(file)).isEqualTo(whole);
  }

  @Test
  void anotherFileIsNeverTouched() throws IOException {
    for (String content :
        List.of("{\"question\": \"Who?\"}\n", "notes", "{\"kale\":\"reply/2\",\"x\":1}\n")) {
      Files.writeString(file, content);
      assertThatThrownBy(() -> ReplyJournal.open(file))
          .isInstanceOf(CorruptFileException.class)
          .hasMessageContaining("journal.jsonl:1: not a line of a reply journal");
      assertThat(file).hasContent(content);
    }
  }

  @Test
  void aSealedLineThatIsNotUnderstoodIsRefusedAndKept() throws IOException {
    String whole = new String(threeReplies(), UTF_8);
    String last = whole.substring(whole.lastIndexOf('\n', whole.length() - 2) + 1);
    String begin = whole.substring(0, whole.length() - last.length());
    for (String end : List.of("\n", "")) {
      for (Map.Entry<String, String> change :
          Map.of(
                  last.replace("reply/1", "reply/2"), "or use a newer ai.kale release",
                  last.replace("\"COMPLETE\"", "\"NEWER\""), "is not understood",
                  last.replace("\"key\"", "\"kex\""), "is not understood",
                  last.replace("\"promptTokens\":100", "\"promptTokens\":\"x\""),
                      "is not understood",
                  last.replace("\"COMPLETE\"", "COMPLETE"), "is not understood")
              .entrySet()) {
        String content = begin + sealed(change.getKey()) + end;
        Files.writeString(file, content);
        assertThatThrownBy(() -> ReplyJournal.open(file))
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
    try (ReplyJournal journal = ReplyJournal.open(file)) {
      put(journal, 0);
      assertThat(Thread.currentThread().isInterrupted()).isTrue();
      put(journal, 1);
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
    try (ReplyJournal journal = ReplyJournal.open(file)) {
      assertThat(journal.size()).isEqualTo(2);
    }
  }

  @Test
  void threadsThatPutTogetherLoseNothing() {
    List<Integer> numbers = IntStream.range(0, 400).boxed().toList();
    AtomicInteger syncs = new AtomicInteger();
    try (ReplyJournal journal =
        ReplyJournal.open(
            file,
            lines -> {
              syncs.incrementAndGet();
              lines.sync();
            })) {
      Parallel.map(numbers, 8, "put", RunContext.silent(), i -> put(journal, i));
    }
    assertThat(syncs.get()).isLessThanOrEqualTo(400);
    try (ReplyJournal journal = ReplyJournal.open(file)) {
      assertThat(numbers).allMatch(i -> journal.get("key" + i).isPresent());
    }
  }

  @Test
  void isLockedWhileOpen() {
    try (ReplyJournal journal = ReplyJournal.open(file)) {
      assertThat(journal.size()).isZero();
      assertThatThrownBy(() -> ReplyJournal.open(file))
          .isInstanceOf(SetupException.class)
          .hasMessageContaining("is in use by another run");
    }
    ReplyJournal.open(file).close();
  }

  @Test
  void isLockedAgainstAnotherProcess() throws IOException, InterruptedException {
    try (ReplyJournal journal = ReplyJournal.open(file)) {
      put(journal, 0);
      Process other = opener(file);
      String said = new String(other.getInputStream().readAllBytes(), UTF_8);
      assertThat(other.waitFor()).isEqualTo(3);
      assertThat(said).contains("is in use by another run; wait for it to end");
    }
  }

  @Test
  void isLockedHoweverOftenItIsReadOrTried() throws IOException, InterruptedException {
    Path link = Files.createSymbolicLink(folder.resolve("link.jsonl"), file);
    try (ReplyJournal journal = ReplyJournal.open(file)) {
      put(journal, 0);
      for (Path again : List.of(file, folder.resolve(".").resolve("journal.jsonl"), link)) {
        assertThatThrownBy(() -> ReplyJournal.open(again))
            .isInstanceOf(SetupException.class)
            .hasMessageContaining("is in use by another run");
      }
      assertThat(Files.readAllLines(file)).hasSize(1);
      assertThat(opener(file).waitFor()).isEqualTo(3);
    }
    ReplyJournal reopened = ReplyJournal.open(link);
    reopened.close();
    try (ReplyJournal other = ReplyJournal.open(file)) {
      reopened.close();
      assertThat(other.size()).isEqualTo(1);
      assertThatThrownBy(() -> ReplyJournal.open(file)).isInstanceOf(SetupException.class);
    }
    assertThat(folder.resolve("journal.jsonl.lock")).doesNotExist();
  }

  @Test
  void aReplyIsNotSeenBeforeTheDeviceHasIt() {
    List<Optional<Reply>> seen = new ArrayList<>();
    AtomicReference<@Nullable ReplyJournal> opened = new AtomicReference<>();
    AtomicInteger left = new AtomicInteger(1);
    try (ReplyJournal journal =
        ReplyJournal.open(
            file,
            lines -> {
              seen.add(Objects.requireNonNull(opened.get()).get("key" + seen.size()));
              if (left.getAndDecrement() == 0) {
                throw new IOException("the device is gone");
              }
              lines.sync();
            })) {
      opened.set(journal);
      put(journal, 0);
      assertThat(journal.get("key0")).contains(reply(0));
      assertThatThrownBy(() -> put(journal, 1)).isInstanceOf(SetupException.class);
      assertThat(journal.get("key1")).isEmpty();
      assertThat(journal.size()).isEqualTo(1);
    }
    assertThat(seen).containsExactly(Optional.empty(), Optional.empty());
  }

  @Test
  void linesOfAKilledRunAreForcedToTheDeviceAtOpen() throws IOException {
    threeReplies();
    AtomicInteger syncs = new AtomicInteger();
    ReplyJournal.open(file, lines -> syncs.incrementAndGet()).close();
    assertThat(syncs).hasValue(1);
  }

  @Test
  void whatCountsInABudgetIsKeptWithLostAttempts() {
    for (int run = 0; run < 2; run++) {
      try (ReplyJournal journal = ReplyJournal.open(file)) {
        if (run == 0) {
          journal.put("a", "t", new Reply("yes", 0, 0), new Charge(7, 50));
          journal.put("b", "other", new Reply("yes", 100, 10));
          journal.put("c", "t", new Reply("yes", Long.MAX_VALUE, 10));
          journal.putLost("t", new Charge(20, 30));
        }
        assertThat(journal.size()).isEqualTo(3);
        assertThat(journal.charged())
            .isEqualTo(new ReplyJournal.Total(4, 7 + 100 + 1_000_000_000 + 20, 50 + 20 + 30));
        assertThat(journal.total("t")).isEqualTo(new ReplyJournal.Total(2, 1_000_000_000, 10));
      }
    }
  }

  /** Opens a journal in a process of its own; exits with 3 if that is refused. */
  public static final class Opener {
    private Opener() {}

    @SuppressWarnings("SystemOut")
    public static void main(String[] args) {
      try (ReplyJournal journal = ReplyJournal.open(Path.of(args[0]))) {
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
    return ChildJvm.start(Opener.class, journal.toString());
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
    try (ReplyJournal journal = ReplyJournal.open(file)) {
      for (int i = 0; i <= 40; i++) {
        assertThat(journal.get("key" + i)).contains(reply(i));
      }
      put(journal, 1_000_000);
    }
    ReplyJournal.open(file).close();
  }

  @Test
  void aFullDiskIsReported() {
    Path full = Path.of("/dev/full");
    Assumptions.assumeTrue(Files.exists(full), "skipped: this system has no /dev/full");
    try (ReplyJournal journal = ReplyJournal.open(full)) {
      assertThatThrownBy(() -> put(journal, 0))
          .isInstanceOf(SetupException.class)
          .hasMessageContaining("cannot write the journal /dev/full")
          .hasMessageContaining("Make room, then run again to resume");
    }
    assertThatThrownBy(() -> ReplyJournal.open(folder.resolve("no/such")))
        .isInstanceOf(SetupException.class)
        .hasMessageContaining("cannot open the journal");
  }

  @Test
  void aDeviceThatDoesNotKeepALineIsReportedAndTheLineTakenBack() throws IOException {
    AtomicInteger left = new AtomicInteger(2);
    try (ReplyJournal journal =
        ReplyJournal.open(
            file,
            lines -> {
              if (left.getAndDecrement() == 0) {
                throw new IOException("the device is gone");
              }
              lines.sync();
            })) {
      put(journal, 0);
      put(journal, 1);
      assertThatThrownBy(() -> put(journal, 2))
          .isInstanceOf(SetupException.class)
          .hasMessageContaining("the device is gone")
          .hasMessageContaining("the replies before are safe");
      for (int again : List.of(2, 3)) {
        assertThatThrownBy(() -> put(journal, again))
            .isInstanceOf(SetupException.class)
            .hasMessageContaining("an earlier write failed (the device is gone)");
      }
    }
    try (ReplyJournal journal = ReplyJournal.open(file)) {
      assertThat(journal.size()).isEqualTo(2);
    }
  }

  private static boolean put(ReplyJournal journal, int number) {
    return journal.put("key" + number, "t", reply(number));
  }

  private static Reply reply(int number) {
    return new Reply("Reply number " + number + ".", 100, 10 + number);
  }

  private byte[] threeReplies() throws IOException {
    try (ReplyJournal journal = ReplyJournal.open(file)) {
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
