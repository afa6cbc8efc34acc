package ai.kale.train.metrics;

import ai.kale.error.SetupException;
import ai.kale.train.StepListener;
import ai.kale.train.StepReport;
import ai.kale.train.io.Folders;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * Writes an event file that TensorBoard shows: scalars {@code loss/total}, {@code loss/TERM},
 * {@code share/TERM}, {@code kl_per_token}, {@code gradient_norm}, {@code learning_rate}, {@code
 * tokens_per_second}, {@code seconds} and {@code memory_bytes} for each step.
 *
 * <p>Each run of the program makes a file of its own in the folder. It begins with a mark of its
 * first step, by which TensorBoard drops what an earlier file holds from that step on; so a resumed
 * run shows every step once. Each event is handed to the system as it is made; nothing need be
 * closed. Used by one thread.
 *
 * <p>The format: records of length, masked CRC-32C of the length, data and masked CRC-32C of the
 * data, each data an {@code Event} message of Protocol Buffers.
 */
public final class TensorBoardFile implements StepListener {
  private static final int CRC_MASK = 0xa282ead8;
  private static final int SESSION_START = 1;
  private static final double MILLIS = 1e3;

  // Fields of the messages Event, Summary, Summary.Value and SessionLog.
  private static final int EVENT_WALL_TIME = 1;
  private static final int EVENT_STEP = 2;
  private static final int EVENT_VERSION = 3;
  private static final int EVENT_SUMMARY = 5;
  private static final int EVENT_SESSION = 7;
  private static final int SUMMARY_VALUE = 1;
  private static final int VALUE_TAG = 1;
  private static final int VALUE_NUMBER = 2;
  private static final int SESSION_STATUS = 1;

  private final Path folder;
  private final Clock clock;
  private Optional<Path> file = Optional.empty();

  /**
   * Makes a listener; its file is made at the first step.
   *
   * @param folder what TensorBoard is pointed at, or a folder in it; created if missing
   */
  public TensorBoardFile(Path folder) {
    this(folder, Clock.systemUTC());
  }

  TensorBoardFile(Path folder, Clock clock) {
    this.folder = folder;
    this.clock = clock;
  }

  /**
   * Adds the scalars of a step.
   *
   * @throws SetupException if the file cannot be written
   */
  @Override
  public void onStep(StepReport report) {
    if (file.isEmpty()) {
      file = Optional.of(begin(report.step()));
    }
    write(file.get(), event(report.step()).message(EVENT_SUMMARY, summary(report)));
  }

  private Path begin(int step) {
    Folders.create(folder);
    Instant now = clock.instant();
    String name =
        String.format(
            "events.out.tfevents.%010d.%09d.%d.kale",
            now.getEpochSecond(), now.getNano(), ProcessHandle.current().pid());
    Path target = folder.resolve(name);
    write(
        target,
        new ProtoBytes().number(EVENT_WALL_TIME, seconds()).text(EVENT_VERSION, "brain.Event:2"));
    ProtoBytes start = new ProtoBytes().integer(SESSION_STATUS, SESSION_START);
    write(target, event(step).message(EVENT_SESSION, start));
    return target;
  }

  private ProtoBytes event(int step) {
    return new ProtoBytes().number(EVENT_WALL_TIME, seconds()).integer(EVENT_STEP, step);
  }

  private double seconds() {
    return clock.millis() / MILLIS;
  }

  private static ProtoBytes summary(StepReport report) {
    ProtoBytes summary = new ProtoBytes();
    add(summary, "loss/total", report.loss());
    report.losses().forEach((name, value) -> add(summary, "loss/" + name, value));
    report.shares().forEach((name, value) -> add(summary, "share/" + name, value));
    report.divergence().ifPresent(value -> add(summary, "kl_per_token", value));
    add(summary, "gradient_norm", report.gradientNorm());
    add(summary, "learning_rate", report.learningRate());
    add(summary, "tokens_per_second", report.tokensPerSecond());
    add(summary, "seconds", report.seconds());
    add(summary, "memory_bytes", report.memoryBytes());
    return summary;
  }

  private static void add(ProtoBytes summary, String tag, double value) {
    ProtoBytes scalar = new ProtoBytes().text(VALUE_TAG, tag).number(VALUE_NUMBER, (float) value);
    summary.message(SUMMARY_VALUE, scalar);
  }

  private static void write(Path target, ProtoBytes event) {
    byte[] data = event.toByteArray();
    ByteBuffer record =
        ByteBuffer.allocate(Long.BYTES + data.length + 2 * Integer.BYTES)
            .order(ByteOrder.LITTLE_ENDIAN);
    record.putLong(data.length);
    record.putInt(masked(record.array(), 0, Long.BYTES));
    record.put(data).putInt(masked(data, 0, data.length));
    // Not a channel, which closes itself when the thread is interrupted.
    try (OutputStream out = new FileOutputStream(target.toFile(), true)) {
      out.write(record.array());
    } catch (IOException e) {
      throw new SetupException(
          "the event file " + target + " cannot be written: " + e + "; check space and rights", e);
    }
  }

  private static int masked(byte[] bytes, int from, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, from, length);
    return Integer.rotateRight((int) crc.getValue(), 15) + CRC_MASK;
  }
}
