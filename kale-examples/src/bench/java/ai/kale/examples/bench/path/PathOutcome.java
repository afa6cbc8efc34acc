package ai.kale.examples.bench.path;

import ai.kale.examples.bench.path.find.PathContender;
import ai.kale.examples.bench.path.run.CellResult;

/**
 * How one cell of one run of one contender ended.
 *
 * @param graph its name
 * @param contender who
 * @param round from 1 on
 * @param result what came of it
 */
record PathOutcome(String graph, PathContender contender, int round, CellResult result) {}
