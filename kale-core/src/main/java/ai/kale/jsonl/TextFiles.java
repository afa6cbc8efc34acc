package ai.kale.jsonl;

import ai.kale.error.CorruptFileException;
import ai.kale.error.KaleException;
import ai.kale.error.SetupException;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * Opens text files for reading: gzip is unpacked where the file begins as gzip does, whatever its
 * name.
 */
public final class TextFiles {
  private static final int BUFFER = 1 << 16;

  private TextFiles() {}

  /**
   * The bytes of a file, unpacked.
   *
   * @param file plain or gzip
   * @return a buffered stream that supports {@code mark}; close it
   * @throws SetupException if the file cannot be opened
   * @throws CorruptFileException if its gzip header is damaged
   */
  public static InputStream open(Path file) {
    try {
      BufferedInputStream in = new BufferedInputStream(Files.newInputStream(file), BUFFER);
      try {
        in.mark(2);
        boolean packed = in.read() == 0x1f && in.read() == 0x8b;
        in.reset();
        return packed ? new BufferedInputStream(new GZIPInputStream(in, BUFFER), BUFFER) : in;
      } catch (IOException e) {
        in.close();
        throw e;
      }
    } catch (IOException e) {
      throw failure(file, e);
    }
  }

  /**
   * The characters of a file, strictly UTF-8, without a byte order mark.
   *
   * @param file plain or gzip
   * @return a reader that throws {@link ai.kale.error.InvalidInputException} with the line of the
   *     first byte that is not UTF-8; close it
   * @throws SetupException if the file cannot be opened
   * @throws CorruptFileException if its gzip header is damaged
   */
  public static Reader reader(Path file) {
    return new Utf8Reader(open(file), file.toString());
  }

  /**
   * What to throw where reading failed.
   *
   * @param file the file
   * @param e why
   * @return {@link CorruptFileException} for damaged gzip, {@link SetupException} for anything else
   */
  public static KaleException failure(Path file, IOException e) {
    return e instanceof EOFException || e instanceof ZipException
        ? new CorruptFileException(
            file + " is cut short or damaged gzip (" + e.getMessage() + "); fetch it again", e)
        : new SetupException("cannot read " + file + " (" + e + "); check the path", e);
  }
}
