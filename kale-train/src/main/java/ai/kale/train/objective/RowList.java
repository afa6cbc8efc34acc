package ai.kale.train.objective;

import ai.kale.spi.tensor.RowSelection;
import ai.kale.spi.tensor.RowTarget;
import java.util.Arrays;

/** Growing lists of rows and their target tokens, all of one layer. */
public final class RowList {
  private int[] sequences = new int[16];
  private int[] positions = new int[16];
  private int[] targets = new int[16];
  private int count;

  /** Starts empty. */
  public RowList() {}

  /**
   * Adds a row.
   *
   * @param sequence index into the batch
   * @param position token position
   * @param target the token the row shall name
   */
  public void add(int sequence, int position, int target) {
    if (count == sequences.length) {
      sequences = Arrays.copyOf(sequences, 2 * count);
      positions = Arrays.copyOf(positions, 2 * count);
      targets = Arrays.copyOf(targets, 2 * count);
    }
    sequences[count] = sequence;
    positions[count] = position;
    targets[count++] = target;
  }

  /**
   * Adds the rows that predict a completion: row {@code prompt - 1 + j} for token {@code j}.
   *
   * @param sequence index into the batch
   * @param prompt length of the prompt, in tokens
   * @param completion token ids
   */
  public void addCompletion(int sequence, int prompt, int[] completion) {
    for (int j = 0; j < completion.length; j++) {
      add(sequence, prompt - 1 + j, completion[j]);
    }
  }

  /** Number of rows. */
  public int count() {
    return count;
  }

  /**
   * The rows.
   *
   * @param layer which layer they are of
   * @return a selection
   */
  public RowSelection rows(int layer) {
    return new RowSelection(
        layer, Arrays.copyOf(sequences, count), Arrays.copyOf(positions, count));
  }

  /** The target tokens, one for each row. */
  public int[] tokens() {
    return Arrays.copyOf(targets, count);
  }

  /** The target tokens as a cross-entropy target. */
  public RowTarget target() {
    return new RowTarget.Tokens(tokens());
  }
}
