package ai.kale.ground;

import ai.kale.error.CorruptFileException;
import ai.kale.error.SetupException;
import ai.kale.run.AtomicFiles;
import ai.kale.run.LineFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file of lines that is written over several runs: {@code FILE.part} until it is complete, then
 * {@code FILE}. First the lines that are there are read with {@link #next}, then others are
 * appended. Locked while open; for use by one thread, interrupted or not.
 */
final class PartFile implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(GroundingRun.class);
  private static final long FORCE_EVERY_NANOS = 1_000_000_000;

  private final Path target;
  private final Path path;
  private final String header;
  private final LineFile data;
  private long sound;
  private long lines;
  private long forced = System.nanoTime();

  private PartFile(Path target, Path path, String header, LineFile data) {
    this.target = target;
    this.path = path;
    this.header = header;
    this.data = data;
  }

  /**
   * Opens or makes the part of a file.
   *
   * @param file what it is a part of
   * @param header what every line begins with
   * @throws SetupException if it cannot be opened, another run has it open, or the target is there
   *     and no plain file
   */
  static PartFile open(Path file, String header) {
    try {
      Path target = target(file);
      if (Files.exists(target) && !Files.isRegularFile(target)) {
        throw new SetupException("cannot write " + file + ": it is there and is not a plain file");
      }
      Path path = partOf(target);
      LineFile data = LineFile.open(path, "the part file", "write to another file");
      return new PartFile(target, path, header, data);
    } catch (IOException e) {
      throw new SetupException(
          "cannot write " + file + " (" + e + "); check folder and permissions", e);
    }
  }

  /** What a link leads to is written, not the link. */
  private static Path target(Path file) throws IOException {
    return Files.isSymbolicLink(file) ? file.toRealPath() : file.toAbsolutePath();
  }

  private static Path partOf(Path target) {
    return target.resolveSibling(target.getFileName() + ".part");
  }

  /**
   * Checks that what is read is not what will be written, whatever the names.
   *
   * @throws IllegalArgumentException if it is the file or its part
   * @throws SetupException if that cannot be found out
   */
  static void checkIsNeither(Path input, Path file) {
    try {
      Path target = target(file);
      if (isSame(input, target)) {
        throw new IllegalArgumentException(
            "the questions in " + input + " would be overwritten by " + file + "; name another");
      }
      if (isSame(input, partOf(target))) {
        throw new IllegalArgumentException(
            "the questions are in "
                + input
                + ", where a run keeps what it has done of "
                + file
                + "; name another file to write");
      }
    } catch (IOException e) {
      throw new SetupException("cannot write " + file + " (" + e + "); check the path", e);
    }
  }

  private static boolean isSame(Path one, Path other) throws IOException {
    return one.toAbsolutePath().normalize().equals(other.normalize())
        || (Files.exists(one) && Files.exists(other) && Files.isSameFile(one, other));
  }

  /**
   * The next line that has its end, or null after the last one.
   *
   * @throws CorruptFileException if it is not UTF-8, or what stands at the end without a line break
   *     is not the beginning of one of our lines
   */
  @Nullable String next() {
    try {
      if (!data.advance()) {
        return null;
      }
      byte[] line = data.line();
      if (!data.ended()) {
        checkTorn(new String(line, StandardCharsets.ISO_8859_1));
        return null;
      }
      ByteBuffer bytes = ByteBuffer.wrap(line);
      String text = StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
      if (text.indexOf('\r') >= 0) {
        throw damaged("it has a carriage return, so another program wrote the file", null);
      }
      sound = data.end();
      lines++;
      return text;
    } catch (CharacterCodingException e) {
      throw damaged("the line is not UTF-8", e);
    } catch (IOException e) {
      throw new SetupException("cannot read " + path + " (" + e + ")", e);
    }
  }

  /** What a crash leaves begins as our lines do, or is the zeros of a power cut. */
  private void checkTorn(String text) {
    String begin = text.substring(0, Math.min(text.length(), header.length()));
    if (!header.startsWith(begin) && !text.matches("\0+")) {
      throw damaged("it does not begin with " + header, null);
    }
  }

  private CorruptFileException damaged(String what, @Nullable Throwable cause) {
    return new CorruptFileException(
        path
            + ":"
            + (lines + 1)
            + ": "
            + what
            + "; nothing was changed. Delete this line and those after it to go on from there, or"
            + " delete the file to begin anew",
        cause);
  }

  /** Ends the reading; a last line that was cut short is removed. */
  void beginAppending() {
    try {
      long size = data.length();
      if (size > sound) {
        LOG.warn(
            "{}: the last line was cut short by a crash; removed {} bytes, kept {} questions",
            path,
            size - sound,
            lines);
      }
      data.cutTo(sound);
    } catch (IOException e) {
      throw failure(e);
    }
  }

  /**
   * Adds lines. They are with the operating system when this returns, and on the device about a
   * second later.
   *
   * @throws SetupException if they cannot be written; those before are safe
   */
  void append(List<String> more) {
    if (more.isEmpty()) {
      return;
    }
    byte[] bytes = (String.join("\n", more) + "\n").getBytes(StandardCharsets.UTF_8);
    try {
      data.append(bytes);
      if (System.nanoTime() - forced > FORCE_EVERY_NANOS) {
        data.sync();
        forced = System.nanoTime();
      }
    } catch (IOException e) {
      throw failure(e);
    }
  }

  /** Makes the part the file. */
  void finish() {
    try {
      data.sync();
      data.close();
    } catch (IOException e) {
      throw failure(e);
    }
    AtomicFiles.replace(path, target);
  }

  private SetupException failure(IOException e) {
    return new SetupException(
        "cannot write "
            + path
            + " ("
            + e
            + "); what was written is kept. Make room, then run again to resume",
        e);
  }

  /** Forces what was written to the device and closes; a part without anything is removed. */
  @Override
  public void close() {
    try {
      if (data.isOpen()) {
        data.sync();
        boolean empty = data.length() == 0;
        data.close();
        if (empty) {
          Files.deleteIfExists(path);
        }
      }
    } catch (IOException e) {
      throw failure(e);
    }
  }

  @Override
  public String toString() {
    return path.toString();
  }
}
