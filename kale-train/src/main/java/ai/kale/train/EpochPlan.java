package ai.kale.train;

import ai.kale.train.data.TrainingExample;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The batches of one source, epoch by epoch: every example once an epoch, examples of similar
 * length together, batches in random order and of equal size to within one. A function of (seed,
 * source, epoch) alone.
 *
 * <p>Sorting everything by length would give the same batches in every epoch. So examples are
 * shuffled, and sorted only within chunks of a quarter of the batches, at most 50: each epoch meets
 * other company, and little is padded where there are many batches. Below eight batches each is a
 * chunk of its own, sorted so that its passes hold neighbours.
 */
final class EpochPlan {
  private static final int CHUNKS = 4;
  private static final int LARGEST_CHUNK = 50;

  private final long seed;
  private final int sourceIndex;
  private final int[] lengths;
  private final int batchesPerEpoch;
  private long plannedEpoch = -1;
  private List<int[]> planned = List.of();

  EpochPlan(long seed, int sourceIndex, BatchSource source) {
    this.seed = seed;
    this.sourceIndex = sourceIndex;
    List<TrainingExample> examples = source.examples();
    this.lengths = new int[examples.size()];
    for (int i = 0; i < lengths.length; i++) {
      TrainingExample example = examples.get(i);
      lengths[i] = example.prompt().length + source.objective().completion().of(example).length;
    }
    this.batchesPerEpoch = (lengths.length + source.batchSize() - 1) / source.batchSize();
  }

  /** Indexes of the examples of the n-th batch ever, from 0. */
  int[] batch(long visit) {
    long epoch = visit / batchesPerEpoch;
    if (epoch != plannedEpoch) {
      planned = plan(epoch);
      plannedEpoch = epoch;
    }
    return planned.get((int) (visit % batchesPerEpoch));
  }

  private List<int[]> plan(long epoch) {
    SeededRandom random = SeededRandom.of(seed, sourceIndex + 1L, epoch);
    int[] shuffled = IntStream.range(0, lengths.length).toArray();
    random.shuffle(shuffled);
    List<int[]> batches = new ArrayList<>(batchesPerEpoch);
    int chunk = Math.max(1, Math.min(LARGEST_CHUNK, batchesPerEpoch / CHUNKS));
    for (int first = 0; first < batchesPerEpoch; first += chunk) {
      int last = Math.min(first + chunk, batchesPerEpoch);
      int[] sorted = byLength(Arrays.copyOfRange(shuffled, start(first), start(last)));
      for (int b = first; b < last; b++) {
        batches.add(
            Arrays.copyOfRange(sorted, start(b) - start(first), start(b + 1) - start(first)));
      }
    }
    int[] order = IntStream.range(0, batchesPerEpoch).toArray();
    random.shuffle(order);
    List<int[]> ordered = new ArrayList<>(batchesPerEpoch);
    for (int b : order) {
      ordered.add(batches.get(b));
    }
    return Collections.unmodifiableList(ordered);
  }

  /** Where batch b begins. */
  private int start(int b) {
    return (int) ((long) b * lengths.length / batchesPerEpoch);
  }

  private int[] byLength(int[] some) {
    return Arrays.stream(some)
        .boxed()
        .sorted(Comparator.comparingInt(i -> lengths[i]))
        .mapToInt(Integer::intValue)
        .toArray();
  }
}
