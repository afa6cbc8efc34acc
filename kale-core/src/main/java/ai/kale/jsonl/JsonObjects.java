package ai.kale.jsonl;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the JSON objects of a file one at a time, in constant memory, in whichever of the usual
 * layouts they are: one a line, one array of them, or the members of a larger object. Plain or
 * gzip, strictly UTF-8, a byte order mark is allowed, a field given twice is an error. For one
 * thread, one pass.
 *
 * <p>{@link #next} throws {@link ai.kale.error.InvalidInputException} with file and line where the
 * file is not JSON, not UTF-8 or something else than objects.
 */
public final class JsonObjects implements Iterator<Fields>, AutoCloseable {
  /** Where objects come from. */
  interface Source extends AutoCloseable {
    /** The next object, or null at the end. */
    @Nullable ObjectNode next() throws IOException;

    /** The line the object returned last begins on. */
    long line();

    /** The name of the member returned last; empty where objects have no names. */
    default String key() {
      return "";
    }

    @Override
    void close();
  }

  private static final int LOOK_AHEAD = 1 << 13;

  private final Path file;
  private final Source source;
  private @Nullable ObjectNode pending;
  private long pendingLine;
  private String pendingKey = "";
  private long line;
  private String key = "";
  private boolean ended;

  private JsonObjects(Path file, Source source) {
    this.file = file;
    this.source = source;
  }

  /**
   * One object a line, or one array of objects: whichever the first character says.
   *
   * @param file the file
   * @param skipped fields of the objects that are not wanted; they are never held in memory as
   *     values
   * @return its objects; close it
   * @throws ai.kale.error.SetupException if the file cannot be opened
   */
  public static JsonObjects rows(Path file, Set<String> skipped) {
    return new JsonObjects(
        file,
        startsWithArray(file)
            ? JsonSource.ofArray(file, Optional.empty(), skipped)
            : new LineSource(file, skipped));
  }

  /**
   * The objects of an array that is a member of the one object of the file.
   *
   * @param file the file
   * @param member the array's name; the other members are skipped
   * @return its objects; close it
   * @throws ai.kale.error.SetupException if the file cannot be opened
   */
  public static JsonObjects array(Path file, String member) {
    return new JsonObjects(file, JsonSource.ofArray(file, Optional.of(member), Set.of()));
  }

  /**
   * The members of the one object of the file, each an object; {@link #key} has their names.
   *
   * @param file the file
   * @return its objects; close it
   * @throws ai.kale.error.SetupException if the file cannot be opened
   */
  public static JsonObjects members(Path file) {
    return new JsonObjects(file, JsonSource.ofMembers(file));
  }

  /**
   * Objects one after the other, over as many lines as they like; mostly there is just one. Or one
   * array of them.
   *
   * @param file the file
   * @return its objects; close it
   * @throws ai.kale.error.SetupException if the file cannot be opened
   */
  public static JsonObjects sequence(Path file) {
    return new JsonObjects(
        file,
        startsWithArray(file)
            ? JsonSource.ofArray(file, Optional.empty(), Set.of())
            : JsonSource.ofSequence(file));
  }

  @Override
  public boolean hasNext() {
    if (pending == null && !ended) {
      try {
        pending = source.next();
      } catch (IOException e) {
        throw TextFiles.failure(file, e);
      }
      pendingLine = source.line();
      pendingKey = source.key();
      ended = pending == null;
    }
    return pending != null;
  }

  @Override
  public Fields next() {
    if (!hasNext() || pending == null) {
      throw new NoSuchElementException("no more objects in " + file);
    }
    ObjectNode node = pending;
    pending = null;
    line = pendingLine;
    key = pendingKey;
    return new Fields(node, file.toString(), line, "");
  }

  /** Whether each object is a line of its own, so that reading goes on behind one that is wrong. */
  public boolean byLine() {
    return source instanceof LineSource;
  }

  /** The 1-based line on which the object returned last begins; 0 before the first. */
  public long line() {
    return line;
  }

  /** The name of the member returned last; empty unless opened by {@link #members}. */
  public String key() {
    return key;
  }

  @Override
  public void close() {
    source.close();
  }

  private static boolean startsWithArray(Path file) {
    try (InputStream in = TextFiles.open(file)) {
      for (int i = 0; i < LOOK_AHEAD; i++) {
        int b = in.read();
        boolean skipped = Character.isWhitespace(b) || b == 0xEF || b == 0xBB || b == 0xBF;
        if (!skipped) {
          return b == '[';
        }
      }
      return false;
    } catch (IOException e) {
      throw TextFiles.failure(file, e);
    }
  }

  /** One object a line. */
  private static final class LineSource implements Source {
    private final Lines lines;
    private final Set<String> skipped;

    LineSource(Path file, Set<String> skipped) {
      this.lines = Lines.open(file);
      this.skipped = skipped;
    }

    @Override
    public @Nullable ObjectNode next() throws IOException {
      String text = lines.next();
      return text == null ? null : Lines.parse(text, lines.source(), lines.number(), skipped);
    }

    @Override
    public long line() {
      return lines.number();
    }

    @Override
    public void close() {
      lines.close();
    }
  }
}
