package ai.kale.kg.path;

import ai.kale.KnowledgeGraph;
import ai.kale.PathExtractor;
import ai.kale.PathQuery;
import ai.kale.PathResult;
import ai.kale.data.PathReport;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * The default extractor: every path up to the limits, on any graph, in the defined order.
 *
 * <p>Lengths 1, 2, … are searched one after the other, so a full result stops the search.
 *
 * <p>On a {@code CompactGraph} simple paths of up to four hops are found by joins of sorted
 * adjacency lists that meet in the middle, by the plan that degrees say is cheapest for the query.
 * Lists are in the order of results, so a search for the best K stops at the K-th. Cost: for four
 * hops O(arcs at the neighbours of the ends), less where hubs are joined instead of read, then O(1)
 * a path. Memory: 4.3 bytes an entity of the graph for each search at a time; 20 bytes a two-hop
 * walk from the targets, if the plan has a table; 8 bytes for each pair of entities that lies
 * between the ends, if it joins from the targets' side; 16 bytes an arc at the targets (32 while
 * sorting), if there are several. Some 30 MiB of it are kept for the next search; nothing is
 * allocated for an arc. More than 32 sources or 1,024 targets are searched in layers.
 *
 * <p>On other graphs, for more hops, for trails and sampled hubs, balls around sources and targets
 * grow on the cheaper side until they meet, and the walks between them are pruned towards both ends
 * and given depth first. Cost: one {@link KnowledgeGraph#expand} for each hop of the limit,
 * whatever the number of entities (and {@link KnowledgeGraph#degrees} of each layer where a hub
 * policy or a scorer asks for it), O(arcs of the two balls) a length, then O(hops) a path. Memory:
 * 8 bytes an arc read, 24 bytes one that is on some walk. Beyond about 4 hops on graphs with hubs
 * the balls approach the whole graph; set {@link PathQuery#withMaxArcs} or {@link
 * PathQuery#withMaxTime}.
 *
 * <p>With a scorer or relation costs all paths of the lengths searched are looked at, and O(K) are
 * kept. Caveat: from 4 hops on (or with several targets) the search in layers enters and leaves
 * walks that meet an entity twice.
 *
 * <p>Sources: bidirectional enumeration with a join is folklore; PathEnum (Sun et al., SIGMOD 2021)
 * discusses join order and pruning by distance; galloping joins are from Demaine, López-Ortiz and
 * Munro (SODA 2000). Safe for use by several threads.
 */
public final class ExactPathExtractor implements PathExtractor {
  /** What is written to during a search; one for each search at a time. */
  private final ConcurrentLinkedQueue<JoinMemory> memories = new ConcurrentLinkedQueue<>();

  private final @Nullable JoinPlan forced;

  /** Creates an extractor; it keeps nothing but memory for reuse. */
  public ExactPathExtractor() {
    this(null);
  }

  /** Takes one plan wherever there is a choice: for tests, as the result is the same. */
  ExactPathExtractor(@Nullable JoinPlan forced) {
    this.forced = forced;
  }

  @Override
  public PathResult extract(KnowledgeGraph graph, PathQuery query) {
    JoinMemory memory = take();
    ExactSearch search = new ExactSearch(graph, query, memory, forced);
    PathResult result = search.extract();
    memories.add(memory.clear());
    return result;
  }

  /**
   * Passes on paths one by one, without keeping them: for counting, or for more than fit in memory.
   * Fewer hops first, then by ids, up to the query's limits.
   *
   * @param graph where to search
   * @param query end points and limits, without scorer and relation costs
   * @param visitor is given each path
   * @return what was read, and whether anything was cut; {@link PathReport#MAX_PATHS} also if the
   *     visitor ended the search
   * @throws IllegalArgumentException if the query has a scorer or relation costs
   */
  public PathReport forEach(KnowledgeGraph graph, PathQuery query, PathVisitor visitor) {
    JoinMemory memory = take();
    ExactSearch search = new ExactSearch(graph, query, memory, forced);
    PathReport report = search.forEach(visitor);
    memories.add(memory.clear());
    return report;
  }

  /** Memory is given back only by a search that ended well: what an exception left is dropped. */
  private JoinMemory take() {
    JoinMemory memory = memories.poll();
    return memory == null ? new JoinMemory() : memory;
  }

  /** Its name in provenance. */
  @Override
  public String id() {
    return "exact/2";
  }
}
