package ai.kale.train.adapter;

import ai.kale.error.SetupException;
import ai.kale.error.UnsupportedCapabilityException;
import ai.kale.train.checkpoint.DecoderConfig;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The adapted matrices of one model, block by block, in the order of its parameters. */
public final class AdapterLayout {
  private static final String BLOCKS = "model.layers.";
  private static final String WEIGHT = ".weight";

  private final List<AdapterSlot> slots;

  private AdapterLayout(List<AdapterSlot> slots) {
    this.slots = List.copyOf(slots);
  }

  /**
   * Finds the modules that a configuration names. O(modules · patterns).
   *
   * @param model the model
   * @param adapter the adapter
   * @param where begins every message, such as a file
   * @return the layout, with at least one slot
   * @throws SetupException if a target that should name a module names none; lists the modules
   * @throws UnsupportedCapabilityException if it names an embedding, a head or a router
   */
  public static AdapterLayout of(DecoderConfig model, AdapterConfig adapter, String where) {
    return resolve(model, adapter, where, true);
  }

  /**
   * The same for an adapter that was saved: as in PEFT, it is enough that one target names a
   * module, for a list may have been written with several architectures in mind.
   *
   * @param model the model
   * @param adapter the adapter
   * @param where begins every message, such as a file
   * @return the layout, with at least one slot
   */
  public static AdapterLayout ofSaved(DecoderConfig model, AdapterConfig adapter, String where) {
    return resolve(model, adapter, where, false);
  }

  private static AdapterLayout resolve(
      DecoderConfig model, AdapterConfig adapter, String where, boolean each) {
    Map<String, long[]> modules = modules(model);
    AdapterRules rules = new AdapterRules(adapter);
    for (ModulePattern target : each ? adapter.targets() : List.<ModulePattern>of()) {
      if (modules.keySet().stream().noneMatch(target.matcher())) {
        throw new SetupException(
            where
                + ": no module of the model is named by the target "
                + target.text()
                + "; the modules are "
                + modules.keySet().stream()
                    .map(path -> path.replaceFirst("^model\\.layers\\.[0-9]+\\.", ""))
                    .distinct()
                    .limit(20)
                    .collect(Collectors.joining(", "))
                + " (with paths such as "
                + BLOCKS
                + "0.self_attn.q_proj)");
      }
    }
    List<AdapterSlot> slots = new ArrayList<>();
    modules.forEach(
        (path, shape) -> {
          if (rules.covers(path, layerOf(path))) {
            slots.add(slot(path, shape, rules, where));
          }
        });
    if (slots.isEmpty()) {
      throw new SetupException(
          where
              + ": the targets "
              + adapter.targets().stream().map(ModulePattern::text).toList()
              + " name no module once layers_to_transform and exclude_modules are applied; the"
              + " model has the blocks 0 to "
              + (model.layers() - 1));
    }
    return new AdapterLayout(slots);
  }

  /** Matrices by module path. */
  private static Map<String, long[]> modules(DecoderConfig model) {
    Map<String, long[]> modules = new LinkedHashMap<>();
    model
        .parameterShapes()
        .forEach(
            (name, shape) -> {
              if (shape.length == 2) {
                modules.put(name.substring(0, name.length() - WEIGHT.length()), shape);
              }
            });
    return modules;
  }

  private static AdapterSlot slot(String path, long[] shape, AdapterRules rules, String where) {
    int layer = layerOf(path);
    if (layer < 0 || !path.endsWith("_proj")) {
      throw new UnsupportedCapabilityException(
          where
              + ": an adapter on "
              + path
              + " is not supported; name projections of attention and of the feed-forward part, or"
              + " an expression that leaves this one out");
    }
    String module = path.substring(path.indexOf('.', BLOCKS.length()) + 1);
    return new AdapterSlot(
        layer, module, shape[1], shape[0], rules.rankOf(path), rules.scaleOf(path));
  }

  private static int layerOf(String path) {
    return path.startsWith(BLOCKS)
        ? Integer.parseInt(path.substring(BLOCKS.length(), path.indexOf('.', BLOCKS.length())))
        : -1;
  }

  /** The adapted matrices; unmodifiable. */
  public List<AdapterSlot> slots() {
    return slots;
  }

  /**
   * Names and shapes of the adapter's tensors in PEFT's naming: A and B of each slot in turn.
   *
   * @return an unmodifiable map in that order
   */
  public Map<String, long[]> shapes() {
    Map<String, long[]> shapes = new LinkedHashMap<>();
    for (AdapterSlot slot : slots) {
      shapes.put(slot.nameOfA(), new long[] {slot.rank(), slot.inputs()});
      shapes.put(slot.nameOfB(), new long[] {slot.outputs(), slot.rank()});
    }
    return Collections.unmodifiableMap(shapes);
  }

  /**
   * Where a module's A stands in the list of the adapter's tensors, block by block; B follows it.
   *
   * @param module path inside a block
   * @param layers number of blocks
   * @return a position for each block, -1 where the module is not adapted
   */
  public List<Integer> positions(String module, int layers) {
    List<Integer> positions = new ArrayList<>(Collections.nCopies(layers, -1));
    for (int i = 0; i < slots.size(); i++) {
      if (slots.get(i).module().equals(module)) {
        positions.set(slots.get(i).layer(), 2 * i);
      }
    }
    return positions;
  }
}
