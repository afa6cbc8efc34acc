package ai.kale.run;

import ai.kale.error.SetupException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A file of lines that run after run appends to. First {@link #advance} reads the lines that are
 * there, then {@link #cutTo} removes what is not sound at the end, and {@link #append} adds others.
 * One run at a time: while it is open, an empty file of the same name with {@code .lock} at its end
 * is locked, which nobody reads. It goes when the file is closed; after a kill it stays, which does
 * no harm.
 *
 * <p>Which line is sound is for the caller to say. Not for use by several threads at once, except
 * {@link #sync}, which may run beside {@link #append}; an interrupted thread loses nothing. Cost:
 * linear in the bytes, in the memory of one line.
 */
public final class LineFile implements AutoCloseable {
  private final Path file;
  // Not through its channel, which closes itself when the thread is interrupted.
  private final RandomAccessFile data;
  private final byte[] buffer = new byte[1 << 16];
  private int next;
  private int filled;
  private byte[] line = new byte[0];
  private boolean ended;
  private long start;
  private long end;

  // What was there when the file was opened; a device may have no end to read to.
  private long unread;

  private final FileClaim claim;

  private LineFile(Path file, RandomAccessFile data, FileClaim claim) throws IOException {
    this.file = file;
    this.data = data;
    this.claim = claim;
    this.unread = data.length();
  }

  /**
   * Opens a file, making it if it is not there, and locks it.
   *
   * @param file its folder must exist
   * @param what it is, for messages: {@code "the journal"}
   * @param instead what to do if another run has it open, other than to wait
   * @return the file, before its first line; close it
   * @throws SetupException if it cannot be opened or another run has it open
   */
  public static LineFile open(Path file, String what, String instead) {
    Optional<FileClaim> claim = Optional.empty();
    try {
      claim = FileClaim.of(file);
      if (claim.isEmpty()) {
        throw new SetupException(
            what + " " + file + " is in use by another run; wait for it to end, or " + instead);
      }
      RandomAccessFile data = new RandomAccessFile(file.toFile(), "rw");
      LineFile opened;
      try {
        opened = new LineFile(file, data, claim.get());
      } catch (IOException e) {
        data.close();
        throw e;
      }
      claim = Optional.empty();
      return opened;
    } catch (IOException e) {
      throw new SetupException(
          "cannot open " + what + " " + file + " (" + e + "); check folder and permissions", e);
    } finally {
      claim.ifPresent(FileClaim::close);
    }
  }

  /**
   * Goes to the next line.
   *
   * @return whether there is one; the last may lack its line break
   * @throws IOException if the file cannot be read
   */
  public boolean advance() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);
    start = end;
    ended = false;
    while (!ended && fill()) {
      int from = next;
      while (next < filled && buffer[next] != '\n') {
        next++;
      }
      bytes.write(buffer, from, next - from);
      ended = next < filled;
      next += ended ? 1 : 0;
    }
    line = bytes.toByteArray();
    end = start + line.length + (ended ? 1 : 0);
    return end > start;
  }

  private boolean fill() throws IOException {
    if (next == filled) {
      next = 0;
      filled = Math.max(0, data.read(buffer, 0, (int) Math.min(buffer.length, unread)));
      unread -= filled;
    }
    return filled > 0;
  }

  /** The bytes of the line at hand without its line break; a copy. */
  public byte[] line() {
    return line.clone();
  }

  /** Whether the line at hand has its line break. */
  public boolean ended() {
    return ended;
  }

  /** Where the line at hand begins, in bytes. */
  public long start() {
    return start;
  }

  /** Where the lines that were read or appended end, in bytes. */
  public long end() {
    return end;
  }

  /** Length of the file, in bytes. */
  public long length() throws IOException {
    return data.length();
  }

  /**
   * Removes what stands behind a place; {@link #append} goes on there.
   *
   * @param length at most the length of the file
   * @throws IOException if it cannot be removed
   */
  public void cutTo(long length) throws IOException {
    if (data.length() > length) {
      data.setLength(length);
    }
    end = length;
  }

  /**
   * Adds bytes at the end. They are with the operating system when this returns, and on the device
   * after {@link #sync}.
   *
   * @param bytes whole lines with their line breaks
   * @throws IOException if they cannot be written; some may have been, {@link #cutTo} removes them
   */
  public void append(byte[] bytes) throws IOException {
    data.seek(end);
    data.write(bytes);
    end += bytes.length;
  }

  /**
   * Forces what was appended to the device.
   *
   * @throws IOException if the device does not say that it has it
   */
  public void sync() throws IOException {
    data.getFD().sync();
  }

  /** Whether the file is still open. */
  public boolean isOpen() {
    return data.getChannel().isOpen();
  }

  /** Closes the file and frees the lock; nothing is forced to the device. */
  @Override
  public void close() throws IOException {
    try (claim) {
      data.close();
    }
  }

  @Override
  public String toString() {
    return file.toString();
  }
}
