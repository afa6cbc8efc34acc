package ai.kale.train;

import java.util.List;
import java.util.Map;

/**
 * All a training loop needs beside weights and optimizer to continue exactly: randomness is derived
 * from seed and counters.
 *
 * @param run what determines the run, by name: schedule, objectives, data and what the model began
 *     with; a state continues only the same run
 * @param passes how batches were cut into passes: a note, a run may go on with others
 * @param step steps made
 * @param tokens tokens run through the model so far
 * @param visits batches taken of each source, in the order of the sources
 */
public record LoopState(
    Map<String, String> run, String passes, int step, long tokens, List<Long> visits) {
  /** Copies map and list. */
  public LoopState {
    run = Map.copyOf(run);
    visits = List.copyOf(visits);
  }
}
