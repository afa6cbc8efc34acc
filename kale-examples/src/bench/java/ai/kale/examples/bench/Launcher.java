package ai.kale.examples.bench;

import ai.kale.examples.bench.store.Contender;
import ai.kale.examples.bench.store.Job;

/** Has a contender do its job. */
@FunctionalInterface
interface Launcher {
  /**
   * Runs a contender to its end; its failure is a result, not an exception.
   *
   * @param contender who
   * @param round from 1 on
   * @param job what to do
   * @return how it ended
   */
  Outcome run(Contender contender, int round, Job job);
}
