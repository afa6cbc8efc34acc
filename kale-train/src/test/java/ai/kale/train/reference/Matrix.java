package ai.kale.train.reference;

/** A matrix, row by row, with the gradient that a backward pass adds up. */
final class Matrix {
  final int rows;
  final int columns;
  final double[] value;
  final double[] gradient;

  Matrix(int rows, int columns) {
    this(rows, columns, new double[rows * columns]);
  }

  Matrix(int rows, int columns, double[] value) {
    if (value.length != rows * columns) {
      throw new IllegalArgumentException(
          value.length + " values do not make " + rows + " rows of " + columns);
    }
    this.rows = rows;
    this.columns = columns;
    this.value = value;
    this.gradient = new double[value.length];
  }

  /** Where a place lies in both arrays. */
  int at(int row, int column) {
    return row * columns + column;
  }

  double get(int row, int column) {
    return value[at(row, column)];
  }
}
