package ai.kale.examples.bench.path.run;

/**
 * How long things may take, in seconds.
 *
 * @param query one query; it is stopped then
 * @param cell all queries of a cell; the rest is not asked then
 * @param warmUp queries asked before those that are timed
 */
public record Limits(double query, double cell, double warmUp) {}
