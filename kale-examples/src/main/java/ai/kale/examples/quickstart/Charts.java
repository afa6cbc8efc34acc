package ai.kale.examples.quickstart;

import ai.kale.error.SetupException;
import ai.kale.eval.EvaluationResult;
import java.awt.Color;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.internal.chartpart.Chart;
import org.knowm.xchart.style.Styler;

/** The report's plots, as images that stand in the page itself. */
final class Charts {
  private static final int WIDTH = 1000;
  private static final int HEIGHT = 560;
  private static final int LABEL_ANGLE = 90;
  private static final int MARKER_SIZE = 9;

  private Charts() {}

  /** Accuracy of every row, with one standard deviation over seeds. */
  static String accuracy(List<ResultTable.Row> rows) {
    CategoryChart chart =
        new CategoryChartBuilder()
            .width(WIDTH)
            .height(HEIGHT)
            .title("Accuracy on held-out questions (bars: mean, whiskers: one sd over seeds)")
            .yAxisTitle("accuracy")
            .build();
    style(chart.getStyler());
    chart.getStyler().setXAxisLabelRotation(LABEL_ANGLE);
    chart.getStyler().setYAxisMin(0.0).setYAxisMax(1.0);
    chart.getStyler().setOverlapped(true);
    List<String> names = rows.stream().map(Charts::name).toList();
    for (String condition : rows.stream().map(ResultTable.Row::condition).distinct().toList()) {
      List<Double> values = new ArrayList<>();
      List<Double> spreads = new ArrayList<>();
      for (ResultTable.Row row : rows) {
        boolean here = row.condition().equals(condition);
        double spread = row.accuracySpread();
        values.add(here ? row.mean(EvaluationResult.ACCURACY) : 0.0);
        spreads.add(here && !Double.isNaN(spread) ? spread : 0.0);
      }
      chart.addSeries(condition, names, values, spreads);
    }
    return image(chart);
  }

  /** What each method gained against what it kept. */
  static String retention(List<ResultTable.Row> rows) {
    XYChart chart =
        new XYChartBuilder()
            .width(WIDTH)
            .height(HEIGHT)
            .title("Accuracy against facts kept (each point a seed)")
            .xAxisTitle("one-hop facts still answered right")
            .yAxisTitle("accuracy on held-out questions")
            .build();
    style(chart.getStyler());
    chart.getStyler().setDefaultSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Scatter);
    chart.getStyler().setMarkerSize(MARKER_SIZE);
    for (ResultTable.Row row : rows) {
      if (row.results().get(0).metrics().containsKey(Examination.RECALL)) {
        chart.addSeries(
            name(row) + ", " + row.condition(),
            row.results().stream().map(r -> r.metric(Examination.RECALL)).toList(),
            row.results().stream().map(r -> r.metric(EvaluationResult.ACCURACY)).toList());
      }
    }
    return image(chart);
  }

  private static String name(ResultTable.Row row) {
    return row.method();
  }

  private static void style(Styler styler) {
    styler.setChartBackgroundColor(Color.WHITE);
    styler.setLegendPosition(Styler.LegendPosition.OutsideE);
  }

  private static String image(Chart<?, ?> chart) {
    try {
      byte[] png = BitmapEncoder.getBitmapBytes(chart, BitmapEncoder.BitmapFormat.PNG);
      return "data:image/png;base64," + Base64.getEncoder().encodeToString(png);
    } catch (IOException e) {
      throw new SetupException("cannot draw a chart: " + e.getMessage(), e);
    }
  }
}
