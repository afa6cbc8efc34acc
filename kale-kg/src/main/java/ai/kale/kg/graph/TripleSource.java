package ai.kale.kg.graph;

/**
 * Where a triple came from.
 *
 * @param line 1-based line or statement of its file; 0 where unknown
 * @param graphName the named graph it was in; {@code ""} for the default graph
 */
public record TripleSource(long line, String graphName) {}
