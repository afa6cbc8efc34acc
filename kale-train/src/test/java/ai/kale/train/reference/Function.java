package ai.kale.train.reference;

import java.util.function.DoubleUnaryOperator;

/**
 * A function of one number.
 *
 * @param value the function
 * @param slope its derivative
 */
record Function(DoubleUnaryOperator value, DoubleUnaryOperator slope) {
  private static final double ROOT = Math.sqrt(2 / Math.PI);

  /** x σ(x). */
  static Function silu() {
    return new Function(
        x -> x / (1 + Math.exp(-x)),
        x -> {
          double sigmoid = 1 / (1 + Math.exp(-x));
          return sigmoid * (1 + x * (1 - sigmoid));
        });
  }

  /** ½ x (1 + tanh(√(2/π) (x + 0.044715 x³))). */
  static Function tanhGelu() {
    return new Function(
        x -> 0.5 * x * (1 + Math.tanh(ROOT * (x + 0.044715 * x * x * x))),
        x -> {
          double tanh = Math.tanh(ROOT * (x + 0.044715 * x * x * x));
          double inner = ROOT * (1 + 3 * 0.044715 * x * x);
          return 0.5 * (1 + tanh) + 0.5 * x * (1 - tanh * tanh) * inner;
        });
  }

  /** c tanh(x / c). */
  static Function cap(double c) {
    return new Function(x -> c * Math.tanh(x / c), x -> 1 - Math.tanh(x / c) * Math.tanh(x / c));
  }

  /** x, kept within ± the bound. */
  static Function clip(double bound) {
    return new Function(
        x -> Math.max(-bound, Math.min(bound, x)), x -> Math.abs(x) <= bound ? 1 : 0);
  }
}
