package ai.kale.train.reference;

import ai.kale.train.checkpoint.ExpertConfig;

/** How much each expert has to say on each row. */
final class ExpertRouting {
  private ExpertRouting() {}

  /**
   * Softmax over all experts, then only the most probable of each row, the others 0; made to sum to
   * 1 on demand. All experts may then be computed for all rows, and a share of 0 drops out.
   */
  static Matrix shares(Tape tape, Matrix scores, ExpertConfig experts) {
    Matrix all = Normalizations.softmax(tape, scores, (row, expert) -> true);
    Matrix chosen = new Matrix(all.rows, all.columns);
    for (int row = 0; row < all.rows; row++) {
      for (int expert = 0; expert < all.columns; expert++) {
        chosen.value[all.at(row, expert)] = rank(all, row, expert) < experts.perToken() ? 1 : 0;
      }
    }
    Matrix kept = tape.multiply(all, chosen);
    return experts.normalized() ? Normalizations.sumToOne(tape, kept) : kept;
  }

  /** Number of experts that come first; equal ones in their order. */
  private static int rank(Matrix all, int row, int expert) {
    int before = 0;
    for (int other = 0; other < all.columns; other++) {
      double difference = all.get(row, other) - all.get(row, expert);
      before += difference > 0 || (difference == 0 && other < expert) ? 1 : 0;
    }
    return before;
  }
}
