package ai.kale.kg.io;

import ai.kale.error.InvalidInputException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * Lines as bytes, without copying those that lie within the buffer. Lines end in LF or CRLF; a byte
 * order mark at the start is dropped.
 */
final class ByteLines implements AutoCloseable {
  private final InputStream in;
  private final String source;
  private byte[] buffer = new byte[1 << 18];
  private int position;
  private int limit;
  private int from;
  private int to;
  private long number;

  ByteLines(InputStream in, String source) {
    this.in = in;
    this.source = source;
  }

  /** 1-based number of the line read last. */
  long number() {
    return number;
  }

  /** What holds the line read last; good until the next one is read. */
  byte[] bytes() {
    return buffer;
  }

  /** Index of the line's first byte. */
  int from() {
    return from;
  }

  /** Index after the line's last byte, its end left out. */
  int to() {
    return to;
  }

  /** Reads the next line; false at the end. */
  boolean next() {
    int scan = position;
    while (true) {
      while (scan < limit && buffer[scan] != '\n') {
        scan++;
      }
      if (scan < limit) {
        return line(scan, scan + 1);
      }
      int seen = scan - position;
      if (!fill()) {
        return limit > position && line(limit, limit);
      }
      scan = position + seen;
    }
  }

  private boolean line(int end, int next) {
    number++;
    from = position;
    to = end > from && buffer[end - 1] == '\r' ? end - 1 : end;
    position = next;
    if (number == 1 && startsWithMark()) {
      from += 3;
    }
    return true;
  }

  private boolean startsWithMark() {
    return to - from >= 3
        && buffer[from] == (byte) 0xEF
        && buffer[from + 1] == (byte) 0xBB
        && buffer[from + 2] == (byte) 0xBF;
  }

  /** Moves the unfinished line to the front and reads on; false at the end of the data. */
  private boolean fill() {
    int left = limit - position;
    if (left == buffer.length) {
      if (left >= Integer.MAX_VALUE / 2) {
        throw new InvalidInputException(source, number + 1, "a line of more than 1 GiB");
      }
      buffer = Arrays.copyOf(buffer, 2 * left);
    } else {
      System.arraycopy(buffer, position, buffer, 0, left);
    }
    position = 0;
    limit = left;
    try {
      int count = in.read(buffer, limit, buffer.length - limit);
      limit += Math.max(0, count);
      return count > 0;
    } catch (IOException e) {
      throw PackedFiles.failure(source, number + 1, e);
    }
  }

  @Override
  public void close() {
    try {
      in.close();
    } catch (IOException e) {
      throw new InvalidInputException(source, 0, "cannot be closed: " + e.getMessage(), e);
    }
  }
}
