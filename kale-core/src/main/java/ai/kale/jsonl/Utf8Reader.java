package ai.kale.jsonl;

import ai.kale.error.InvalidInputException;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;

/** Decodes UTF-8 strictly and counts lines, so that a wrong byte is reported with its line. */
final class Utf8Reader extends Reader {
  private final InputStream in;
  private final String source;
  private final CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
  private final ByteBuffer bytes = ByteBuffer.allocate(1 << 15).flip();
  private final CharBuffer chars = CharBuffer.allocate(1 << 15).flip();
  private CoderResult result = CoderResult.UNDERFLOW;
  private long line = 1;
  private boolean started;
  private boolean ended;

  Utf8Reader(InputStream in, String source) {
    this.in = in;
    this.source = source;
  }

  @Override
  public int read(char[] target, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    while (!chars.hasRemaining()) {
      if (result.isError()) {
        throw new InvalidInputException(
            source, line, "the line is not UTF-8; convert the file to UTF-8");
      }
      if (ended) {
        return -1;
      }
      fill();
    }
    int given = Math.min(length, chars.remaining());
    chars.get(target, offset, given);
    return given;
  }

  private void fill() throws IOException {
    bytes.compact();
    int got = in.read(bytes.array(), bytes.position(), bytes.remaining());
    if (got > 0) {
      bytes.position(bytes.position() + got);
    }
    bytes.flip();
    chars.clear();
    ended = got < 0;
    // What is decoded before a wrong byte is handed out first; the error follows at the next read.
    result = decoder.decode(bytes, chars, ended);
    chars.flip();
    for (int i = 0; i < chars.length(); i++) {
      line += chars.charAt(i) == '\n' ? 1 : 0;
    }
    if (!started && chars.hasRemaining()) {
      started = true;
      if (chars.charAt(0) == '\uFEFF') {
        chars.get();
      }
    }
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
