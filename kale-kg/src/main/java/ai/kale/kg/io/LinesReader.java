package ai.kale.kg.io;

import java.io.BufferedReader;
import java.io.Reader;
import org.jspecify.annotations.Nullable;

/**
 * Gives a parser that reads line by line those lines that need it, strictly decoded. It can be read
 * on after a parser has given up at a line.
 */
final class LinesReader extends BufferedReader {
  private final ByteLines lines;
  private final LoadSession session;
  private final LineScreen screen;

  LinesReader(ByteLines lines, LoadSession session, LineScreen screen) {
    super(new NoCharacters(), 1);
    this.lines = lines;
    this.session = session;
    this.screen = screen;
  }

  @Override
  public @Nullable String readLine() {
    while (lines.next()) {
      session.step(lines.number());
      if (!screen.take(lines)) {
        String line = Utf8.line(lines, session.bad());
        if (line != null && isStray(line)) {
          session.bad().add(lines.number(), "a line of one character: '" + line.strip() + "'");
        } else if (line != null) {
          return line;
        }
      }
    }
    return null;
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
