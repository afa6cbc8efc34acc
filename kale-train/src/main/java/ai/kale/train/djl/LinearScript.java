package ai.kale.train.djl;

import ai.kale.train.adapter.AdapterLayout;
import ai.kale.train.adapter.AdapterSlot;
import ai.kale.train.checkpoint.ExpertConfig;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The expression of one linear layer of a block. Every matrix product with a block's weights is
 * written here, so that a bias, an adapter and the number format have one place.
 *
 * <p>An adapter's list {@code ad} holds A and B of each slot in turn. A training pass with dropout
 * adds one tensor more, the keys of its random numbers: the length of the list tells the passes
 * apart. A list of one unused tensor switches the adapter off.
 */
final class LinearScript {
  private static final String EXPERTS = "mlp.experts.";

  private static final String ADAPTED =
      """
        def adapted(self, ad: List[Tensor], at: int, factor: float, x: Tensor, y: Tensor) -> Tensor:
          if torch.__and__(torch.ge(at, 0), torch.gt(torch.len(ad), 1)):
      {{dropout}}
            low = torch.linear(x, {{a}})
            y = torch.add(y, torch.mul(torch.linear(low, {{b}}), factor))
          else:
            pass
          return y
      """;

  // A counter-based generator: the mask is a hash of the element's index and of two keys, which
  // the caller makes from seed, pass and slot. Nothing is stored, so a block that is computed again
  // gets the same mask. Integers wrap around; shifts are made logical by masking the sign's copies.
  // 24 bits decide, against the share that is dropped.
  private static final String DROPOUT =
      """
            if torch.eq(torch.remainder(torch.len(ad), 2), 1):
              keys = torch.select(ad[torch.sub(torch.len(ad), 1)], 0, torch.floordiv(at, 2))
              z = torch.mul(torch.arange(torch.numel(x), dtype=3, device=x.device), -1640531527)
              z = torch.add(z, torch.select(keys, 0, 0))
              z = torch.bitwise_xor(z, torch.bitwise_and(torch.bitwise_right_shift(z, 16), 65535))
              z = torch.bitwise_xor(torch.mul(z, 2146121005), torch.select(keys, 0, 1))
              z = torch.bitwise_xor(z, torch.bitwise_and(torch.bitwise_right_shift(z, 15), 131071))
              z = torch.mul(z, -2073254261)
              z = torch.bitwise_xor(z, torch.bitwise_and(torch.bitwise_right_shift(z, 16), 65535))
              dropped = torch.lt(torch.bitwise_and(z, 16777215), {{threshold}})
              x = torch.masked_fill(x, torch.reshape(dropped, torch.size(x)), 0)
              factor = torch.div(factor, {{kept}})
            else:
              pass
      """;

  private final BlockLayout layout;
  private final ComputePlan plan;

  LinearScript(ComputePlan plan) {
    this.layout = new BlockLayout(plan.config());
    this.plan = plan;
  }

  /**
   * The product of a layer's input with one of its matrices. In the script stand {@code ps}, the
   * parameters; {@code ad}, the adapter's tensors; {@code i}, the block; {@code j}, the position of
   * the block's first tensor in {@code ps}.
   *
   * @param module path inside the block, such as {@code "self_attn.q_proj"}
   * @param input name of the input variable
   */
  String product(String module, String input) {
    String bias = module + ".bias";
    String base =
        "torch.linear("
            + plan.computed(input)
            + ", "
            + plan.computed(tensor(module + ".weight"))
            + (layout.has(bias) ? ", " + plan.computed(tensor(bias)) : "")
            + ")";
    return isAdapted(module) ? adapted(slots(module), "i", "0", plan.computed(input), base) : base;
  }

  /** The call that adds the adapter's product. */
  private static String adapted(
      SlotScript slots, String row, String column, String input, String base) {
    return "(self).adapted(ad, "
        + slots.position(row, column)
        + ", "
        + slots.scale(row, column)
        + ", "
        + input
        + ", "
        + base
        + ")";
  }

