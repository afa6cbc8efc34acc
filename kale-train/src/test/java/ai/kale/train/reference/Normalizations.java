package ai.kale.train.reference;

/** Operations that look at whole rows. */
final class Normalizations {
  private Normalizations() {}

  /** Which places of a square of scores count. */
  interface Mask {
    boolean shows(int row, int column);
  }

  /** x / √(mean(x²) + ε), times the weight plus the offset. */
  static Matrix rms(Tape tape, Matrix x, Matrix weight, double epsilon, double offset) {
    Matrix result = new Matrix(x.rows, x.columns);
    double[] inverse = new double[x.rows];
    for (int i = 0; i < x.rows; i++) {
      double squares = 0;
      for (int j = 0; j < x.columns; j++) {
        squares += x.get(i, j) * x.get(i, j);
      }
      inverse[i] = 1 / Math.sqrt(squares / x.columns + epsilon);
      for (int j = 0; j < x.columns; j++) {
        result.value[x.at(i, j)] = x.get(i, j) * inverse[i] * (weight.value[j] + offset);
      }
    }
    tape.record(
        () -> {
          for (int i = 0; i < x.rows; i++) {
            double along = 0;
            for (int j = 0; j < x.columns; j++) {
              double g = result.gradient[x.at(i, j)];
              weight.gradient[j] += g * x.get(i, j) * inverse[i];
              along += g * (weight.value[j] + offset) * x.get(i, j);
            }
            double shared = along * Math.pow(inverse[i], 3) / x.columns;
            for (int j = 0; j < x.columns; j++) {
              double g = result.gradient[x.at(i, j)] * (weight.value[j] + offset);
              x.gradient[x.at(i, j)] += g * inverse[i] - x.get(i, j) * shared;
            }
          }
        });
    return result;
  }

  /** Softmax of each row over the places that the mask shows; the others are 0. */
  static Matrix softmax(Tape tape, Matrix x, Mask mask) {
    Matrix result = new Matrix(x.rows, x.columns);
    for (int i = 0; i < x.rows; i++) {
      double largest = Double.NEGATIVE_INFINITY;
      for (int j = 0; j < x.columns; j++) {
        largest = mask.shows(i, j) ? Math.max(largest, x.get(i, j)) : largest;
      }
      double sum = 0;
      for (int j = 0; j < x.columns; j++) {
        double e = mask.shows(i, j) ? Math.exp(x.get(i, j) - largest) : 0;
        result.value[x.at(i, j)] = e;
        sum += e;
      }
      for (int j = 0; j < x.columns; j++) {
        result.value[x.at(i, j)] /= sum;
      }
    }
    tape.record(
        () -> {
          for (int i = 0; i < x.rows; i++) {
            double mean = 0;
            for (int j = 0; j < x.columns; j++) {
              mean += result.gradient[x.at(i, j)] * result.get(i, j);
            }
            for (int j = 0; j < x.columns; j++) {
              x.gradient[x.at(i, j)] += result.get(i, j) * (result.gradient[x.at(i, j)] - mean);
            }
          }
        });
    return result;
  }

  /** The logarithm of the softmax of each row. */
  static Matrix logSoftmax(Tape tape, Matrix x) {
    Matrix result = new Matrix(x.rows, x.columns);
    for (int i = 0; i < x.rows; i++) {
      double largest = Double.NEGATIVE_INFINITY;
      for (int j = 0; j < x.columns; j++) {
        largest = Math.max(largest, x.get(i, j));
      }
      double sum = 0;
      for (int j = 0; j < x.columns; j++) {
        sum += Math.exp(x.get(i, j) - largest);
      }
      for (int j = 0; j < x.columns; j++) {
        result.value[x.at(i, j)] = x.get(i, j) - largest - Math.log(sum);
      }
    }
    tape.record(
        () -> {
          for (int i = 0; i < x.rows; i++) {
            double total = 0;
            for (int j = 0; j < x.columns; j++) {
              total += result.gradient[x.at(i, j)];
            }
            for (int j = 0; j < x.columns; j++) {
              x.gradient[x.at(i, j)] +=
                  result.gradient[x.at(i, j)] - Math.exp(result.get(i, j)) * total;
            }
          }
        });
    return result;
  }

  /** Divides each row by its sum. */
  static Matrix sumToOne(Tape tape, Matrix x) {
    Matrix result = new Matrix(x.rows, x.columns);
    double[] sums = new double[x.rows];
    for (int i = 0; i < x.value.length; i++) {
      sums[i / x.columns] += x.value[i];
    }
    for (int i = 0; i < x.value.length; i++) {
      result.value[i] = x.value[i] / sums[i / x.columns];
    }
    tape.record(
        () -> {
          for (int i = 0; i < x.rows; i++) {
            double mean = 0;
            for (int j = 0; j < x.columns; j++) {
              mean += result.gradient[x.at(i, j)] * result.get(i, j);
            }
            for (int j = 0; j < x.columns; j++) {
              x.gradient[x.at(i, j)] += (result.gradient[x.at(i, j)] - mean) / sums[i];
            }
          }
        });
    return result;
  }
}
