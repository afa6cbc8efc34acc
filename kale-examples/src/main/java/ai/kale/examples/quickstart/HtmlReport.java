package ai.kale.examples.quickstart;

import ai.kale.data.RationalizedQuestion;
import java.util.List;
import java.util.Locale;

/** The run as one page that opens from disk and needs nothing else. */
final class HtmlReport {
  private static final int SAMPLES = 6;
  private static final String STYLE =
      """
      :root { color-scheme: light dark; }
      body { font: 16px/1.5 system-ui, sans-serif; max-width: 72rem; margin: 2rem auto; padding: 0 1rem; }
      .wide { overflow-x: auto; }
      table { border-collapse: collapse; font-variant-numeric: tabular-nums; font-size: 0.9rem; }
      th, td { padding: 0.3rem 0.7rem; text-align: right; border-bottom: 1px solid #8884; white-space: nowrap; }
      th:nth-child(-n+2), td:nth-child(-n+2) { text-align: left; }
      img { max-width: 100%; background: #fff; }
      blockquote { border-left: 3px solid #8888; margin: 0.5rem 0 1rem; padding-left: 1rem; }
      """;

  private final Task task;
  private final QuickstartOptions options;
  private final String reading;

  HtmlReport(Task task, QuickstartOptions options, String reading) {
    this.task = task;
    this.options = options;
    this.reading = reading;
  }

  String render(ResultTable table) {
    StringBuilder page = new StringBuilder("<!doctype html>\n<html lang=\"en\">\n<head>\n");
    page.append(
        "<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width\">\n");
    page.append("<title>KALE quickstart</title>\n<style>\n").append(STYLE).append("</style>\n");
    page.append("</head>\n<body>\n<h1>KALE quickstart: ")
        .append(escape(task.name()))
        .append("</h1>\n");
    paragraph(page, reading);
    table(page, table);
    image(page, Charts.accuracy(table.rows()), "Accuracy of every method");
    image(page, Charts.retention(table.rows()), "Accuracy against facts kept");
    page.append("<h2>How the data came about</h2>\n<ul>\n");
    task.notes().forEach(n -> page.append("<li>").append(escape(n)).append("</li>\n"));
    page.append("</ul>\n<h2>Some rationales the teacher read</h2>\n");
    samples(page);
    page.append("<h2>How to make this again</h2>\n");
    paragraph(
        page,
        String.format(
            Locale.ROOT,
            "Options: --seeds %d --steps %d --train %d --test %d --noise %s. The same options give the"
                + " same table. Every single result is in cells/, each in a file named by a hash of"
                + " all that determines it.",
            options.seeds,
            options.steps,
            options.train,
            options.test,
            options.noise));
    return page.append("</body>\n</html>\n").toString();
  }

  private static void table(StringBuilder page, ResultTable table) {
    page.append("<div class=\"wide\">\n<table>\n<tr>");
    ResultTable.HEADER.forEach(h -> page.append("<th>").append(escape(h)).append("</th>"));
    page.append("</tr>\n");
    for (ResultTable.Row row : table.rows()) {
      page.append("<tr>");
      ResultTable.cells(row).forEach(c -> page.append("<td>").append(escape(c)).append("</td>"));
      page.append("</tr>\n");
    }
    page.append("</table>\n</div>\n");
  }

  private void samples(StringBuilder page) {
    List<RationalizedQuestion> pool = task.pool();
    int every = Math.max(1, pool.size() / SAMPLES);
    for (int i = 0; i < pool.size() && i < every * SAMPLES; i += every) {
      RationalizedQuestion sample = pool.get(i);
      page.append("<p><b>").append(escape(sample.question().text())).append("</b> ");
      page.append(escape(sample.question().answer())).append("</p>\n<blockquote>");
      page.append(escape(sample.rationale().text())).append("</blockquote>\n");
    }
  }

  private static void paragraph(StringBuilder page, String text) {
    page.append("<p>").append(escape(text)).append("</p>\n");
  }

  private static void image(StringBuilder page, String source, String description) {
    page.append("<p><img src=\"").append(source).append("\" alt=\"").append(escape(description));
    page.append("\"></p>\n");
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
