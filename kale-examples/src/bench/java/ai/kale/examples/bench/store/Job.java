package ai.kale.examples.bench.store;

import ai.kale.examples.bench.data.DataSet;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * What one contender is to do in one round.
 *
 * @param contender its key
 * @param data folder of the data set
 * @param scanEntities most random entities, and most consecutive ones, of a scan
 * @param scanSeconds time for each scan, warm-up included
 * @param seed of the choice of random entities
 */
public record Job(String contender, String data, int scanEntities, double scanSeconds, long seed) {
  DataSet dataSet() {
    return new DataSet(Path.of(data));
  }

  /** Numbers of random entities, drawn with replacement. */
  int[] random(int[] numbers) {
    SplittableRandom random = new SplittableRandom(seed);
    int[] chosen = new int[Math.min(scanEntities, numbers.length)];
    Arrays.setAll(chosen, i -> numbers[random.nextInt(numbers.length)]);
    return chosen;
  }

  /** Numbers of entities that first appeared one after the other, from the middle on. */
  int[] consecutive(int[] numbers) {
    int count = Math.min(scanEntities, numbers.length);
    int from = Math.min(numbers.length / 2, numbers.length - count);
    return Arrays.copyOfRange(numbers, from, from + count);
  }
}
