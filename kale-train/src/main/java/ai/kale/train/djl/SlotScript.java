package ai.kale.train.djl;

import ai.kale.train.adapter.AdapterSlot;
import java.util.List;

/**
 * Where the slots of one layer stand in the adapter's list, and their scales, as TorchScript
 * expressions. A script makes a literal list anew whenever it comes by, so a list is the last
 * resort: positions in equal steps are computed and a scale that all share is a number. What
 * remains is fetched once a block, before the loop over its experts.
 */
final class SlotScript {
  private final String name;
  private final List<Integer> positions;
  private final List<Double> scales;
  private final int columns;

  /**
   * One layer's slots.
   *
   * @param module name of the layer, such as {@code "self_attn.q_proj"}
   * @param positions of A in the adapter's list, block by block and expert by expert; -1 for none
   * @param columns experts of a block; 1 for a layer that every row passes
   * @param slots all of the adapter's
   */
  SlotScript(String module, List<Integer> positions, int columns, List<AdapterSlot> slots) {
    this.name = module.replace('.', '_');
    this.positions = positions;
    this.columns = columns;
    double some =
        positions.stream()
            .filter(at -> at >= 0)
            .findFirst()
            .map(at -> slots.get(at / 2).scale())
            .orElse(1.0);
    this.scales = positions.stream().map(at -> at < 0 ? some : slots.get(at / 2).scale()).toList();
  }

  private boolean oneScale() {
    return scales.stream().distinct().count() == 1;
  }

  private int rowStep() {
    return positions.size() > columns ? positions.get(columns) - positions.get(0) : 0;
  }

  private int columnStep() {
    return columns > 1 ? positions.get(1) - positions.get(0) : 0;
  }

  private boolean inSteps() {
    for (int i = 0; i < positions.size(); i++) {
      int expected = positions.get(0) + i / columns * rowStep() + i % columns * columnStep();
      if (positions.get(i) < 0 || positions.get(i) != expected) {
        return false;
      }
    }
    return true;
  }

  /**
   * The position of A.
   *
   * @param row expression of the block
   * @param column expression of the expert
   */
  String position(String row, String column) {
    if (!inSteps()) {
      return table("slots_") + at(row, column);
    }
    String first = "torch.add(" + positions.get(0) + ", torch.mul(" + rowStep() + ", " + row + "))";
    return columns > 1
        ? "torch.add(" + first + ", torch.mul(" + columnStep() + ", " + column + "))"
        : first;
  }

  /** The factor of B A, of the same place. */
  String scale(String row, String column) {
    return oneScale() ? Double.toString(scales.get(0)) : table("scales_") + at(row, column);
  }

  private String at(String row, String column) {
    return columns > 1
        ? "[torch.add(torch.mul(" + row + ", " + columns + "), " + column + ")]"
        : "[" + row + "]";
  }

  /** A variable inside a loop over experts, a call elsewhere. */
  private String table(String kind) {
    return columns > 1 ? kind + name : "(self)." + kind + name + "()";
  }

  /** The lines before a loop over experts, without indentation; each ends its line. */
  String tables() {
    return (inSteps() ? "" : fetch("slots_")) + (oneScale() ? "" : fetch("scales_"));
  }

  private String fetch(String kind) {
    return kind + name + " = (self)." + kind + name + "()\n";
  }

  /** The methods that make the tables. */
  String methods() {
    return (inSteps() ? "" : method("slots_", "int", positions))
        + (oneScale() ? "" : method("scales_", "float", scales));
  }

  private String method(String kind, String type, List<?> values) {
    return """
      def %s(self) -> List[%s]:
        return annotate(List[%s], %s)
    """
        .formatted(kind + name, type, type, values);
  }
}
