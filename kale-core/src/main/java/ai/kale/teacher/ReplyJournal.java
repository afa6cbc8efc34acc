package ai.kale.teacher;

import ai.kale.error.CorruptFileException;
import ai.kale.error.SetupException;
import ai.kale.run.Hashes;
import ai.kale.run.LineFile;
import ai.kale.spi.TeacherModel.Prompt;
import ai.kale.spi.TeacherModel.Reply;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a teacher has already replied, so that nothing is paid twice: an append-only JSONL file, one
 * sealed line for each reply, under a key of everything that determines it ({@link #key}). A reply
 * is on the device before {@link #put} returns and before {@link #get} gives it. Attempts whose
 * reply was lost are kept too, as a line of their own, because budgets count them. What a check
 * makes of a reply is not in it, so checks may change without asking again.
 *
 * <p>Only the last line can be cut short by a crash; {@link #open} removes such a line. A damaged
 * line anywhere else, a line that fits its checksum but is not understood, or a file that is no
 * journal, is refused and left as it is. The file is locked while open. Safe for use by several
 * threads, interrupted ones too: a reply is paid for whether or not its thread is asked to stop.
 * Threads that put at the same time share one wait for the device. Holds all replies in memory.
 * Prompts are not written, nor is any key of a service.
 */
public final class ReplyJournal implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ReplyJournal.class);
  private static final String FORMAT = "reply/1";

  /** Forces what was written to the device; a test makes it fail. */
  @FunctionalInterface
  interface Device {
    void sync(LineFile lines) throws IOException;
  }

  private record Entry(String teacher, Reply reply) {}

  private final LineFile file;
  private final Device device;
  private final Map<String, Entry> entries = new ConcurrentHashMap<>();
  // Written and not yet on the device; guarded by writing.
  private final Map<String, Entry> pending = new HashMap<>();
  private Total charged = new Total(0, 0, 0);
  private final Object writing = new Object();
  private final Object syncing = new Object();
  // Guarded by writing.
  private long written;
  private String broken = "";
  // Guarded by syncing.
  private long synced;

  private ReplyJournal(LineFile file, Device device) {
    this.file = file;
    this.device = device;
  }

  /**
   * Opens a journal, making the file if it is not there.
   *
   * @param file its folder must exist
   * @return the journal; close it
   * @throws SetupException if the file cannot be opened or another run has it open
   * @throws CorruptFileException if a line before the last is damaged, a line is of a newer version
   *     or not understood, or the file is no journal
   */
  public static ReplyJournal open(Path file) {
    return open(file, LineFile::sync);
  }

  static ReplyJournal open(Path file, Device device) {
    LineFile lines = LineFile.open(file, "the journal", "give this run its own journal");
    ReplyJournal journal = new ReplyJournal(lines, device);
    boolean opened = false;
    try {
      journal.load();
      opened = true;
      return journal;
    } catch (IOException e) {
      throw new SetupException("cannot read the journal " + file + " (" + e + ")", e);
    } finally {
      if (!opened) {
        journal.close();
      }
    }
  }

  private void load() throws IOException {
    long size = file.length();
    long sound =
        new JournalReader(file)
            .read(
                line -> {
                  charged = charged.plus(line.charge());
                  line.reply()
                      .ifPresent(
                          reply -> entries.put(line.key(), new Entry(line.teacher(), reply)));
                });
    if (sound < size) {
      LOG.warn(
          "journal {}: the last line was cut short by a crash; removed {} bytes, kept {} replies",
          file,
          size - sound,
          entries.size());
    }
    file.cutTo(sound);
    if (size > 0) {
      // A killed run may have left whole lines that were not yet on the device.
      device.sync(file);
    }
    written = sound;
    synced = sound;
  }

  /**
   * The key of a request: a hash of everything that determines the reply.
   *
   * @param teacherId the {@link ai.kale.spi.TeacherModel#id} that is asked
   * @param prompt what it is asked
   * @return SHA-256 in hex
   */
  public static String key(String teacherId, Prompt prompt) {
    return Hashes.sha256(
        List.of(
            FORMAT,
            teacherId,
            prompt.system(),
            prompt.user(),
            Integer.toString(prompt.maxTokens()),
            Double.toString(prompt.temperature())));
  }

  /** Number of different replies. */
  public int size() {
    return entries.size();
  }

  /**
   * Looks a reply up.
   *
   * @param key of {@link #key}
   * @return what was journalled, or empty
   */
  public Optional<Reply> get(String key) {
    return Optional.ofNullable(entries.get(key)).map(Entry::reply);
  }

  /**
   * Sums up what a teacher has replied.
   *
   * @param teacherId whose replies
   * @return their number and tokens
   */
  public Total total(String teacherId) {
    long replies = 0;
    long promptTokens = 0;
    long completionTokens = 0;
    for (Entry entry : entries.values()) {
      if (entry.teacher().equals(teacherId)) {
        replies++;
        promptTokens += entry.reply().promptTokens();
        completionTokens += entry.reply().completionTokens();
      }
    }
    return new Total(replies, promptTokens, completionTokens);
  }

  /**
   * Replies summed up.
   *
   * @param replies how many
   * @param promptTokens tokens read for them
   * @param completionTokens tokens written
   */
  public record Total(long replies, long promptTokens, long completionTokens) {
    Total plus(Charge charge) {
      return new Total(
          replies + 1,
          promptTokens + charge.promptTokens(),
          completionTokens + charge.completionTokens());
    }
  }

  /**
   * Sums up what counts in a budget: the attempts of all teachers that brought a reply or may be on
   * a bill, with what was set aside for them where the reply does not count its tokens or was lost.
   *
   * @return the number of attempts, as {@code replies}, and their tokens
   */
  public Total charged() {
    synchronized (writing) {
      return charged;
    }
  }

  /**
   * Adds a reply; it is durable when this returns. A reply already there stays.
   *
   * @param key of {@link #key}
   * @param teacherId who replied
   * @param reply the reply
   * @return whether it was added
   * @throws SetupException if it cannot be written, for example because the disk is full; the
   *     replies before it are safe, and none is taken any more until the journal is opened again
   */
  public boolean put(String key, String teacherId, Reply reply) {
    Reply counted = Charge.counted(reply);
    return put(key, teacherId, counted, Charge.of(counted));
  }

  /** The same with what it counts with in a budget. */
  boolean put(String key, String teacherId, Reply reply, Charge charge) {
    JournalLine line = new JournalLine(key, teacherId, Optional.of(reply), charge);
    boolean added;
    long mine;
    synchronized (writing) {
      checkSound();
      if (entries.containsKey(key)) {
        return false;
      }
      added = !pending.containsKey(key);
      if (added) {
        append(line);
        pending.put(key, new Entry(teacherId, reply));
      }
      mine = written;
    }
    sync(mine);
    synchronized (writing) {
      Entry durable = pending.remove(key);
      if (durable != null) {
        entries.put(key, durable);
      }
    }
    return added;
  }

  /** Adds an attempt whose reply was lost and that may be on the bill. */
  void putLost(String teacherId, Charge charge) {
    long mine;
    synchronized (writing) {
      checkSound();
      append(new JournalLine("", teacherId, Optional.empty(), charge));
      mine = written;
    }
    sync(mine);
  }

  private void append(JournalLine line) {
    try {
      file.append(line.toBytes());
    } catch (IOException e) {
      throw broken(e, written);
    }
    written = file.end();
    charged = charged.plus(line.charge());
  }

  /** One thread waits for the device on behalf of all whose lines are written by then. */
  private void sync(long mine) {
    synchronized (syncing) {
      if (synced >= mine) {
        return;
      }
      long upTo;
      synchronized (writing) {
        checkSound();
        upTo = written;
      }
      try {
        device.sync(file);
        synced = upTo;
      } catch (IOException e) {
        synchronized (writing) {
          throw broken(e, synced);
        }
      }
    }
  }

  private void checkSound() {
    if (!broken.isEmpty()) {
      throw new SetupException(
          "cannot write the journal " + file + ": an earlier write failed (" + broken + ")");
    }
  }

  /** What is not known to be on the device is taken back, as far as that is possible. */
  private SetupException broken(IOException cause, long sound) {
    broken = String.valueOf(cause.getMessage());
    try {
      file.cutTo(sound);
      written = sound;
    } catch (IOException e) {
      cause.addSuppressed(e);
    }
    return new SetupException(
        "cannot write the journal "
            + file
            + " ("
            + cause
            + "); the replies before are safe. Make room, then run again to resume",
        cause);
  }

  /** Closes the file and frees the lock. */
  @Override
  public void close() {
    try {
      file.close();
    } catch (IOException e) {
      throw new SetupException("cannot close the journal " + file + " (" + e + ")", e);
    }
  }

  @Override
  public String toString() {
    return "ReplyJournal[" + file + ", " + entries.size() + " replies]";
  }
}
