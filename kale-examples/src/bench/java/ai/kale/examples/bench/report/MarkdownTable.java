package ai.kale.examples.bench.report;

import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** A table that grows row by row; the first column is text, the others are numbers. */
public final class MarkdownTable {
  /** What stands where there is no number. */
  public static final String NONE = "–";

  private final StringBuilder text = new StringBuilder();

  /**
   * An empty table.
   *
   * @param head titles of the columns
   */
  public MarkdownTable(String... head) {
    row(List.of(head));
    text.append("| --- ").append("| ---: ".repeat(head.length - 1)).append("|\n");
  }

  /**
   * Adds a row.
   *
   * @param cells one for each column
   * @return this table
   */
  public MarkdownTable row(List<String> cells) {
    text.append("| ").append(String.join(" | ", cells)).append(" |\n");
    return this;
  }

  /**
   * A number as text.
   *
   * @param value the number, or none
   * @param unit what it is divided by
   * @param decimals digits after the point
   * @return the text, a dash where there is none
   */
  public static String number(OptionalDouble value, double unit, int decimals) {
    return value.isEmpty()
        ? NONE
        : String.format(Locale.ROOT, "%,." + decimals + "f", value.getAsDouble() / unit);
  }

  /**
   * A ratio as text.
   *
   * @param value the ratio, or none
   * @return the text with two decimals, a dash where there is none
   */
  public static String ratio(OptionalDouble value) {
    return value.isEmpty() ? NONE : number(value, 1, 2) + "×";
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
