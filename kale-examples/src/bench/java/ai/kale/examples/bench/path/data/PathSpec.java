package ai.kale.examples.bench.path.data;

import java.util.List;

/**
 * Which graph and which pairs to make. Equal specifications give equal files.
 *
 * @param graph its name
 * @param source the folder MetaQA is read from; empty for the others
 * @param triples of the synthetic graph; 0 for the others
 * @param pairs for each length
 * @param hops the lengths
 * @param seed of every choice
 */
public record PathSpec(
    String graph, String source, int triples, int pairs, List<Integer> hops, long seed) {
  /** Copies the list. */
  public PathSpec {
    hops = List.copyOf(hops);
  }
}
