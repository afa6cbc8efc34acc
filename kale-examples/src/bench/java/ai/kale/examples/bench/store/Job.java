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
  private static final long TEN_DIGITS = 1_000_000_000L;
  private static final int MOST_ADDED = 9;

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

  /** Numbers of entities whose ids follow one another as strings, from the middle on. */
  int[] consecutive(int[] numbers) {
    long[] keys = new long[numbers.length];
    Arrays.setAll(keys, i -> asText(numbers[i]));
    Arrays.sort(keys);
    int[] sorted = new int[keys.length];
    Arrays.setAll(sorted, i -> number(keys[i]));
    int count = Math.min(scanEntities, sorted.length);
    int from = Math.min(sorted.length / 2, sorted.length - count);
    return Arrays.copyOfRange(sorted, from, from + count);
  }

  /** A key that sorts as the digits of a number do: ten digits, zeros at the end, and how many. */
  private static long asText(int number) {
    long digits = number;
    int added = 0;
    for (; digits < TEN_DIGITS && added < MOST_ADDED; added++) {
      digits *= 10;
    }
    return digits << 4 | (MOST_ADDED - added);
  }

  private static int number(long key) {
    long digits = key >>> 4;
    for (long added = MOST_ADDED - (key & 15); added > 0; added--) {
      digits /= 10;
    }
    return (int) digits;
  }
}
