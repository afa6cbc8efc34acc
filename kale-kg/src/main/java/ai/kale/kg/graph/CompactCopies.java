package ai.kale.kg.graph;

import ai.kale.GraphCapability;
import ai.kale.KnowledgeGraph;

/** Copies whole graphs into arrays, where searches are fast. For parts see {@link SubGraph}. */
public final class CompactCopies {
  private CompactCopies() {}

  /**
   * Copies a graph with its ids, names, labels of relations, triples, weights, and, of a {@link
   * CompactGraph}, sources. Handles rise with ids, as in every {@link CompactGraph}: of another
   * kind of graph they are not the same as in the copy. A remote graph is asked for some thousand
   * entities at a time.
   *
   * @param graph a graph that can enumerate its entities; stays open
   * @return a new graph; close it
   * @throws ai.kale.error.UnsupportedCapabilityException if it cannot
   */
  public static CompactGraph of(KnowledgeGraph graph) {
    GraphCapability.ENUMERATION.require(graph, "a copy of a whole graph");
    return SubGraph.of(graph).keepIsolated().copy();
  }
}
