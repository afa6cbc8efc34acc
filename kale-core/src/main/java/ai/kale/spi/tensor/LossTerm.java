package ai.kale.spi.tensor;

/**
 * One summand of a loss: {@code weight / divisor · Σ_rows loss(row)}, in nats.
 *
 * <p>The divisor is explicit so that several small batches accumulate to exactly the gradient of
 * one large batch: each passes the row count of the whole. A term without rows is worth 0.
 *
 * @param name shown in metrics; unique within a step
 * @param rows the rows it reads
 * @param target what it wants of them; as many as there are rows
 * @param weight factor, finite
 * @param divisor usually the number of rows over all accumulated batches; positive
 */
public record LossTerm(
    String name, RowSelection rows, RowTarget target, double weight, double divisor) {
  /** Checks counts and ranges. */
  public LossTerm {
    if (target.count() != rows.count()) {
      throw new IllegalArgumentException(
          "term " + name + " has " + rows.count() + " rows but " + target.count() + " targets");
    }
    if (!Double.isFinite(weight) || !(divisor > 0)) {
      throw new IllegalArgumentException(
          "term "
              + name
              + " needs a finite weight and a positive divisor; got "
              + weight
              + " and "
              + divisor);
    }
  }

  /**
   * The mean over the rows.
   *
   * @param name shown in metrics
   * @param rows the rows it reads
   * @param target what it wants of them
   * @return a term with weight 1, divided by its row count
   */
  public static LossTerm mean(String name, RowSelection rows, RowTarget target) {
    return new LossTerm(name, rows, target, 1, Math.max(1, rows.count()));
  }
}
