package ai.kale.rationale;

import ai.kale.data.GroundedQuestion;
import ai.kale.data.Synthesis;
import ai.kale.error.CorruptFileException;
import ai.kale.error.SetupException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What was already asked, so that nothing is paid twice: an append-only JSONL file, one sealed line
 * for each outcome, keyed by everything that determines it (question, answers, choices, entities,
 * paths, synthesizer id). An outcome is on the device before {@link #put} returns.
 *
 * <p>Only the last line can be cut short by a crash; {@link #open} removes such a line. A damaged
 * line anywhere else, a line that fits its checksum but is not understood, or a file that is no
 * journal, is refused and left as it is. The file is locked while open. Safe for use by several
 * threads, interrupted ones too: an outcome is paid for whether or not its thread is asked to stop.
 * Holds all outcomes in memory.
 */
public final class SynthesisJournal implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SynthesisJournal.class);

  private final Path file;
  // Not through its channel, which closes itself when the thread is interrupted.
  private final RandomAccessFile data;
  private final Map<String, JournalEntry> entries = new HashMap<>();
  private long end;
  private boolean broken;

  private SynthesisJournal(Path file, RandomAccessFile data) {
    this.file = file;
    this.data = data;
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
  public static SynthesisJournal open(Path file) {
    RandomAccessFile data;
    try {
      data = new RandomAccessFile(file.toFile(), "rw");
    } catch (IOException e) {
      throw new SetupException(
          "cannot open the journal " + file + " (" + e + "); check folder and permissions", e);
    }
    SynthesisJournal journal = new SynthesisJournal(file, data);
    boolean opened = false;
    try {
      journal.lock();
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

  private void lock() throws IOException {
    boolean free;
    try {
      free = data.getChannel().tryLock() != null;
    } catch (OverlappingFileLockException e) {
      free = false;
    }
    if (!free) {
      throw new SetupException(
          "the journal "
              + file
              + " is in use by another run; wait for it to end, or give this run its own journal");
    }
  }

  private void load() throws IOException {
    JournalLoader loader = new JournalLoader(file, data);
    end = loader.load(entries);
    long size = data.length();
    if (end < size) {
      LOG.warn(
          "journal {}: the last line was cut short by a crash; removed {} bytes, kept {} outcomes",
          file,
          size - end,
          entries.size());
      data.setLength(end);
      data.getFD().sync();
    }
  }

  /** Number of different outcomes. */
  public synchronized int size() {
    return entries.size();
  }

  /**
   * Looks an outcome up.
   *
   * @param question the question
   * @param synthesizerId the {@link ai.kale.RationaleSynthesizer#id} that would be asked
   * @return what was journalled, for this question, or empty
   */
  public synchronized Optional<Synthesis> get(GroundedQuestion question, String synthesizerId) {
    return Optional.ofNullable(entries.get(Rows.key(question, synthesizerId)))
        .map(entry -> entry.toSynthesis(question));
  }

  /**
   * Adds an outcome; it is durable when this returns. An outcome already there stays.
   *
   * @param question the question
   * @param synthesizerId who made it
   * @param synthesis the outcome
   * @throws SetupException if it cannot be written, for example because the disk is full; the
   *     outcomes before it are safe
   */
  public synchronized void put(
      GroundedQuestion question, String synthesizerId, Synthesis synthesis) {
    String key = Rows.key(question, synthesizerId);
    if (entries.containsKey(key)) {
      return;
    }
    JournalEntry entry = JournalEntry.of(key, synthesis);
    byte[] line = entry.toLine();
    try {
      if (broken) {
        throw new IOException("an earlier write failed and could not be undone");
      }
      append(line);
    } catch (IOException e) {
      throw new SetupException(
          "cannot write the journal "
              + file
              + " ("
              + e
              + "); its "
              + entries.size()
              + " outcomes are safe. Make room, then run again to resume",
          e);
    }
    entries.put(key, entry);
  }

  private void append(byte[] line) throws IOException {
    boolean written = false;
    try {
      data.seek(end);
      data.write(line);
      data.getFD().sync();
      end += line.length;
      written = true;
    } finally {
      if (!written) {
        broken = !undo();
      }
    }
  }

  private boolean undo() {
    try {
      if (data.length() > end) {
        data.setLength(end);
      }
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** Closes the file and frees the lock. */
  @Override
  public synchronized void close() {
    try {
      data.close();
    } catch (IOException e) {
      throw new SetupException("cannot close the journal " + file + " (" + e + ")", e);
    }
  }
}
