package ai.kale.examples.bench.path;

import static ai.kale.examples.bench.report.MarkdownTable.NONE;
import static ai.kale.examples.bench.report.MarkdownTable.number;

import ai.kale.examples.bench.path.find.PathContender;
import ai.kale.examples.bench.path.run.AllQuestions;
import ai.kale.examples.bench.path.run.Cell;
import ai.kale.examples.bench.path.run.CellResult;
import ai.kale.examples.bench.report.MarkdownTable;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** The tables of {@link PathsReport}. */
final class PathsTables {
  private static final double MILLI = 1e-3;
  private static final double MEDIAN = 0.5;
  private static final double NEARLY_ALL = 0.99;

  private final List<PathOutcome> outcomes;
  private final int pairs;
  private final double queryLimit;

  PathsTables(List<PathOutcome> outcomes, int pairs, double queryLimit) {
    this.outcomes = List.copyOf(outcomes);
    this.pairs = pairs;
    this.queryLimit = queryLimit;
  }

  /** One row for each contender in each cell of a graph. */
  String of(String graph) {
    MarkdownTable table =
        new MarkdownTable(
            "Contender",
            "L",
            "K",
            "paths differ in",
            "median, ms",
            "p99, ms",
            "mean, ms",
            "paths/s",
            "arcs/s",
            "paths",
            "stopped",
            "not asked",
            "median, of KALE's",
            "mean, of KALE's");
    List<PathOutcome> here = outcomes.stream().filter(o -> o.graph().equals(graph)).toList();
    for (Cell cell : here.stream().map(o -> o.result().cell()).distinct().toList()) {
      for (PathContender who :
          here.stream().map(PathOutcome::contender).distinct().sorted().toList()) {
        row(table, cell, who, summary(here, cell, who), summary(here, cell, who.reference()));
      }
    }
    return table.toString();
  }

  private CellSummary summary(List<PathOutcome> here, Cell cell, PathContender who) {
    List<CellResult> rounds =
        here.stream()
            .filter(o -> o.contender() == who && o.result().cell().equals(cell))
            .map(PathOutcome::result)
            .toList();
    return CellSummary.of(rounds, queryLimit);
  }

  private void row(
      MarkdownTable table, Cell cell, PathContender who, CellSummary sum, CellSummary reference) {
    boolean none = sum.asked() == 0;
    double arcs = sum.arcsPerSecond();
    table.row(
        List.of(
            who.title(),
            Integer.toString(cell.hops()),
            String.format(Locale.ROOT, "%,d", cell.maxPaths()),
            who.counts().title(),
            none ? NONE : time(sum, MEDIAN),
            none ? NONE : time(sum, NEARLY_ALL),
            none ? NONE : mark(sum.stopped() > 0) + millis(new Percentiles(sum.seconds()).mean()),
            sum.paths() == 0 ? NONE : rate(sum.pathsPerSecond()),
            arcs < 0 ? NONE : rate(arcs),
            none ? NONE : String.format(Locale.ROOT, "%,d", sum.paths()),
            none ? NONE : Long.toString(sum.stopped()),
            Integer.toString(pairs - sum.asked()),
            ratio(sum, reference, true),
            ratio(sum, reference, false)));
  }

  private static String time(CellSummary sum, double share) {
    Percentiles times = new Percentiles(sum.seconds());
    return mark(sum.bounded(share)) + millis(share == MEDIAN ? times.median() : times.at(share));
  }

  /** Of the queries that both were asked; with a sign where one was stopped and it is a bound. */
  private static String ratio(CellSummary sum, CellSummary reference, boolean median) {
    int both = Math.min(sum.asked(), reference.asked());
    if (both == 0) {
      return NONE;
    }
    CellSummary one = sum.first(both);
    CellSummary other = reference.first(both);
    boolean above = median ? one.bounded(MEDIAN) : one.stopped() > 0;
    boolean below = median ? other.bounded(MEDIAN) : other.stopped() > 0;
    if (above && below) {
      return NONE;
    }
    Percentiles a = new Percentiles(one.seconds());
    Percentiles b = new Percentiles(other.seconds());
    double ratio = median ? a.median() / b.median() : a.mean() / b.mean();
    return (above ? ">" : below ? "<" : "") + decimals(ratio) + "×";
  }

  private static String mark(boolean bounded) {
    return bounded ? ">" : "";
  }

  private static String rate(double value) {
    return number(OptionalDouble.of(value), 1, 0);
  }

  private static String millis(double seconds) {
    return decimals(seconds / MILLI);
  }

  /** Three digits that say something, more for large numbers. */
  static String decimals(double value) {
    int digits = value >= 100 ? 0 : value >= 10 ? 1 : value >= 1 ? 2 : value >= 0.1 ? 3 : 4;
    return number(OptionalDouble.of(value), 1, digits);
  }

  /** One row for each file of questions and limit of paths. */
  static String questions(List<AllQuestions.Row> rows) {
    MarkdownTable table =
        new MarkdownTable(
            "metaqa-all: topic to all answers",
            "K",
            "questions",
            "asked",
            "wall, s",
            "threads",
            "questions a second",
            "with a path",
            "answers reached",
            "paths",
            "cut at K");
    for (AllQuestions.Row row : rows) {
      table.row(
          List.of(
              row.hops() + "-hop questions",
              String.format(Locale.ROOT, "%,d", row.maxPaths()),
              String.format(Locale.ROOT, "%,d", row.questions()),
              String.format(Locale.ROOT, "%,d", row.askable()),
              decimals(row.wallSeconds()),
              Integer.toString(row.threads()),
              String.format(Locale.ROOT, "%,.0f", row.askable() / row.wallSeconds()),
              percent(row.withPath(), row.questions()),
              percent(row.reached(), row.answers()),
              String.format(Locale.ROOT, "%,d", row.paths()),
              String.format(Locale.ROOT, "%,d", row.cut())));
    }
    return table.toString();
  }

  private static String percent(long part, long whole) {
    return String.format(Locale.ROOT, "%.2f %%", 100.0 * part / whole);
  }
}
