package ai.kale.spi.tensor;

import java.util.List;

/**
 * Sequences of token ids of any lengths. The engine pads them as it needs; padding never changes a
 * result.
 *
 * @param sequences at least one, none empty; not copied, so do not change the arrays afterwards
 */
public record TokenBatch(List<int[]> sequences) {
  /** Copies the list, not the arrays. */
  public TokenBatch {
    sequences = List.copyOf(sequences);
    if (sequences.isEmpty()) {
      throw new IllegalArgumentException("a batch needs at least one sequence");
    }
    for (int i = 0; i < sequences.size(); i++) {
      if (sequences.get(i).length == 0) {
        throw new IllegalArgumentException("sequence " + i + " of the batch is empty");
      }
    }
  }

  /** Number of tokens, without padding. */
  public long tokenCount() {
    return sequences.stream().mapToLong(s -> s.length).sum();
  }
}
