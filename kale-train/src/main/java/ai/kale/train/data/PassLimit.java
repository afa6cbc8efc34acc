package ai.kale.train.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntUnaryOperator;

/**
 * How much one pass through a model may hold; a larger batch is run in several.
 *
 * @param examples most examples of a pass, at least 1
 * @param tokens most tokens of a pass, padding included (sequences × the longest), at least 1; an
 *     example that is larger alone has a pass of its own
 */
public record PassLimit(int examples, int tokens) {
  /** No limit. */
  public static final PassLimit NONE = new PassLimit(Integer.MAX_VALUE, Integer.MAX_VALUE);

  /** Checks the ranges. */
  public PassLimit {
    if (examples < 1 || tokens < 1) {
      throw new IllegalArgumentException(
          "a pass needs at least one example and token; got " + examples + " and " + tokens);
    }
  }

  /**
   * A limit of the count alone.
   *
   * @param examples at least 1
   * @return a limit
   */
  public static PassLimit ofExamples(int examples) {
    return new PassLimit(examples, Integer.MAX_VALUE);
  }

  /**
   * Splits a batch into passes of neighbours.
   *
   * @param batch examples, by number
   * @param longest tokens of an example's longest sequence
   * @param sequences number of its sequences
   * @return the passes; joined they are the batch
   */
  public List<int[]> split(int[] batch, IntUnaryOperator longest, IntUnaryOperator sequences) {
    List<int[]> passes = new ArrayList<>();
    int from = 0;
    long width = 0;
    long height = 0;
    for (int i = 0; i < batch.length; i++) {
      long wider = Math.max(width, longest.applyAsInt(batch[i]));
      long higher = height + sequences.applyAsInt(batch[i]);
      if (i > from && (i - from == examples || wider * higher > tokens)) {
        passes.add(Arrays.copyOfRange(batch, from, i));
        from = i;
        wider = longest.applyAsInt(batch[i]);
        higher = sequences.applyAsInt(batch[i]);
      }
      width = wider;
      height = higher;
    }
    if (from < batch.length) {
      passes.add(Arrays.copyOfRange(batch, from, batch.length));
    }
    return passes;
  }
}
