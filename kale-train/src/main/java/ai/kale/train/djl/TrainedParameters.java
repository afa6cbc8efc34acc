package ai.kale.train.djl;

import ai.kale.train.checkpoint.DecoderConfig;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Which tensors of a script's arguments get a gradient.
 *
 * @param list name of the argument that holds them: {@code "ps"} or {@code "ad"}
 * @param starts for each block the position of its first trained tensor in the list, and after the
 *     last block the end; those of one block lie together
 * @param ends whether embedding, final norm and head are trained too; only in {@code "ps"}
 */
record TrainedParameters(String list, List<Integer> starts, boolean ends) {
  TrainedParameters {
    starts = List.copyOf(starts);
  }

  /** All parameters of a model. */
  static TrainedParameters all(DecoderConfig config) {
    int size = new BlockLayout(config).size();
    return new TrainedParameters(
        "ps", IntStream.rangeClosed(0, config.layers()).mapToObj(i -> 1 + i * size).toList(), true);
  }

  /**
   * The tensors of an adapter, those of one block after those of another; the model is frozen.
   *
   * @param tensorsOfBlocks how many each block has
   */
  static TrainedParameters adapter(int... tensorsOfBlocks) {
    int[] sums = new int[tensorsOfBlocks.length + 1];
    System.arraycopy(tensorsOfBlocks, 0, sums, 1, tensorsOfBlocks.length);
    Arrays.parallelPrefix(sums, Integer::sum);
    return new TrainedParameters("ad", Arrays.stream(sums).boxed().toList(), false);
  }

  /** What a model trains: its adapter if it has one, all parameters otherwise. */
  static TrainedParameters of(ComputePlan plan) {
    return plan.adapter().map(adapter -> of(plan, adapter)).orElseGet(() -> all(plan.config()));
  }

  private static TrainedParameters of(ComputePlan plan, ComputePlan.Adapter adapter) {
    int[] tensors = new int[plan.config().layers()];
    adapter.layout().slots().forEach(slot -> tensors[slot.layer()] += 2);
    return adapter(tensors);
  }

  /** The lowest block that a gradient must reach. */
  int lowestBlock() {
    int block = 0;
    while (!ends && block < starts.size() - 1 && starts.get(block).equals(starts.get(block + 1))) {
      block++;
    }
    return block;
  }
}
