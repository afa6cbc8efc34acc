package ai.kale.kg.graph;

import ai.kale.ArcVisitor;
import ai.kale.Direction;
import ai.kale.GraphCapability;
import ai.kale.KnowledgeGraph;
import ai.kale.error.CorruptFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * The default graph: frozen arrays, in memory as made by {@link CompactGraphBuilder} or {@link
 * ai.kale.kg.KnowledgeGraphs#read}, or in a memory-mapped file, see {@link #open}.
 *
 * <p>Handles rise with ids: of two entities, the one whose id comes first as a string ({@link
 * String#compareTo}) has the lower handle, and so have relations. This holds for every graph of
 * this class, whatever the order in which triples were added. So {@link #adjacency()} has the arcs
 * of each entity in the order of the ids of its neighbours, and ids are compared without looking
 * them up.
 *
 * <p>{@link #expand} costs O(arcs of the frontier); looking up an id is one hash probe. Fast code
 * reads {@link #adjacency()} directly instead of being called for each arc. Safe for use by several
 * threads.
 */
public final class CompactGraph implements KnowledgeGraph {
  private volatile @Nullable GraphContent content;

  CompactGraph(GraphContent content) {
    this.content = content;
  }

  /**
   * Opens a graph file in about a millisecond: it is mapped, and only a header and a footer of 64
   * bytes for each MiB are read. Every block of 64 KiB is checked against its checksum the first
   * time it is touched, so reading may throw {@link CorruptFileException}. The file must not change
   * while it is open.
   *
   * <p>The mapping is given back when the graph, closed or not, is garbage; on Windows the file
   * cannot be deleted before that.
   *
   * @param file one written with {@link #write}; larger than 2 GiB is fine
   * @return the graph
   * @throws ai.kale.error.SetupException if there is no such readable file
   * @throws ai.kale.error.InvalidInputException if it is something else
   * @throws CorruptFileException if it is cut short, damaged in its header or footer, or of another
   *     version
   */
  public static CompactGraph open(Path file) {
    return new CompactGraph(GraphFileReader.open(file, MappedSection.CHUNK_BITS).content());
  }

  /**
   * Reads a graph file through and checks all of it: the checksum of every block, and whether what
   * it says fits together. O(size of the file).
   *
   * @param file one written with {@link #write}
   * @throws ai.kale.error.SetupException if there is no such readable file
   * @throws ai.kale.error.InvalidInputException if it is something else
   * @throws CorruptFileException if it is cut short, damaged or of another version
   */
  public static void verify(Path file) {
    String problem = GraphFileReader.open(file, MappedSection.CHUNK_BITS).problem();
    if (!problem.isEmpty()) {
      throw new CorruptFileException(
          file
              + " was written wrongly: "
              + problem
              + " makes no sense though all checksums are right; write the file again");
    }
  }

  /**
   * Copies a graph from its file into memory, where it is searched faster than in the file. Reads
   * and checks everything once, O(size).
   *
   * @return a graph with the same handles; close it. This one stays open
   * @throws CorruptFileException if the file is damaged
   */
  public CompactGraph inMemory() {
    return new CompactGraph(content().onHeap());
  }

  /**
   * Writes this graph as one file for {@link #open}, whole or not at all. Includes the snapshot,
   * which is computed if nobody asked for it yet.
   *
   * @param file target, by convention with the suffix {@code .kg}; replaced if it is there
   * @throws ai.kale.error.SetupException if it cannot be written
   */
  public void write(Path file) {
    GraphFileWriter.write(content(), file);
  }

  GraphContent content() {
    GraphContent now = content;
    if (now == null) {
      throw new IllegalStateException("this graph is closed");
    }
    return now;
  }

  @Override
  public Set<GraphCapability> capabilities() {
    return content().arcs.hasWeights()
        ? Set.of(GraphCapability.ENUMERATION, GraphCapability.CONTENT_HASH, GraphCapability.WEIGHTS)
        : Set.of(GraphCapability.ENUMERATION, GraphCapability.CONTENT_HASH);
  }

  @Override
  public int[] entities(List<String> ids) {
    IdDictionary dictionary = content().entities;
    return ids.stream().mapToInt(dictionary::find).toArray();
  }

  @Override
  public String entityId(int entity) {
    return content().entities.get(entity);
  }

  @Override
  public List<List<String>> names(int[] entities) {
    GraphContent now = content();
    List<List<String>> all = new ArrayList<>(entities.length);
    for (int entity : entities) {
      all.add(now.entityNames.of(Objects.checkIndex(entity, now.entities.size())));
    }
    return all;
  }

  @Override
  public OptionalInt relation(String id) {
    int handle = content().relations.find(id);
    return handle < 0 ? OptionalInt.empty() : OptionalInt.of(handle);
  }

  @Override
  public String relationId(int relation) {
    return content().relations.get(relation);
  }

  @Override
  public String relationLabel(int relation) {
    GraphContent now = content();
    Objects.checkIndex(relation, now.relations.size());
    return now.relationNames.has(relation)
        ? now.relationNames.first(relation)
        : KnowledgeGraph.super.relationLabel(relation);
  }

  @Override
  public void expand(int[] frontier, Direction direction, ArcVisitor visitor) {
    AdjacencyArrays arcs = content().arcs;
    boolean forward = direction.includesForward();
    boolean backward = direction.includesBackward();
    for (int i = 0; i < frontier.length; i++) {
      int entity = Objects.checkIndex(frontier[i], arcs.entityCount());
      for (int a = arcs.arcStart(entity); a < arcs.arcEnd(entity); a++) {
        boolean inverse = arcs.inverseAt(a);
        if (inverse ? !backward : !forward) {
          continue;
        }
        if (!visitor.arc(i, arcs.relationAt(a), inverse, arcs.neighbour(a), arcs.weightAt(a))) {
          return;
        }
      }
    }
  }

  /** Reads the lengths of the rows: O(1) for each entity. */
  @Override
  public int[] degrees(int[] entities) {
    AdjacencyArrays arcs = content().arcs;
    int[] degrees = new int[entities.length];
    for (int i = 0; i < degrees.length; i++) {
      degrees[i] = arcs.degree(Objects.checkIndex(entities[i], arcs.entityCount()));
    }
    return degrees;
  }

  @Override
  public int entityCount() {
    return content().entities.size();
  }

  @Override
  public int relationCount() {
    return content().relations.size();
  }

  @Override
  public OptionalLong tripleCount() {
    return OptionalLong.of(content().arcs.arcCount() / 2);
  }

  /**
   * {@code "sha256:…"} over ids, names, triples and weights, independent of the order in which they
   * were added. Computed at the first call, in one pass.
   */
  @Override
  public String snapshot() {
    return content().snapshot();
  }

  /** The arcs as arrays, for code that is too hot for a visitor. */
  public AdjacencyArrays adjacency() {
    return content().arcs;
  }

  /**
   * Number of arcs at an entity, both directions.
   *
   * @param entity a handle
   * @return 0 or more
   */
  public int degree(int entity) {
    GraphContent now = content();
    return now.arcs.degree(Objects.checkIndex(entity, now.entities.size()));
  }

  /** Exact duplicates of triples that were dropped when the graph was built. */
  public long duplicateTriples() {
    return content().duplicates;
  }

  /**
   * Bytes held, by what they are for: arcs, entity ids, entity names and so on; a few kilobytes of
   * objects are left out.
   *
   * @return bytes by name, in a fixed order
   */
  public Map<String, Long> byteLengths() {
    GraphContent now = content();
    Map<String, Long> bytes = new LinkedHashMap<>();
    bytes.put("arcs", now.arcs.byteLength());
    bytes.put("entity ids", now.entities.byteLength());
    bytes.put("entity names", now.entityNames.byteLength());
    bytes.put("relation ids", now.relations.byteLength());
    bytes.put("relation names", now.relationNames.byteLength());
    TripleSources sources = now.sources;
    bytes.put("sources", sources == null ? 0 : sources.byteLength());
    return bytes;
  }

  /**
   * Names held, labels and aliases of entities and relations together; the same text in two
   * languages counts twice.
   */
  public long nameCount() {
    GraphContent now = content();
    return (long) now.entityNames.size() + now.relationNames.size();
  }

  /** For each language, how many entities have a name in it; {@code ""} stands for no language. */
  public SortedMap<String, Integer> namedEntitiesByLanguage() {
    return content().entityNames.ownersByLanguage();
  }

  /** Whether {@link #source} knows where triples came from. */
  public boolean hasSources() {
    return content().sources != null;
  }

  /**
   * Where a triple came from; of equal triples the first. O(degree of the subject).
   *
   * @param subject an entity handle
   * @param relation a relation handle
   * @param object an entity handle
   * @return its source; empty if there is no such triple or the graph was built without sources
   */
  public Optional<TripleSource> source(int subject, int relation, int object) {
    GraphContent now = content();
    Objects.checkIndex(subject, now.entities.size());
    TripleSources sources = now.sources;
    if (sources == null) {
      return Optional.empty();
    }
    int rank = 0;
    for (int a = now.arcs.arcStart(subject); a < now.arcs.arcEnd(subject); a++) {
      if (!now.arcs.inverseAt(a)) {
        if (now.arcs.neighbour(a) == object && now.arcs.relationAt(a) == relation) {
          return Optional.of(sources.get(subject, rank));
        }
        rank++;
      }
    }
    return Optional.empty();
  }

  @Override
  public void close() {
    content = null;
  }

  @Override
  public String toString() {
    GraphContent now = content;
    return now == null
        ? "CompactGraph[closed]"
        : "CompactGraph[entities="
            + now.entities.size()
            + ", relations="
            + now.relations.size()
            + ", triples="
            + now.arcs.arcCount() / 2
            + "]";
  }
}
