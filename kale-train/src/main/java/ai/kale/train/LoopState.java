package ai.kale.train;

import java.util.List;

/**
 * All a training loop needs beside weights and optimizer to continue exactly: randomness is derived
 * from seed and counters.
 *
 * @param run hash of schedule and sources; a state continues only the same run
 * @param step steps made
 * @param tokens tokens run through the model so far
 * @param visits batches taken of each source, in the order of the sources
 */
public record LoopState(String run, int step, long tokens, List<Long> visits) {
  /** Copies the list. */
  public LoopState {
    visits = List.copyOf(visits);
  }
}
