package ai.kale.examples.quickstart;

import ai.kale.eval.EvaluationResult;
import ai.kale.eval.MeanInterval;
import ai.kale.eval.PairedComparison;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * The results, row by row: a method under a condition, its numbers, and its difference from SFT.
 */
final class ResultTable {
  private static final double CONFIDENCE = 0.95;

  private final List<Row> rows = new ArrayList<>();

  /**
   * One row.
   *
   * @param condition clean, or the share of wrong answers
   * @param method title
   * @param results one for each seed, or a single one where there is nothing random
   * @param againstSft paired difference in accuracy from SFT under the same condition; empty for
   *     SFT itself and for what is not trained
   */
  record Row(
      String condition,
      String method,
      List<EvaluationResult> results,
      List<PairedComparison> againstSft) {
    double mean(String metric) {
      return results.stream()
          .filter(r -> r.metrics().containsKey(metric))
          .mapToDouble(r -> r.metric(metric))
          .average()
          .orElse(Double.NaN);
    }

    double accuracySpread() {
      return results.size() < 2
          ? Double.NaN
          : MeanInterval.of(
                  results.stream().map(r -> r.metric(EvaluationResult.ACCURACY)).toList(),
                  CONFIDENCE)
              .sd();
    }
  }

  /** Adds a row for something that is not trained. */
  void addUntrained(String method, EvaluationResult result) {
    rows.add(new Row("untrained", method, List.of(result), List.of()));
  }

  /** Adds the rows of all cells. */
  void addCells(List<Cell> cells, List<EvaluationResult> results) {
    Map<Double, Map<Method, List<EvaluationResult>>> grouped = new TreeMap<>();
    for (int i = 0; i < cells.size(); i++) {
      grouped
          .computeIfAbsent(cells.get(i).noise(), key -> new LinkedHashMap<>())
          .computeIfAbsent(cells.get(i).method(), key -> new ArrayList<>())
          .add(results.get(i));
    }
    grouped.forEach(
        (noise, byMethod) ->
            byMethod.forEach(
                (method, list) -> {
                  List<EvaluationResult> sft = byMethod.getOrDefault(Method.SFT, List.of());
                  boolean compare = method != Method.SFT && !sft.isEmpty();
                  rows.add(
                      new Row(
                          condition(noise),
                          method.title(),
                          list,
                          compare ? List.of(PairedComparison.ofAccuracy(list, sft)) : List.of()));
                }));
  }

  private static String condition(double noise) {
    return noise == 0
        ? "clean answers"
        : String.format(Locale.ROOT, "%.0f %% wrong answers", 100 * noise);
  }

  List<Row> rows() {
    return List.copyOf(rows);
  }

  static final List<String> HEADER =
      List.of(
          "condition",
          "method",
          "accuracy",
          "± sd",
          "difference from SFT [95 % CI]",
          "known & incorrect",
          "facts kept",
          "fact loss",
          "tokens written",
          "1000 tokens trained");

  /** The cells of a row as text. */
  static List<String> cells(Row row) {
    return List.of(
        row.condition(),
        row.method(),
        number("%.3f", row.mean(EvaluationResult.ACCURACY)),
        number("%.3f", row.accuracySpread()),
        row.againstSft().stream().map(ResultTable::difference).findFirst().orElse("–"),
        number("%.3f", row.mean(Examination.KNOWN_INCORRECT)),
        number("%.3f", row.mean(Examination.RECALL)),
        number("%.2f", row.mean(Examination.FACT_LOSS)),
        number("%.1f", row.mean(CellRunner.ANSWER_TOKENS)),
        number("%.0f", row.mean(CellRunner.TOKENS) / 1000));
  }

  private static String difference(PairedComparison comparison) {
    String verdict =
        switch (comparison.verdict()) {
          case BETTER, WORSE -> "";
          case TIE -> " tie";
          case NOT_ENOUGH_SEEDS -> " (one seed)";
        };
    MeanInterval interval = comparison.interval();
    return comparison.seeds() < 2
        ? String.format(Locale.ROOT, "%+.3f%s", interval.mean(), verdict)
        : String.format(
            Locale.ROOT,
            "%+.3f [%+.3f, %+.3f]%s",
            interval.mean(),
            interval.low(),
            interval.high(),
            verdict);
  }

  private static String number(String format, double value) {
    return Double.isNaN(value) ? "–" : String.format(Locale.ROOT, format, value);
  }

  /** The table as Markdown, columns aligned. */
  String markdown() {
    List<List<String>> all = new ArrayList<>();
    all.add(HEADER);
    rows.forEach(row -> all.add(cells(row)));
    int[] widths = new int[HEADER.size()];
    all.forEach(
        line -> {
          for (int i = 0; i < widths.length; i++) {
            widths[i] = Math.max(widths[i], line.get(i).length());
          }
        });
    StringBuilder text = new StringBuilder();
    for (int l = 0; l < all.size(); l++) {
      for (int i = 0; i < widths.length; i++) {
        text.append("| ").append(pad(all.get(l).get(i), widths[i])).append(' ');
      }
      text.append("|\n");
      if (l == 0) {
        for (int width : widths) {
          text.append('|').append("-".repeat(width + 2));
        }
        text.append("|\n");
      }
    }
    return text.toString();
  }

  private static String pad(String text, int width) {
    return text + " ".repeat(width - text.length());
  }
}
