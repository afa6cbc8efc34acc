package ai.kale.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import ai.kale.eval.EvaluationResult;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class HtmlReportTest {
  private static final Pattern IMAGE =
      Pattern.compile("<img src=\"data:image/png;base64,([A-Za-z0-9+/=]+)\" alt=\"[^\"]+\">");

  private static ResultTable table() {
    ResultTable table = new ResultTable();
    table.addUntrained("a <base> & \"more\"", Samples.result("base", 0, 2));
    List<Cell> cells = Cell.all(2, 0.3, true);
    List<EvaluationResult> results = new ArrayList<>();
    for (Cell cell : cells) {
      results.add(
          Samples.result(cell.series(), cell.seed(), cell.method() == Method.SFT ? 2 : 5)
              .with(Examination.RECALL, 0.5));
    }
    table.addCells(cells, results);
    return table;
  }

  private static String page(ResultTable table) {
    Task task =
        Samples.task(
            "<script>alert('x')</script>",
            List.of(
                Samples.rationalized(
                    Samples.question("<b>bold</b>", "kind", "R&D"), "An <i>answer</i> & \"why\".")),
            List.of(Samples.question("q", "kind", "x")),
            List.of("5 < 6 questions"));
    return new HtmlReport(task, new QuickstartOptions(), "what it shows").render(table);
  }

  @Test
  void holdsEveryCellOfEveryRow() {
    ResultTable table = table();

    String page = page(table);

    for (ResultTable.Row row : table.rows()) {
      StringBuilder expected = new StringBuilder("<tr>");
      ResultTable.cells(row)
          .forEach(
              cell ->
                  expected
                      .append("<td>")
                      .append(
                          cell.replace("&", "&amp;")
                              .replace("<", "&lt;")
                              .replace(">", "&gt;")
                              .replace("\"", "&quot;"))
                      .append("</td>"));
      assertThat(page).contains(expected.append("</tr>"));
    }
    ResultTable.HEADER.forEach(
        head -> assertThat(page).contains("<th>" + head.replace("&", "&amp;") + "</th>"));
  }

  @Test
  void escapesWhateverComesFromData() {
    assertThat(page(table()))
        .doesNotContain("<script", "<b>bold", "<i>answer", "<base>", "5 < 6", "R&D")
        .contains("&lt;script&gt;", "&lt;b&gt;bold", "R&amp;D", "5 &lt; 6 questions")
        .contains("An &lt;i&gt;answer&lt;/i&gt; &amp; &quot;why&quot;.");
  }

  @Test
  void holdsItsImagesAndNeedsNothingElse() {
    String page = page(table());
    Matcher image = IMAGE.matcher(page);
    int images = 0;
    while (image.find()) {
      images++;
      byte[] png = Base64.getDecoder().decode(image.group(1));
      assertThat(png).startsWith(0x89, 'P', 'N', 'G').hasSizeGreaterThan(1000);
    }

    assertThat(images).isEqualTo(2);
    assertThat(page).doesNotContain("http://", "https://", "<link");
  }

  @Test
  void drawsNothingBadlyWhereOnlyUntrainedRowsAre() {
    ResultTable table = new ResultTable();
    table.addUntrained("base", Samples.result("base", 0, 2));

    assertThat(page(table)).contains("<td>base</td>");
  }
}