  /**
   * The product of rows with a matrix of one expert. In the script stand {@code e}, the expert, and
   * all that {@link #product} needs.
   *
   * @param module name of the layer inside the expert, such as {@code "gate_proj"}
   * @param input name of the input variable
   */
  String expertProduct(String module, String input) {
    String weight = "." + module + ".weight";
    int first = layout.offset("mlp.experts.0" + weight);
    int step =
        layout.has("mlp.experts.1" + weight) ? layout.offset("mlp.experts.1" + weight) - first : 0;
    String at = "torch.add(torch.add(j, " + first + "), torch.mul(" + step + ", e))";
    String base =
        "torch.linear(" + plan.computed(input) + ", " + plan.computed("ps[" + at + "]") + ")";
    String block = "torch.floordiv(torch.sub(j, 1), " + layout.size() + ")";
    return adaptedExperts().contains(module)
        ? adapted(slotsOfExperts(module), block, "e", plan.computed(input), base)
        : base;
  }

  /** What the script does once a block before its loop over experts; each line ends. */
  String expertTables() {
    return adaptedExperts().stream()
        .map(module -> slotsOfExperts(module).tables())
        .collect(Collectors.joining());
  }

  private int experts() {
    return plan.config().experts().map(ExpertConfig::count).orElse(0);
  }

  /** Layers that are adapted in at least one expert, such as {@code "gate_proj"}. */
  private List<String> adaptedExperts() {
    return plan.adapter().stream()
        .flatMap(adapter -> adapter.layout().slots().stream())
        .map(AdapterSlot::module)
        .filter(module -> module.startsWith(EXPERTS))
        .map(module -> module.substring(module.lastIndexOf('.') + 1))
        .distinct()
        .toList();
  }

  /** One tensor of the block. */
  String tensor(String name) {
    return "ps[torch.add(j, " + layout.offset(name) + ")]";
  }

  /** The methods that products call; empty without an adapter. */
  String source() {
    return plan.adapter().map(this::source).orElse("");
  }

  private String source(ComputePlan.Adapter adapter) {
    String tables =
        adapter.layout().slots().stream()
                .map(AdapterSlot::module)
                .filter(module -> !module.startsWith(EXPERTS))
                .distinct()
                .map(module -> slots(module).methods())
                .collect(Collectors.joining())
            + adaptedExperts().stream()
                .map(module -> slotsOfExperts(module).methods())
                .collect(Collectors.joining());
    double dropout = adapter.config().dropout();
    String masked =
        DROPOUT
            .replace("{{threshold}}", Long.toString(Math.round(dropout * (1 << 24))))
            .replace("{{kept}}", Double.toString(1 - dropout));
    return tables
        + ADAPTED
            .replace("{{dropout}}\n", dropout > 0 ? masked : "")
            .replace("{{a}}", plan.computed("ad[at]"))
            .replace("{{b}}", plan.computed("ad[torch.add(at, 1)]"));
  }

  private SlotScript slots(String module) {
    AdapterLayout adapter = plan.adapter().orElseThrow().layout();
    int layers = plan.config().layers();
    return new SlotScript(module, adapter.positions(module, layers), 1, adapter.slots());
  }

  /** The slots of one layer of all experts: those of the first block, of the second, and so on. */
  private SlotScript slotsOfExperts(String module) {
    AdapterLayout adapter = plan.adapter().orElseThrow().layout();
    int layers = plan.config().layers();
    Integer[] positions = new Integer[layers * experts()];
    for (int e = 0; e < experts(); e++) {
      List<Integer> ofExpert = adapter.positions(EXPERTS + e + "." + module, layers);
      for (int i = 0; i < layers; i++) {
        positions[i * experts() + e] = ofExpert.get(i);
      }
    }
    return new SlotScript("experts." + module, List.of(positions), experts(), adapter.slots());
  }

  private boolean isAdapted(String module) {
    Optional<ComputePlan.Adapter> adapter = plan.adapter();
    return adapter.isPresent()
        && adapter.get().layout().slots().stream().anyMatch(slot -> slot.module().equals(module));
  }
}
