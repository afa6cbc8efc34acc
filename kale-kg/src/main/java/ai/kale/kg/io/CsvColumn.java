package ai.kale.kg.io;

/**
 * A column of a CSV file, by name or by number.
 *
 * @param name its name in the header, compared without regard to case; empty if it is numbered
 * @param number its number from 1; 0 if it is named
 */
public record CsvColumn(String name, int number) {
  /** Checks that there is one of both. */
  public CsvColumn {
    if (name.isBlank() == (number < 1)) {
      throw new IllegalArgumentException(
          "a column has a name or a number from 1; got '" + name + "', " + number);
    }
  }

  /**
   * A column by its name in the header.
   *
   * @param name the name, in any case
   * @return a column
   */
  public static CsvColumn named(String name) {
    return new CsvColumn(name, 0);
  }

  /**
   * A column by its position.
   *
   * @param number from 1
   * @return a column
   */
  public static CsvColumn at(int number) {
    return new CsvColumn("", number);
  }

  /** What to call it in a message. */
  @Override
  public String toString() {
    return name.isEmpty() ? "column " + number : "column '" + name + "'";
  }
}
