package ai.kale.kg.path;

import ai.kale.KnowledgeGraph;
import ai.kale.PathExtractor;
import ai.kale.PathQuery;
import ai.kale.PathResult;

/**
 * The default extractor: every simple path up to the limits, on any graph, in the defined order.
 *
 * <p>Idea: lengths 1, 2, … are searched one after the other, so a full result stops the search. For
 * length n, balls around the sources and around the targets are grown until their radii add up to
 * n, each time on the side that is cheaper to read. Joined at the layer where they meet and pruned
 * towards both ends they give the walks of exactly n hops as a layered graph in which no hop is in
 * vain; walking it depth first, hops sorted by id, lists the paths in their final order, so only as
 * many as asked for are ever made.
 *
 * <p>Cost: one {@link KnowledgeGraph#expand} for each hop of the limit, whatever the number of
 * entities, and O(arcs of the two balls) for each length, no arc list being read once per path;
 * then O(hops) a path. Memory: 8 bytes for each arc read. A {@code CompactGraph} is read through
 * its arrays. Beyond about 4 hops on graphs with hubs the balls approach the whole graph; set
 * {@link PathQuery#withMaxArcs}.
 *
 * <p>Caveats: from 4 hops on (or with several targets) walks that meet an entity twice are entered
 * and left, which costs time without arcs being read. With a budget the paths returned are still
 * the first ones of the full list: all of the lengths that were finished; how many these are
 * depends on what reading costs the backend. An interrupted thread gets {@link
 * ai.kale.error.OperationCancelledException}.
 *
 * <p>Source: bidirectional enumeration with a join is folklore; PathEnum (Sun et al., SIGMOD 2021)
 * discusses join order and pruning by distance. Safe for use by several threads.
 */
public final class ExactPathExtractor implements PathExtractor {
  /** Creates an extractor; it has no state. */
  public ExactPathExtractor() {}

  @Override
  public PathResult extract(KnowledgeGraph graph, PathQuery query) {
    return new ExactSearch(ArcReader.of(graph), query).run();
  }

  /** Its name in provenance. */
  @Override
  public String id() {
    return "exact/1";
  }
}
