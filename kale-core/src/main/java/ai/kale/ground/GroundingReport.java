package ai.kale.ground;

import java.nio.file.Path;

/**
 * What a {@link GroundingRun} did.
 *
 * @param file the grounded question set
 * @param summary counts of the whole file, what was resumed included
 * @param times how long the searches of this call took
 * @param resumed questions that an earlier, interrupted call had done
 */
public record GroundingReport(
    Path file, GroundingSummary summary, SearchTimes times, long resumed) {
  /** A few lines for people. */
  public String describe() {
    return summary.describe()
        + "\n"
        + times.describe()
        + (resumed == 0 ? "" : "; " + resumed + " questions resumed");
  }
}
