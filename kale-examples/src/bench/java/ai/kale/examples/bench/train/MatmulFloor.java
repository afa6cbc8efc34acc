package ai.kale.examples.bench.train;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Matrix products alone, in the same libtorch as the model, without autograd. Products of a layer
 * share operands of the same shape, as the products of a step do.
 */
final class MatmulFloor implements AutoCloseable {
  private final NDManager manager;
  private final List<Product> products;
  private final Map<String, NDArray> operands = new HashMap<>();

  MatmulFloor(List<Product> products) {
    this.manager = Engine.getEngine("PyTorch").newBaseManager(Device.cpu());
    this.products = products;
    products.forEach(this::first);
    products.forEach(this::second);
  }

  void run() {
    for (Product product : products) {
      NDArray first = first(product);
      NDArray second = second(product);
      try (NDManager call = manager.newSubManager()) {
        first = product.form() == Product.Form.FIRST_TRANSPOSED ? turned(call, first) : first;
        second = product.form() == Product.Form.SECOND_TRANSPOSED ? turned(call, second) : second;
        first.matMul(second).attach(call);
      }
    }
  }

  private static NDArray turned(NDManager call, NDArray array) {
    NDArray turned =
        array.getShape().dimension() == 2 ? array.transpose() : array.transpose(0, 2, 1);
    turned.attach(call);
    return turned;
  }

  private NDArray first(Product p) {
    return p.form() == Product.Form.FIRST_TRANSPOSED
        ? operand(p, "first", p.k(), p.m())
        : operand(p, "first", p.m(), p.k());
  }

  private NDArray second(Product p) {
    return p.form() == Product.Form.SECOND_TRANSPOSED
        ? operand(p, "second", p.n(), p.k())
        : operand(p, "second", p.k(), p.n());
  }

  private NDArray operand(Product product, String side, long rows, long columns) {
    Shape shape =
        product.count() == 1 ? new Shape(rows, columns) : new Shape(product.count(), rows, columns);
    return operands.computeIfAbsent(
        product.layer() + side + shape,
        key -> manager.randomUniform(-1, 1, shape, DataType.FLOAT32));
  }

  @Override
  public void close() {
    manager.close();
  }
}
