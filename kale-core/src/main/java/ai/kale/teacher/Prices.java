package ai.kale.teacher;

import java.math.BigDecimal;

/**
 * What a teacher charges; from the price list of whoever sends the bill.
 *
 * @param inputPerMillion for a million tokens read, not negative
 * @param outputPerMillion for a million tokens written, not negative
 * @param currency a short name such as {@code "USD"}, for messages
 */
public record Prices(BigDecimal inputPerMillion, BigDecimal outputPerMillion, String currency) {
  /** Checks the range. */
  public Prices {
    if (inputPerMillion.signum() < 0 || outputPerMillion.signum() < 0 || currency.isBlank()) {
      throw new IllegalArgumentException(
          "prices are not negative and have a currency; got "
              + inputPerMillion
              + " and "
              + outputPerMillion
              + " '"
              + currency
              + "'");
    }
  }

  /**
   * Prices as they stand in a list.
   *
   * @param inputPerMillion for a million tokens read: {@code "2.50"}
   * @param outputPerMillion for a million tokens written: {@code "10.00"}
   * @param currency a short name such as {@code "USD"}
   * @return the prices
   */
  public static Prices perMillion(
      String inputPerMillion, String outputPerMillion, String currency) {
    return new Prices(new BigDecimal(inputPerMillion), new BigDecimal(outputPerMillion), currency);
  }

  /**
   * What tokens cost, exactly.
   *
   * @param promptTokens tokens read
   * @param completionTokens tokens written
   * @return the price
   */
  public Money cost(long promptTokens, long completionTokens) {
    BigDecimal read = inputPerMillion.multiply(BigDecimal.valueOf(promptTokens));
    BigDecimal written = outputPerMillion.multiply(BigDecimal.valueOf(completionTokens));
    return new Money(read.add(written).movePointLeft(6), currency);
  }
}
