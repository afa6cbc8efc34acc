package ai.kale.kg.io;

import ai.kale.error.InvalidInputException;
import java.util.ArrayList;
import java.util.List;

/** Applies a {@link BadInputPolicy}: counts malformed lines and keeps the first few reasons. */
final class BadLines {
  private static final int REASONS = 5;
  private String source;
  private final BadInputPolicy policy;
  private final List<String> reasons = new ArrayList<>();
  private long count;
  private long last;

  BadLines(String source, BadInputPolicy policy) {
    this.source = source;
    this.policy = policy;
  }

  /** The lines from now on are of another file; the counts go on. */
  void source(String next) {
    source = next;
    last = 0;
  }

  /** Counts a line once, though a parser may have several complaints about it. */
  void add(long line, String reason) {
    if (last > 0 && line == last) {
      return;
    }
    if (count >= policy.maxSkipped()) {
      String after = count == 0 ? "" : " (after " + count + " skipped lines, the most allowed)";
      throw new InvalidInputException(source, line, reason + after);
    }
    count++;
    last = line;
    if (reasons.size() < REASONS) {
      reasons.add(source + ":" + line + ": " + reason);
    }
  }

  String source() {
    return source;
  }

  long count() {
    return count;
  }

  List<String> reasons() {
    return reasons;
  }
}
