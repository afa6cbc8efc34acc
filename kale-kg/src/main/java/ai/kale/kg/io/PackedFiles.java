package ai.kale.kg.io;

import ai.kale.error.InvalidInputException;
import ai.kale.error.SetupException;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipException;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens files that may be packed; the packing is recognised by the first bytes, not by the name.
 */
final class PackedFiles {
  private static final Logger LOG = LoggerFactory.getLogger(PackedFiles.class);
  private static final int LONGEST_MARK = 6;

  private PackedFiles() {}

  /** Opens a file and unpacks gzip and bzip2. */
  static InputStream open(Path file) {
    if (!Files.exists(file)) {
      throw new SetupException("no such file: " + file.toAbsolutePath());
    }
    if (!Files.isReadable(file) || Files.isDirectory(file)) {
      throw new SetupException("not a readable file: " + file.toAbsolutePath());
    }
    InputStream raw = null;
    try {
      raw = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
      raw.mark(LONGEST_MARK);
      byte[] first = raw.readNBytes(LONGEST_MARK);
      raw.reset();
      return unpack(file, first, raw);
    } catch (EOFException | ZipException e) {
      closeQuietly(raw);
      throw failure(file.toString(), 1, e);
    } catch (IOException e) {
      closeQuietly(raw);
      throw new InvalidInputException(file.toString(), 0, "cannot be opened: " + e.getMessage(), e);
    } catch (RuntimeException e) {
      closeQuietly(raw);
      throw e;
    }
  }

  private static InputStream unpack(Path file, byte[] first, InputStream raw) throws IOException {
    if (starts(first, 0x1f, 0x8b)) {
      return new GzipMembers(raw);
    }
    if (starts(first, 'B', 'Z', 'h') && first.length > 3 && first[3] >= '1' && first[3] <= '9') {
      return new Bzip2Streams(raw);
    }
    String packing =
        starts(first, 0x28, 0xb5, 0x2f, 0xfd)
            ? "zstd"
            : starts(first, 0xfd, '7', 'z', 'X', 'Z', 0)
                ? "xz"
                : starts(first, 'P', 'K', 3, 4)
                    ? "zip"
                    : starts(first, '7', 'z', 0xbc, 0xaf) ? "7z" : "";
    if (!packing.isEmpty()) {
      throw new InvalidInputException(
          file.toString(),
          0,
          "the file is packed with "
              + packing
              + ", which cannot be read; unpack it, or pack it with gzip or bzip2");
    }
    return raw;
  }

  private static boolean starts(byte[] bytes, int... mark) {
    if (bytes.length < mark.length) {
      return false;
    }
    for (int i = 0; i < mark.length; i++) {
      if ((bytes[i] & 0xff) != mark[i]) {
        return false;
      }
    }
    return true;
  }

  /** What to tell of a failed read: damaged packing, or the file itself. */
  static InvalidInputException failure(String source, long line, IOException e) {
    if (e instanceof EOFException || e instanceof ZipException) {
      return new InvalidInputException(
          source,
          line,
          "the packed data is damaged or cut short ("
              + e.getMessage()
              + "); fetch the file again, or mend it with the tool that packed it",
          e);
    }
    return new InvalidInputException(source, line, "cannot be read: " + e.getMessage(), e);
  }

  private static void closeQuietly(@Nullable InputStream in) {
    if (in != null) {
      try {
        in.close();
      } catch (IOException e) {
        LOG.debug("closing after a failure failed too", e);
      }
    }
  }

  /** One bzip2 stream or several, one after the other; failures become {@link ZipException}. */
  private static final class Bzip2Streams extends InputStream {
    private final InputStream in;

    Bzip2Streams(InputStream raw) throws IOException {
      try {
        this.in = new BZip2CompressorInputStream(raw, true);
      } catch (IOException e) {
        throw damaged(e);
      }
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      try {
        return in.read(target, offset, length);
      } catch (IOException | IndexOutOfBoundsException | IllegalStateException e) {
        throw damaged(e);
      }
    }

    private static ZipException damaged(Exception e) {
      return (ZipException) new ZipException("bzip2: " + e.getMessage()).initCause(e);
    }

    @Override
    public void close() throws IOException {
      in.close();
    }
  }
}
