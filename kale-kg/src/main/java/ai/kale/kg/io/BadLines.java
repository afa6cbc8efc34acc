package ai.kale.kg.io;

import ai.kale.error.InvalidInputException;
import java.util.ArrayList;
import java.util.List;

/**
 * Applies a {@link BadInputPolicy}: counts malformed lines, and malformed statements where a line
 * may hold several, and keeps the first few reasons.
 */
final class BadLines {
  private static final int REASONS = 5;
  private String source;
  private final BadInputPolicy policy;
  private final List<String> reasons = new ArrayList<>();
  private long count;

  BadLines(String source, BadInputPolicy policy) {
    this.source = source;
    this.policy = policy;
  }

  /** The lines from now on are of another file; the counts go on. */
  void source(String next) {
    source = next;
  }

  /** Counts what is left out: one line, row or statement, which is at that line. */
  void add(long line, String reason) {
    if (count >= policy.maxSkipped()) {
      String after =
          count == 0 ? "" : " (after " + count + " skipped lines or statements, the most allowed)";
      throw new InvalidInputException(source, line, reason + after);
    }
    count++;
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
