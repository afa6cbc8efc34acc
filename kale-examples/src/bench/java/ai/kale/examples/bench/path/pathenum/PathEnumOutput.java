package ai.kale.examples.bench.path.pathenum;

import ai.kale.error.InvalidInputException;
import ai.kale.examples.bench.path.QueryTime;
import java.math.BigDecimal;
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
}
