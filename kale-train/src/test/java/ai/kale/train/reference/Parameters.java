package ai.kale.train.reference;

import ai.kale.error.InvalidInputException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Named matrices in a fixed order; a vector is a matrix of one row. */
final class Parameters {
  private final Map<String, long[]> shapes = new LinkedHashMap<>();
  private final Map<String, Matrix> matrices = new LinkedHashMap<>();

  /** Adds a parameter of zeros. */
  Matrix add(String name, long... shape) {
    int rows = shape.length == 1 ? 1 : Math.toIntExact(shape[0]);
    Matrix matrix = new Matrix(rows, Math.toIntExact(shape[shape.length - 1]));
    shapes.put(name, shape.clone());
    matrices.put(name, matrix);
    return matrix;
  }

  List<String> names() {
    return List.copyOf(shapes.keySet());
  }

  Map<String, long[]> shapes() {
    return shapes;
  }

  boolean has(String name) {
    return matrices.containsKey(name);
  }

  Matrix get(String name) {
    Matrix matrix = matrices.get(name);
    if (matrix == null) {
      throw new InvalidInputException(
          "the model has no parameter " + name + "; parameterNames() lists them");
    }
    return matrix;
  }

  long[] shape(String name) {
    get(name);
    return shapes.getOrDefault(name, new long[0]).clone();
  }

  void set(String name, float[] values) {
    Matrix matrix = get(name);
    for (int i = 0; i < matrix.value.length; i++) {
      matrix.value[i] = values[i];
    }
  }

  float[] floats(String name) {
    return floats(get(name).value);
  }

  static float[] floats(double[] values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }

  void zeroGradients() {
    matrices.values().forEach(matrix -> Arrays.fill(matrix.gradient, 0));
  }
}
