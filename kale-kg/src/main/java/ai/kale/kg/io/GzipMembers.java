package ai.kale.kg.io;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import java.util.zip.ZipException;

/**
 * Unpacks gzip data of one member or several (RFC 1952). Whatever follows a member must be another
 * one: {@link java.util.zip.GZIPInputStream} takes anything else for the end of the data, so that a
 * file damaged between two members would be read as a shorter one.
 */
final class GzipMembers extends InputStream {
  private static final int FIRST = 0x1f;
  private static final int SECOND = 0x8b;
  private static final int DEFLATE = 8;
  private static final int HEADER_CHECKSUM = 2;
  private static final int EXTRA = 4;
  private static final int NAME = 8;
  private static final int COMMENT = 16;
  private static final int RESERVED = 0xe0;

  private final InputStream in;
  private final Inflater inflater = new Inflater(true);
  private final CRC32 checksum = new CRC32();
  private final byte[] buffer = new byte[1 << 16];
  private int position;
  private int limit;
  private boolean started;
  private boolean inMember;

  /**
   * Creates a stream.
   *
   * @param in packed data from its first byte; closed with this
   */
  GzipMembers(InputStream in) {
    this.in = in;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    while (inMember || startMember()) {
      int count = inflate(target, offset, length);
      if (count > 0) {
        checksum.update(target, offset, count);
        return count;
      } else if (inflater.finished()) {
        endMember();
      } else if (inflater.needsDictionary()) {
        throw new ZipException("a preset dictionary is asked for");
      } else if (position < limit || fill()) {
        inflater.setInput(buffer, position, limit - position);
        position = limit;
      } else {
        throw new EOFException("unexpected end of the data");
      }
    }
    return -1;
  }

  private int inflate(byte[] target, int offset, int length) throws ZipException {
    try {
      return inflater.inflate(target, offset, length);
    } catch (DataFormatException e) {
      throw (ZipException) new ZipException(String.valueOf(e.getMessage())).initCause(e);
    }
  }

  /** Reads a header; false at the end of the data after at least one member. */
  private boolean startMember() throws IOException {
    if (started && position == limit && !fill()) {
      return false;
    }
    if (next() != FIRST || next() != SECOND || next() != DEFLATE) {
      throw new ZipException(
          started ? "something else follows a gzip member" : "it does not start as gzip data");
    }
    int flags = next();
    if ((flags & RESERVED) != 0) {
      throw new ZipException("a gzip header has unknown flags");
    }
    skip(6);
    if ((flags & EXTRA) != 0) {
      skip((int) number(2));
    }
    if ((flags & NAME) != 0) {
      skipText();
    }
    if ((flags & COMMENT) != 0) {
      skipText();
    }
    if ((flags & HEADER_CHECKSUM) != 0) {
      skip(2);
    }
    started = true;
    inMember = true;
    return true;
  }

  private void endMember() throws IOException {
    position = limit - inflater.getRemaining();
    if (number(4) != checksum.getValue()) {
      throw new ZipException("the checksum of a gzip member is wrong");
    }
    if (number(4) != (inflater.getBytesWritten() & 0xffffffffL)) {
      throw new ZipException("the length of a gzip member is wrong");
    }
    inflater.reset();
    checksum.reset();
    inMember = false;
  }

  private long number(int bytes) throws IOException {
    long value = 0;
    for (int i = 0; i < bytes; i++) {
      value |= (long) next() << (8 * i);
    }
    return value;
  }

  private void skip(int bytes) throws IOException {
    for (int i = 0; i < bytes; i++) {
      next();
    }
  }

  private void skipText() throws IOException {
    while (next() != 0) {
      // Up to the terminating zero.
    }
  }

  private int next() throws IOException {
    if (position == limit && !fill()) {
      throw new EOFException("unexpected end of the data");
    }
    return buffer[position++] & 0xff;
  }

  private boolean fill() throws IOException {
    limit = Math.max(0, in.read(buffer));
    position = 0;
    return limit > 0;
  }

  @Override
  public void close() throws IOException {
    inflater.end();
    in.close();
  }
}
