package ai.kale.kg.io;

import java.io.BufferedReader;
import java.io.Reader;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Gives a parser that reads line by line those lines that need it, strictly decoded. It can be read
 * on after a parser has given up at a line.
 */
final class LinesReader extends BufferedReader {
  private final ByteLines lines;
  private final LoadSession session;
  private final LineScreen screen;
  private final Deque<String> parts = new ArrayDeque<>();
  private long badBefore;

  LinesReader(ByteLines lines, LoadSession session, LineScreen screen) {
    super(new NoCharacters(), 1);
    this.lines = lines;
    this.session = session;
    this.screen = screen;
  }

  @Override
  public @Nullable String readLine() {
    PassedThrough.run(this::fill);
    badBefore = session.bad().count();
    return parts.poll();
  }

  /** Whether the line that the parser got last is among the bad ones already. */
  boolean isBad() {
    return session.bad().count() > badBefore;
  }

  /** Reads on to a line that needs a parser, unless there is one or the file ends. */
  private void fill() {
    while (parts.isEmpty() && lines.next()) {
      session.step(lines.number());
      if (!screen.take(lines)) {
        String line = Utf8.line(lines, session.bad());
        if (line != null) {
          split(line);
        }
      }
    }
  }

  /** A carriage return alone ends a statement or comment too; it cannot stand within either. */
  private void split(String line) {
    int from = 0;
    for (int end = line.indexOf('\r'); end >= 0; end = line.indexOf('\r', from)) {
      part(line.substring(from, end));
      from = end + 1;
    }
    part(line.substring(from));
  }

  private void part(String line) {
    if (isStray(line)) {
      session.bad().add(lines.number(), "a line of one character: '" + line.strip() + "'");
    } else {
      parts.add(line);
    }
  }

  /** The parser passes over a line whose first character is also its last. */
  private static boolean isStray(String line) {
    int last = line.length() - 1;
    if (last < 0 || (last > 0 && line.charAt(0) == '<')) {
      return false;
    }
    int first = 0;
    while (first < last && (line.charAt(first) == ' ' || line.charAt(first) == '\t')) {
      first++;
    }
    char c = line.charAt(first);
    return first == last && c != ' ' && c != '\t' && c != '#';
  }

  @Override
  public void close() {
    lines.close();
  }

  /** Makes sure that a parser that reads otherwise fails instead of finding an empty file. */
  private static final class NoCharacters extends Reader {
    @Override
    public int read(char[] target, int offset, int length) {
      throw new IllegalStateException("only lines can be read");
    }

    @Override
    public void close() {
      // There is nothing behind it.
    }
  }
}
