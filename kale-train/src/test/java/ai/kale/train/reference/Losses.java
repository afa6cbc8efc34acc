package ai.kale.train.reference;

import ai.kale.spi.tensor.Distributions;
import ai.kale.spi.tensor.Divergence;
import ai.kale.spi.tensor.RowTarget;

/** The loss of rows of logits, summed: a 1×1 matrix. */
final class Losses {
  private Losses() {}

  static Matrix of(Tape tape, Matrix logits, RowTarget target) {
    if (target instanceof RowTarget.Tokens tokens) {
      return crossEntropy(tape, Normalizations.logSoftmax(tape, logits), tokens.tokens());
    }
    if (target instanceof RowTarget.Match match) {
      Matrix tempered = tape.scale(logits, 1 / match.temperature());
      Matrix logs = Normalizations.logSoftmax(tape, tempered);
      return divergence(tape, outcomes(tape, logs, match.q()), match);
    }
    throw new IllegalStateException("unknown target " + target);
  }

  private static Matrix crossEntropy(Tape tape, Matrix logs, int[] tokens) {
    Matrix sum = new Matrix(1, 1);
    for (int i = 0; i < tokens.length; i++) {
      sum.value[0] -= logs.get(i, tokens[i]);
    }
    tape.record(
        () -> {
          for (int i = 0; i < tokens.length; i++) {
            logs.gradient[logs.at(i, tokens[i])] -= sum.gradient[0];
          }
        });
    return sum;
  }

  /** Log-probabilities of the k tokens of each row and, if there are others, of all others. */
  private static Matrix outcomes(Tape tape, Matrix logs, Distributions q) {
    int k = q.k();
    boolean tail = k < logs.columns;
    Matrix result = new Matrix(logs.rows, tail ? k + 1 : k);
    boolean[] listed = new boolean[logs.value.length];
    for (int i = 0; i < logs.rows; i++) {
      for (int j = 0; j < k; j++) {
        int at = logs.at(i, q.ids()[i * k + j]);
        listed[at] = true;
        result.value[result.at(i, j)] = logs.value[at];
      }
      if (tail) {
        result.value[result.at(i, k)] = others(logs, i, listed);
      }
    }
    tape.record(
        () -> {
          for (int i = 0; i < logs.rows; i++) {
            for (int j = 0; j < k; j++) {
              logs.gradient[logs.at(i, q.ids()[i * k + j])] += result.gradient[result.at(i, j)];
            }
            for (int v = 0; tail && v < logs.columns; v++) {
              int at = logs.at(i, v);
              double share = listed[at] ? 0 : Math.exp(logs.value[at] - result.get(i, k));
              logs.gradient[at] += share * result.gradient[result.at(i, k)];
            }
          }
        });
    return result;
  }

  /** The logarithm of the mass of the tokens of a row that are not listed. */
  static double others(Matrix logs, int row, boolean[] listed) {
    double largest = Double.NEGATIVE_INFINITY;
    for (int v = 0; v < logs.columns; v++) {
      largest = listed[logs.at(row, v)] ? largest : Math.max(largest, logs.get(row, v));
    }
    double sum = 0;
    for (int v = 0; v < logs.columns; v++) {
      sum += listed[logs.at(row, v)] ? 0 : Math.exp(logs.get(row, v) - largest);
    }
    return largest + Math.log(sum);
  }

  /** With a = log p and b = log q; in each slope, what is the same for all outcomes drops out. */
  private static Matrix divergence(Tape tape, Matrix a, RowTarget.Match match) {
    Distributions q = match.q();
    Matrix sum = new Matrix(1, 1);
    double[] slope = new double[a.value.length];
    for (int i = 0; i < a.rows; i++) {
      for (int j = 0; j < a.columns; j++) {
        double b = j < q.k() ? q.logProbabilities()[i * q.k() + j] : q.tailLogProbabilities()[i];
        int at = a.at(i, j);
        sum.value[0] += outcome(match.divergence(), a.value[at], b);
        slope[at] = slope(match.divergence(), a.value[at], b);
      }
    }
    tape.record(
        () -> {
          for (int at = 0; at < slope.length; at++) {
            a.gradient[at] += sum.gradient[0] * slope[at];
          }
        });
    return sum;
  }

  /** What one outcome adds to the divergence. */
  private static double outcome(Divergence divergence, double a, double b) {
    double beta = divergence.beta();
    return switch (divergence.kind()) {
      case FORWARD_KL -> weighted(b, b - a);
      case REVERSE_KL -> weighted(a, a - b);
      case JENSEN_SHANNON -> {
        double m = mixture(a, b, beta);
        yield beta * weighted(b, b - m) + (1 - beta) * weighted(a, a - m);
      }
    };
  }

  /** The derivative of {@link #outcome} by a. */
  private static double slope(Divergence divergence, double a, double b) {
    double beta = divergence.beta();
    return switch (divergence.kind()) {
      case FORWARD_KL -> -Math.exp(b);
      case REVERSE_KL -> weighted(a, a - b + 1);
      case JENSEN_SHANNON -> (1 - beta) * weighted(a, a - mixture(a, b, beta));
    };
  }

  /** e^log · factor, where an impossible outcome counts nothing. */
  private static double weighted(double log, double factor) {
    return log == Double.NEGATIVE_INFINITY ? 0 : Math.exp(log) * factor;
  }

  /** log(β q + (1 − β) p). */
  private static double mixture(double a, double b, double beta) {
    return Math.log(beta * Math.exp(b) + (1 - beta) * Math.exp(a));
  }
}
