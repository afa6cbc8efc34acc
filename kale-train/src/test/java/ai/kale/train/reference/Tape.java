package ai.kale.train.reference;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * Operations on matrices, each with the step back that adds its share to the gradients of what it
 * read. {@link #backward} takes the steps in reverse order.
 */
final class Tape {
  private final Deque<Runnable> steps = new ArrayDeque<>();

  void record(Runnable step) {
    steps.push(step);
  }

  /** Adds the gradient of a 1×1 matrix to the gradients of all it was computed from. */
  void backward(Matrix loss) {
    loss.gradient[0] += 1;
    while (!steps.isEmpty()) {
      steps.pop().run();
    }
  }

  /** {@code a bᵀ}: with b of shape {@code [out, in]}, a linear layer over the rows of a. */
  Matrix product(Matrix a, Matrix b) {
    Matrix result = new Matrix(a.rows, b.rows);
    for (int i = 0; i < a.rows; i++) {
      for (int j = 0; j < b.rows; j++) {
        double sum = 0;
        for (int k = 0; k < a.columns; k++) {
          sum += a.get(i, k) * b.get(j, k);
        }
        result.value[result.at(i, j)] = sum;
      }
    }
    record(
        () -> {
          for (int i = 0; i < a.rows; i++) {
            for (int j = 0; j < b.rows; j++) {
              double g = result.gradient[result.at(i, j)];
              for (int k = 0; k < a.columns; k++) {
                a.gradient[a.at(i, k)] += g * b.get(j, k);
                b.gradient[b.at(j, k)] += g * a.get(i, k);
              }
            }
          }
        });
    return result;
  }

  /** {@code a b}: every row a mixture of the rows of b. */
  Matrix mixture(Matrix a, Matrix b) {
    Matrix result = new Matrix(a.rows, b.columns);
    for (int i = 0; i < a.rows; i++) {
      for (int k = 0; k < b.rows; k++) {
        for (int j = 0; j < b.columns; j++) {
          result.value[result.at(i, j)] += a.get(i, k) * b.get(k, j);
        }
      }
    }
    record(
        () -> {
          for (int i = 0; i < a.rows; i++) {
            for (int k = 0; k < b.rows; k++) {
              for (int j = 0; j < b.columns; j++) {
                double g = result.gradient[result.at(i, j)];
                a.gradient[a.at(i, k)] += g * b.get(k, j);
                b.gradient[b.at(k, j)] += g * a.get(i, k);
              }
            }
          }
        });
    return result;
  }

  Matrix add(Matrix a, Matrix b) {
    Matrix result = new Matrix(a.rows, a.columns);
    for (int i = 0; i < result.value.length; i++) {
      result.value[i] = a.value[i] + b.value[i];
    }
    record(
        () -> {
          for (int i = 0; i < result.value.length; i++) {
            a.gradient[i] += result.gradient[i];
            b.gradient[i] += result.gradient[i];
          }
        });
    return result;
  }

  /** Adds one row to every row. */
  Matrix addRow(Matrix a, Matrix row) {
    Matrix result = new Matrix(a.rows, a.columns);
    for (int i = 0; i < result.value.length; i++) {
      result.value[i] = a.value[i] + row.value[i % a.columns];
    }
    record(
        () -> {
          for (int i = 0; i < result.value.length; i++) {
            a.gradient[i] += result.gradient[i];
            row.gradient[i % a.columns] += result.gradient[i];
          }
        });
    return result;
  }

  Matrix multiply(Matrix a, Matrix b) {
    Matrix result = new Matrix(a.rows, a.columns);
    for (int i = 0; i < result.value.length; i++) {
      result.value[i] = a.value[i] * b.value[i];
    }
    record(
        () -> {
          for (int i = 0; i < result.value.length; i++) {
            a.gradient[i] += result.gradient[i] * b.value[i];
            b.gradient[i] += result.gradient[i] * a.value[i];
          }
        });
    return result;
  }

  /** Multiplies row i by the i-th value of a column. */
  Matrix multiplyRows(Matrix a, Matrix column) {
    Matrix result = new Matrix(a.rows, a.columns);
    for (int i = 0; i < result.value.length; i++) {
      result.value[i] = a.value[i] * column.value[i / a.columns];
    }
    record(
        () -> {
          for (int i = 0; i < result.value.length; i++) {
            a.gradient[i] += result.gradient[i] * column.value[i / a.columns];
            column.gradient[i / a.columns] += result.gradient[i] * a.value[i];
          }
        });
    return result;
  }

  Matrix scale(Matrix a, double factor) {
    return apply(a, new Function(x -> factor * x, x -> factor));
  }

  /** Applies a function to every value. */
  Matrix apply(Matrix a, Function function) {
    Matrix result = new Matrix(a.rows, a.columns);
    for (int i = 0; i < result.value.length; i++) {
      result.value[i] = function.value().applyAsDouble(a.value[i]);
    }
    record(
        () -> {
          for (int i = 0; i < result.value.length; i++) {
            a.gradient[i] += result.gradient[i] * function.slope().applyAsDouble(a.value[i]);
          }
        });
    return result;
  }

  /** Chosen rows, in the order of the numbers; a row may come several times. */
  Matrix rows(Matrix a, int[] numbers) {
    Matrix result = new Matrix(numbers.length, a.columns);
    for (int i = 0; i < numbers.length; i++) {
      System.arraycopy(a.value, a.at(numbers[i], 0), result.value, result.at(i, 0), a.columns);
    }
    record(
        () -> {
          for (int i = 0; i < numbers.length; i++) {
            for (int j = 0; j < a.columns; j++) {
              a.gradient[a.at(numbers[i], j)] += result.gradient[result.at(i, j)];
            }
          }
        });
    return result;
  }

  /** Neighbouring columns. */
  Matrix columns(Matrix a, int from, int count) {
    Matrix result = new Matrix(a.rows, count);
    for (int i = 0; i < a.rows; i++) {
      System.arraycopy(a.value, a.at(i, from), result.value, result.at(i, 0), count);
    }
    record(
        () -> {
          for (int i = 0; i < a.rows; i++) {
            for (int j = 0; j < count; j++) {
              a.gradient[a.at(i, from + j)] += result.gradient[result.at(i, j)];
            }
          }
        });
    return result;
  }

  /** Puts matrices of as many columns one below the other. */
  Matrix stack(List<Matrix> parts) {
    int rows = parts.stream().mapToInt(part -> part.rows).sum();
    Matrix result = new Matrix(rows, parts.get(0).columns);
    int from = 0;
    for (Matrix part : parts) {
      int offset = from;
      System.arraycopy(part.value, 0, result.value, offset, part.value.length);
      record(
          () -> {
            for (int i = 0; i < part.value.length; i++) {
              part.gradient[i] += result.gradient[offset + i];
            }
          });
      from += part.value.length;
    }
    return result;
  }

  /** Puts matrices of as many rows side by side. */
  Matrix beside(List<Matrix> parts) {
    int columns = parts.stream().mapToInt(part -> part.columns).sum();
    Matrix result = new Matrix(parts.get(0).rows, columns);
    int from = 0;
    for (Matrix part : parts) {
      int offset = from;
      for (int i = 0; i < part.rows; i++) {
        System.arraycopy(
            part.value, part.at(i, 0), result.value, result.at(i, offset), part.columns);
      }
      record(
          () -> {
            for (int i = 0; i < part.rows; i++) {
              for (int j = 0; j < part.columns; j++) {
                part.gradient[part.at(i, j)] += result.gradient[result.at(i, offset + j)];
              }
            }
          });
      from += part.columns;
    }
    return result;
  }
}
