package ai.kale.run;

/**
 * Receives progress of long work. May be called from several threads at once and often; an
 * implementation returns quickly and does not throw.
 */
@FunctionalInterface
public interface ProgressListener {
  /** A listener that ignores everything. */
  ProgressListener NONE = progress -> {};

  /**
   * Called after each unit of work.
   *
   * @param progress the state reached
   */
  void onProgress(Progress progress);
}
