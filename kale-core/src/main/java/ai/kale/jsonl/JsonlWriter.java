package ai.kale.jsonl;

import ai.kale.error.CorruptFileException;
import ai.kale.error.InvalidInputException;
import ai.kale.error.SetupException;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Adds records at the end of a JSONL file. For use by one thread. Whoever needs a file that is
 * complete or absent uses {@link JsonlFormat#write} instead.
 *
 * @param <T> the record type
 */
public final class JsonlWriter<T> implements AutoCloseable {
  private final Path file;
  private final JsonlFormat<T> format;
  // Not a channel, which closes itself when the thread is interrupted.
  private final FileOutputStream data;
  private final OutputStream out;

  JsonlWriter(Path file, JsonlFormat<T> format) {
    this.file = file;
    this.format = format;
    try {
      boolean open = endsOpen(file);
      this.data = new FileOutputStream(file.toFile(), true);
      this.out = new BufferedOutputStream(data, 1 << 16);
      if (open) {
        out.write('\n');
      }
    } catch (IOException e) {
      throw failure(e);
    }
  }

  /** Whether the last line has no line break, for example because someone edited the file. */
  private static boolean endsOpen(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      return false;
    }
    try (RandomAccessFile data = new RandomAccessFile(file.toFile(), "r")) {
      if (data.length() == 0) {
        return false;
      }
      data.seek(data.length() - 1);
      if (data.read() == '\n') {
        return false;
      }
    }
    checkLastLine(file);
    return true;
  }

  private static void checkLastLine(Path file) throws IOException {
    String source = file.toString();
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
      Lines lines = new Lines(in, source);
      String last = "";
      long number = 0;
      for (String line = lines.next(); line != null; line = lines.next()) {
        last = line;
        number = lines.number();
      }
      if (number > 0) {
        Lines.parse(last, source, number);
      }
    } catch (InvalidInputException e) {
      throw new CorruptFileException(
          e.getMessage()
              + " (the file ends without a line break, as after a crash; nothing was changed."
              + " Complete or delete that line, then write again)",
          e);
    }
  }

  /**
   * Adds one record.
   *
   * @param value the record
   * @throws SetupException if it cannot be written
   * @throws IllegalArgumentException as {@link JsonlFormat#toLine}
   */
  public void write(T value) {
    byte[] line = (format.toLine(value) + "\n").getBytes(StandardCharsets.UTF_8);
    try {
      out.write(line);
    } catch (IOException e) {
      throw failure(e);
    }
  }

  /**
   * Forces what was written to the device.
   *
   * @throws SetupException if it cannot be written, for example because the disk is full
   */
  public void flush() {
    try {
      out.flush();
      data.getFD().sync();
    } catch (IOException e) {
      throw failure(e);
    }
  }

  /**
   * Flushes and closes.
   *
   * @throws SetupException if what was left cannot be written
   */
  @Override
  public void close() {
    try (FileOutputStream closing = data) {
      out.flush();
      if (closing.getFD().valid()) {
        closing.getFD().sync();
      }
    } catch (IOException e) {
      throw failure(e);
    }
  }

  private SetupException failure(IOException e) {
    return new SetupException(
        "cannot append to "
            + file
            + " ("
            + e
            + "); its last line may be cut short. Check that there is room, then write it again",
        e);
  }
}
