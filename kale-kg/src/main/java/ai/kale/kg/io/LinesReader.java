package ai.kale.kg.io;

import java.io.Reader;
import org.jspecify.annotations.Nullable;

/** Gives strictly decoded lines to a parser that wants characters, line for line. */
final class LinesReader extends Reader {
  private static final int REPORT_EVERY = 1 << 14;
  private final StrictLines lines;
  private final LoadOptions options;
  private @Nullable String text = "";
  private int position;

  LinesReader(StrictLines lines, LoadOptions options) {
    this.lines = lines;
    this.options = options;
  }

  @Override
  public int read(char[] target, int offset, int length) {
    String current = text;
    if (current != null && position == current.length()) {
      String line = lines.next();
      current = line == null ? null : line + "\n";
      text = current;
      position = 0;
      if (lines.number() % REPORT_EVERY == 0) {
        options.context().step("load", lines.number(), -1);
      }
    }
    if (current == null) {
      return -1;
    }
    int count = Math.min(length, current.length() - position);
    current.getChars(position, position + count, target, offset);
    position += count;
    return count;
  }

  @Override
  public void close() {
    lines.close();
  }
}
