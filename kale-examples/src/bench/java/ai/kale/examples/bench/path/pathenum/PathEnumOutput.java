package ai.kale.examples.bench.path.pathenum;

import ai.kale.error.InvalidInputException;
import ai.kale.examples.bench.path.run.QueryTime;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads what PathEnum prints about each query. */
final class PathEnumOutput {
  private static final Pattern QUERY =
      Pattern.compile(
          "ID (\\d+), src \\d+, dst \\d+, status (Complete|Time Out), result count (\\d+),"
              + " preprocessing time [0-9.]+ seconds, query time ([0-9.]+) seconds");

  private PathEnumOutput() {}

  /**
   * The queries in a text, in order; one that is cut in the middle is left out.
   *
   * @param text everything printed so far
   * @param maxPaths most paths that were asked for
   * @return a time for each query
   */
  static List<QueryTime> parse(String text, long maxPaths) {
    List<QueryTime> queries = new ArrayList<>();
    Matcher matcher = QUERY.matcher(text);
    while (matcher.find()) {
      if (Integer.parseInt(matcher.group(1)) != queries.size()) {
        throw new InvalidInputException(
            "PathEnum's output",
            queries.size() + 1,
            "expected query " + queries.size() + " but found '" + matcher.group() + "'");
      }
      long nanos = new BigDecimal(matcher.group(4)).movePointRight(9).longValue();
      boolean stopped = matcher.group(2).equals("Time Out");
      long paths = Math.min(Long.parseLong(matcher.group(3)), maxPaths);
      queries.add(new QueryTime(nanos, paths, QueryTime.UNKNOWN, stopped));
    }
    return queries;
  }

  /** The file with the time of each query in nanoseconds; its text has microseconds only. */
  static Path timesFile(Path prefix) {
    return prefix.resolveSibling(prefix.getFileName() + "query_time.bin");
  }

  /**
   * The same queries with the exact times of a file: the size of a number, their count, each four
   * bytes, then nanoseconds of eight bytes, little end first.
   */
  static List<QueryTime> withNanos(List<QueryTime> queries, Path prefix) throws IOException {
    Path file = timesFile(prefix);
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    if (bytes.remaining() != 8 + 8L * queries.size() || bytes.getInt(4) != queries.size()) {
      throw new InvalidInputException(
          file.toString(), 0, "expected times of " + queries.size() + " queries");
    }
    List<QueryTime> exact = new ArrayList<>();
    for (int i = 0; i < queries.size(); i++) {
      QueryTime query = queries.get(i);
      long nanos = bytes.getLong(8 + 8 * i);
      exact.add(new QueryTime(nanos, query.paths(), query.arcs(), query.stopped()));
    }
    return exact;
  }
}
