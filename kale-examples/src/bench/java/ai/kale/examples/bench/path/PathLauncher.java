package ai.kale.examples.bench.path;

import ai.kale.examples.bench.path.find.PathContender;
import ai.kale.examples.bench.path.run.CellResult;
import ai.kale.examples.bench.path.run.PathJob;
import java.util.List;

/** Has a contender do its job. */
@FunctionalInterface
interface PathLauncher {
  /**
   * Runs a contender to its end; its failure is a result, not an exception.
   *
   * @param contender who
   * @param round from 1 on
   * @param job what to do
   * @return a result for each cell, in order
   */
  List<CellResult> run(PathContender contender, int round, PathJob job);
}
