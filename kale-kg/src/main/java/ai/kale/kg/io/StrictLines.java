package ai.kale.kg.io;

import ai.kale.error.InvalidInputException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Lines of UTF-8 text, decoded strictly: a malformed byte is reported with its line and never
 * replaced. Lines end in LF or CRLF; a byte order mark at the start is dropped.
 */
final class StrictLines implements AutoCloseable {
  private final InputStream in;
  private final String source;
  private final BadLines bad;
  private final CharsetDecoder utf8 = StandardCharsets.UTF_8.newDecoder();
  private final byte[] buffer = new byte[1 << 16];
  private int position;
  private int limit;
  private byte[] line = new byte[256];
  private long number;

  StrictLines(InputStream in, String source, BadLines bad) {
    this.in = in;
    this.source = source;
    this.bad = bad;
  }

  /** 1-based number of the line read last. */
  long number() {
    return number;
  }

  /** The next line without its end, or null; a line that is not UTF-8 goes to the bad lines. */
  @Nullable String next() {
    int length = readBytes();
    if (length < 0) {
      return null;
    }
    number++;
    int from = number == 1 && hasMark(length) ? 3 : 0;
    int to = length > from && line[length - 1] == '\r' ? length - 1 : length;
    try {
      return utf8.decode(ByteBuffer.wrap(line, from, to - from)).toString();
    } catch (CharacterCodingException e) {
      bad.add(number, "not UTF-8 text; save the file as UTF-8");
      return "";
    }
  }

  private boolean hasMark(int length) {
    return length >= 3
        && line[0] == (byte) 0xEF
        && line[1] == (byte) 0xBB
        && line[2] == (byte) 0xBF;
  }

  /** Reads up to the next LF into {@link #line}; the length, or -1 at the end. */
  private int readBytes() {
    int length = 0;
    boolean any = false;
    while (true) {
      if (position == limit && !fill()) {
        return any ? length : -1;
      }
      any = true;
      int start = position;
      while (position < limit && buffer[position] != '\n') {
        position++;
      }
      int part = position - start;
      if (line.length < length + part) {
        line = Arrays.copyOf(line, Math.max(length + part, 2 * line.length));
      }
      System.arraycopy(buffer, start, line, length, part);
      length += part;
      if (position < limit) {
        position++;
        return length;
      }
    }
  }

  private boolean fill() {
    try {
      limit = Math.max(0, in.read(buffer));
      position = 0;
      return limit > 0;
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
