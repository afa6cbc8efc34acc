package ai.kale.run;

/**
 * What long work is given besides its input.
 *
 * @param progress told after each unit of work
 * @param cancellation asked before each unit of work
 */
public record RunContext(ProgressListener progress, CancellationToken cancellation) {
  /** A context without a listener that nobody cancels (other than by interrupting the thread). */
  public static RunContext silent() {
    return new RunContext(ProgressListener.NONE, new CancellationToken());
  }

  /**
   * Reports one step and stops if asked to.
   *
   * @param stage what is being done
   * @param done units finished
   * @param total units in all, or -1
   * @throws ai.kale.error.OperationCancelledException if a stop was asked for
   */
  public void step(String stage, long done, long total) {
    progress.onProgress(new Progress(stage, done, total, ""));
    cancellation.throwIfCancelled(stage);
  }
}
