package ai.kale.kg.io;

import ai.kale.error.InvalidInputException;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;

/**
 * Decodes UTF-8 strictly: a malformed byte is an error with its line. A byte order mark at the
 * start is dropped. For formats in which a line is not a unit.
 */
final class StrictReader extends Reader {
  private final InputStream in;
  private final String source;
  private final LoadSession session;
  private final CharsetDecoder utf8 = StandardCharsets.UTF_8.newDecoder();
  private final ByteBuffer bytes = ByteBuffer.allocate(1 << 16).flip();
  private final CharBuffer chars = CharBuffer.allocate(1 << 16).flip();
  private boolean started;
  private boolean ended;
  private long line = 1;

  StrictReader(InputStream in, String source, LoadSession session) {
    this.in = in;
    this.source = source;
    this.session = session;
  }

  /** 1-based line up to which the text is decoded. */
  long line() {
    return line;
  }

  @Override
  public int read() {
    return chars.hasRemaining() || fill() ? chars.get() : -1;
  }

  @Override
  public int read(char[] target, int offset, int length) {
    if (length == 0) {
      return 0;
    }
    if (!chars.hasRemaining() && !fill()) {
      return -1;
    }
    int count = Math.min(length, chars.remaining());
    chars.get(target, offset, count);
    return count;
  }

  /** Decodes the next block; false at the end. */
  private boolean fill() {
    chars.clear();
    boolean more = true;
    while (more && chars.position() == 0) {
      more = !ended;
      if (!ended) {
        load();
      }
      CoderResult result = utf8.decode(bytes, chars, ended);
      if (result.isError()) {
        chars.flip();
        count();
        throw new InvalidInputException(source, line, "not UTF-8 text; save the file as UTF-8");
      }
    }
    chars.flip();
    if (!started && chars.hasRemaining()) {
      started = true;
      if (chars.get(0) == '\uFEFF') {
        chars.get();
        return chars.hasRemaining() || fill();
      }
    }
    count();
    session.options().context().step("load", line, -1);
    return chars.hasRemaining();
  }

  private void count() {
    for (int i = chars.position(); i < chars.limit(); i++) {
      if (chars.get(i) == '\n') {
        line++;
      }
    }
  }

  private void load() {
    bytes.compact();
    try {
      int count = in.read(bytes.array(), bytes.position(), bytes.remaining());
      if (count < 0) {
        ended = true;
      } else {
        bytes.position(bytes.position() + count);
      }
    } catch (IOException e) {
      throw PackedFiles.failure(source, line, e);
    } finally {
      bytes.flip();
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
