package ai.kale.train.djl;

import ai.kale.error.InvalidInputException;
import ai.kale.spi.tensor.RowSelection;
import ai.kale.spi.tensor.TokenBatch;
import ai.kale.train.checkpoint.DecoderConfig;
import java.util.List;

/** Checks sequences and rows against a model and lays sequences out with right padding. */
final class BatchPlan {
  private final DecoderConfig config;
  private final List<int[]> sequences;
  private final int time;

  /**
   * Checks all token ids and lengths.
   *
   * @throws InvalidInputException naming sequence and position
   */
  BatchPlan(DecoderConfig config, List<int[]> sequences) {
    this.config = config;
    this.sequences = sequences;
    int longest = 0;
    for (int i = 0; i < sequences.size(); i++) {
      int[] sequence = sequences.get(i);
      if (sequence.length == 0 || sequence.length > config.maxPositions()) {
        throw new InvalidInputException(
            "sequence "
                + i
                + " has "
                + sequence.length
                + " tokens, but 1 to "
                + config.maxPositions()
                + " fit the model; shorten or drop it");
      }
      for (int p = 0; p < sequence.length; p++) {
        checkToken(sequence[p], "sequence", i, p);
      }
      longest = Math.max(longest, sequence.length);
    }
    this.time = longest;
  }

  BatchPlan(DecoderConfig config, TokenBatch batch) {
    this(config, batch.sequences());
  }

  int size() {
    return sequences.size();
  }

  /** Length of the padded sequences. */
  int time() {
    return time;
  }

  /** Padded ids, {@code [size × time]}. */
  long[] ids() {
    long[] ids = new long[size() * time];
    for (int i = 0; i < size(); i++) {
      int[] sequence = sequences.get(i);
      for (int p = 0; p < sequence.length; p++) {
        ids[i * time + p] = sequence[p];
      }
    }
    return ids;
  }

  /** The layer of a selection, 1 to the layer count. */
  int layer(RowSelection rows) {
    int layer = rows.layer() == RowSelection.LAST_LAYER ? config.layers() : rows.layer();
    if (layer < 1 || layer > config.layers()) {
      throw new InvalidInputException(
          "layer " + layer + " is asked for, but the model has layers 1 to " + config.layers());
    }
    return layer;
  }

  /** Writes a selection as indices into the padded batch. */
  void flatten(RowSelection rows, long[] into, int offset) {
    for (int i = 0; i < rows.count(); i++) {
      int sequence = rows.sequences()[i];
      int position = rows.positions()[i];
      if (sequence < 0 || sequence >= size()) {
        throw new InvalidInputException(
            "row " + i + " reads sequence " + sequence + " of a batch of " + size());
      }
      if (position < 0 || position >= sequences.get(sequence).length) {
        throw new InvalidInputException(
            "row "
                + i
                + " reads position "
                + position
                + " of sequence "
                + sequence
                + ", which has "
                + sequences.get(sequence).length
                + " tokens");
      }
      into[offset + i] = (long) sequence * time + position;
    }
  }

  /** Refuses a target or input token outside the vocabulary. */
  void checkToken(int token, String what, int index, int position) {
    if (token < 0 || token >= config.vocabularySize()) {
      throw new InvalidInputException(
          what
              + " "
              + index
              + (position >= 0 ? ", position " + position : "")
              + ": token id "
              + token
              + " is outside 0 to "
              + (config.vocabularySize() - 1));
    }
  }
}
