package ai.kale.examples.bench;

import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** A table that grows row by row; the first column is text, the others are numbers. */
final class MarkdownTable {
  static final String NONE = "–";
  private final StringBuilder text = new StringBuilder();

  MarkdownTable(String... head) {
    row(List.of(head));
    text.append("| --- ").append("| ---: ".repeat(head.length - 1)).append("|\n");
  }

  MarkdownTable row(List<String> cells) {
    text.append("| ").append(String.join(" | ", cells)).append(" |\n");
    return this;
  }

  /** A number with some decimals, divided by a unit; a dash where there is none. */
  static String number(OptionalDouble value, double unit, int decimals) {
    return value.isEmpty()
        ? NONE
        : String.format(Locale.ROOT, "%,." + decimals + "f", value.getAsDouble() / unit);
  }

  static String ratio(OptionalDouble value) {
    return value.isEmpty() ? NONE : number(value, 1, 2) + "×";
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
