package ai.kale.rationale;

import java.nio.file.Path;
import java.util.List;

/**
 * What {@link SynthesisRun#writeBatch} wrote.
 *
 * @param files to be given to the service; empty if everything is in the journal
 * @param firstRequests requests for first texts
 * @param retries requests for second texts, of questions whose first text failed its checks
 * @param journalled replies that are in the journal and are not asked for
 */
public record BatchWritten(List<Path> files, int firstRequests, int retries, int journalled) {
  /** Copies the list. */
  public BatchWritten {
    files = List.copyOf(files);
  }
}
