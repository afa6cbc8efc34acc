package ai.kale.train.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.kale.error.CorruptFileException;
import ai.kale.spi.tensor.NamedTensor;
import ai.kale.train.adapter.AdapterFiles;
import ai.kale.train.adapter.AdapterLayout;
import ai.kale.train.adapter.AdapterSlot;
import java.nio.IntBuffer;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Collectors;

/**
 * An adapter's tensors and the state of its dropout. The mask of a pass is a function of seed, pass
 * and matrix alone, so no generator is shared and a run that is continued gets the same masks.
 */
final class NativeAdapter {
  private static final String SEED = "dropout.seed";
  private static final String PASSES = "dropout.passes";

  private final NDManager manager;
  private final ScriptModule script;
  private final ComputePlan.Adapter plan;
  private final NativeParameters parameters;
  private final Map<String, AdapterSlot> slots;
  private long seed;
  private long passes;

  NativeAdapter(NDManager manager, ScriptModule script, ComputePlan.Adapter plan, long seed) {
    this.manager = manager;
    this.script = script;
    this.plan = plan;
    this.parameters = new NativeParameters(manager, script, plan.layout().shapes(), false);
    this.slots =
        plan.layout().slots().stream()
            .collect(Collectors.toMap(AdapterSlot::weightName, slot -> slot));
    this.seed = seed;
  }

  NativeParameters parameters() {
    return parameters;
  }

  long seed() {
    return seed;
  }

  /** A uniform in ±1/√inputs, one generator for each; B is zero. */
  void initialize() {
    SplittableRandom root = new SplittableRandom(seed);
    for (AdapterSlot slot : plan.layout().slots()) {
      SplittableRandom random = root.split();
      double bound = 1 / Math.sqrt((double) slot.inputs());
      float[] values = new float[Math.toIntExact(slot.rank() * slot.inputs())];
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) random.nextDouble(-bound, bound);
      }
      parameters.write(
          new NamedTensor(slot.nameOfA(), new long[] {slot.rank(), slot.inputs()}, values));
    }
  }

  /** Fills the tensors from a saved adapter. */
  void load(Path folder) {
    AdapterLayout layout = plan.layout();
    AdapterFiles.readTensors(
        folder,
        layout,
        (name, values) -> parameters.write(new NamedTensor(name, parameters.shape(name), values)));
  }

  void save(Path folder, String baseModel) {
    AdapterFiles.write(
        folder, plan.config(), plan.layout(), baseModel, name -> parameters.read(name).values());
  }

  /** The tensors for a pass without dropout. */
  NDList tensors() {
    return parameters.tensors();
  }

  /** The tensors for the next training pass, with the keys of its dropout. */
  NDList nextPass(NDManager call) {
    NDList list = new NDList(parameters.tensors());
    if (plan.config().dropout() > 0) {
      SplittableRandom random =
          new SplittableRandom(new SplittableRandom(seed).nextLong() + passes);
      int[] keys = random.ints(2L * plan.layout().slots().size()).toArray();
      list.add(call.create(IntBuffer.wrap(keys), new Shape(keys.length / 2, 2)));
    }
    passes++;
    return list;
  }

  /** Where the dropout stands, for the optimizer's file. */
  Map<String, String> state() {
    return Map.of(SEED, Long.toString(seed), PASSES, Long.toString(passes));
  }

  /** Continues where {@link #state} was taken. */
  void restore(Path file, Map<String, String> state) {
    try {
      seed = Long.parseLong(state.getOrDefault(SEED, ""));
      passes = Long.parseLong(state.getOrDefault(PASSES, ""));
    } catch (NumberFormatException e) {
      throw new CorruptFileException(
          file
              + ": the metadata "
              + SEED
              + " and "
              + PASSES
              + " are missing or no numbers; the file is not the optimizer state of this model",
          e);
    }
  }

  /** A weight with the adapter's product added, where it is adapted. */
  Optional<float[]> merged(String weightName, NDArray weight) {
    return Optional.ofNullable(slots.get(weightName)).map(slot -> merged(slot, weight));
  }

  private float[] merged(AdapterSlot slot, NDArray weight) {
    try (NDManager call = manager.newSubManager()) {
      NDArray sum =
          script.call(
              call,
              "merge",
              weight,
              parameters.tensor(slot.nameOfA()),
              parameters.tensor(slot.nameOfB()),
              call.create(slot.scale()));
      return NativeTensors.read(script, call, sum);
    }
  }
}
