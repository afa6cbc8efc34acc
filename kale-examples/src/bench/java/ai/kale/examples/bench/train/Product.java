package ai.kale.examples.bench.train;

import java.util.ArrayList;
import java.util.List;

/**
 * A matrix product {@code [m, k] · [k, n]}, {@code count} times over.
 *
 * @param layer whose weights and activations it uses
 * @param form which operands are stored transposed
 * @param count products of this kind in one call; 1 for plain matrices
 */
record Product(int layer, Form form, long count, long m, long k, long n) {
  /** Which operand is transposed. */
  enum Form {
    /** Rows with a weight stored as [out, in]; queries with keys. */
    SECOND_TRANSPOSED,
    /** The gradient of rows. */
    PLAIN,
    /** The gradient of a weight. */
    FIRST_TRANSPOSED
  }

  double flops() {
    return 2.0 * count * m * k * n;
  }

  /**
   * All products of one training step: each linear layer once forward and twice backward, attention
   * twice and four times over all pairs of positions. In the last layer only the answer's rows pass
   * what follows attention, and only they pass the head.
   */
  static List<Product> ofStep(StepShape shape) {
    List<Product> products = new ArrayList<>();
    int layers = shape.config().layers();
    for (int i = 0; i < layers; i++) {
      products.addAll(block(shape, i, shape.batch(), shape.time(), i == layers - 1, true));
    }
    linear(
        products,
        layers,
        shape.answerRows(),
        shape.config().hiddenSize(),
        shape.config().vocabularySize(),
        true);
    return products;
  }

  /** The products of the teacher's reading, forward only. */
  static List<Product> ofReading(StepShape shape) {
    List<Product> products = new ArrayList<>();
    int layers = shape.config().layers();
    for (int i = 0; i < layers; i++) {
      products.addAll(block(shape, i, shape.batch(), shape.reading(), i == layers - 1, false));
    }
    linear(
        products,
        layers,
        shape.answerRows(),
        shape.config().hiddenSize(),
        shape.config().vocabularySize(),
        false);
    return products;
  }

  private static List<Product> block(
      StepShape shape, int layer, int batch, int time, boolean last, boolean backward) {
    List<Product> products = new ArrayList<>();
    long width = shape.config().hiddenSize();
    long inner = shape.config().intermediateSize();
    long rows = (long) batch * time;
    long finished = last ? shape.answerRows() : rows;
    for (int i = 0; i < 3; i++) {
      linear(products, layer, rows, width, width, backward);
    }
    attention(products, layer, shape, (long) batch * shape.config().heads(), time, backward);
    linear(products, layer, finished, width, width, backward);
    linear(products, layer, finished, width, inner, backward);
    linear(products, layer, finished, width, inner, backward);
    linear(products, layer, finished, inner, width, backward);
    return products;
  }

  private static void linear(
      List<Product> into, int layer, long rows, long in, long out, boolean backward) {
    into.add(new Product(layer, Form.SECOND_TRANSPOSED, 1, rows, in, out));
    if (backward) {
      into.add(new Product(layer, Form.PLAIN, 1, rows, out, in));
      into.add(new Product(layer, Form.FIRST_TRANSPOSED, 1, out, rows, in));
    }
  }

  private static void attention(
      List<Product> into, int layer, StepShape shape, long count, long time, boolean backward) {
    long size = shape.config().headDim();
    into.add(new Product(layer, Form.SECOND_TRANSPOSED, count, time, size, time));
    into.add(new Product(layer, Form.PLAIN, count, time, time, size));
    if (backward) {
      into.add(new Product(layer, Form.SECOND_TRANSPOSED, count, time, size, time));
      into.add(new Product(layer, Form.PLAIN, count, time, time, size));
      into.add(new Product(layer, Form.FIRST_TRANSPOSED, count, time, time, size));
      into.add(new Product(layer, Form.FIRST_TRANSPOSED, count, time, time, size));
    }
  }

  static double flops(List<Product> products) {
    return products.stream().mapToDouble(Product::flops).sum();
  }
}
