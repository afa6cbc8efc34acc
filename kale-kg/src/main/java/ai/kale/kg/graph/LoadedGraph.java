package ai.kale.kg.graph;

/**
 * A graph with the report of how it was loaded.
 *
 * @param graph the graph; close it
 * @param report what was kept and left out
 */
public record LoadedGraph(CompactGraph graph, LoadReport report) {}
