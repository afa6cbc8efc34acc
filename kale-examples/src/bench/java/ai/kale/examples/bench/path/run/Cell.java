package ai.kale.examples.bench.path.run;

/**
 * One kind of question, asked of all pairs.
 *
 * @param hops longest path
 * @param maxPaths most paths to make
 */
public record Cell(int hops, int maxPaths) {}
