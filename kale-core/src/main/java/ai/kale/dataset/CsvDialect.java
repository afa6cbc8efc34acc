package ai.kale.dataset;

/**
 * How a file of separated values is written. Quoted by RFC 4180: a quote inside quotes is doubled,
 * and a quoted value may go over several lines.
 *
 * @param separator between values; a comma by default
 * @param quote around values that hold separators or line breaks; {@code "} by default
 * @param header whether the first row names the columns; without it they are called {@code "1"},
 *     {@code "2"} and so on
 */
public record CsvDialect(char separator, char quote, boolean header) {
  /** Refuses what cannot be told apart. */
  public CsvDialect {
    if (separator == quote || separator == '\n' || separator == '\r') {
      throw new IllegalArgumentException(
          "separator and quote must differ and be no line break: '"
              + separator
              + "', '"
              + quote
              + "'");
    }
  }

  /** Commas, double quotes, a header. */
  public static CsvDialect commas() {
    return new CsvDialect(',', '"', true);
  }

  /** Tabs, double quotes, a header. */
  public static CsvDialect tabs() {
    return new CsvDialect('\t', '"', true);
  }

  /**
   * The same with or without a header.
   *
   * @param newHeader whether the first row names the columns
   * @return a new dialect
   */
  public CsvDialect withHeader(boolean newHeader) {
    return new CsvDialect(separator, quote, newHeader);
  }
}
