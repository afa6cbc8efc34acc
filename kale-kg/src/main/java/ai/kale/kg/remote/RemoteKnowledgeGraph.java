package ai.kale.kg.remote;

import ai.kale.ArcVisitor;
import ai.kale.Direction;
import ai.kale.GraphCapability;
import ai.kale.KnowledgeGraph;
import ai.kale.error.OperationCancelledException;
import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/**
 * A graph in a store elsewhere. A subclass answers a few questions with plain ids; everything else
 * that {@link KnowledgeGraph} asks for is done here: handles issued as entities are met, batches,
 * caches, grouping and order of arcs, checks, interrupts.
 *
 * <p>Questions: {@link #fetchArcs}, {@link #findEntities}, {@link #findRelation} and {@link
 * #fetchSnapshot}; also {@link #fetchNames}, {@link #fetchRelationNames} and {@link #closeStore}
 * where there is something to say. They are called by several threads at once, never with an empty
 * list, and may throw {@link IOException} (which becomes a {@link
 * ai.kale.error.TransientFailureException}), {@link InterruptedException} (an {@link
 * ai.kale.error.OperationCancelledException}, the interrupt flag kept) or any exception of {@code
 * ai.kale.error} as it is; whatever they throw while the graph is being closed becomes an {@link
 * IllegalStateException}. After a failure the graph goes on working: a batch is kept whole or not
 * at all.
 *
 * <p>Cost: {@link #expand} makes ceil(n / {@link RemoteOptions#batchSize}) requests for the n
 * distinct entities of a frontier whose arcs are not in memory. So {@code ExactPathExtractor} needs
 * about one request a hop, and one for the names of what it found. The arcs of an entity come
 * sorted by relation id, direction (forward first) and neighbour id. Arc lists and names are kept
 * up to the bounds of {@link RemoteOptions}, the least recently used leave first; a list larger
 * than the bound is held for its call only. Ids that were met stay in memory, about 150 bytes each,
 * because handles stay valid. Two threads that ask for an entity at the same moment may both fetch
 * it.
 *
 * <p>What is in memory is not asked for again: open a new graph to see changes in the store.
 */
public abstract class RemoteKnowledgeGraph implements KnowledgeGraph {
  private final RemoteOptions options;
  private final HandleTable entities = new HandleTable("entity");
  private final HandleTable relations = new HandleTable("relation");
  private final Cache<Long, ArcList> arcs;
  private final NameReader names;
  private volatile String snapshot = "";
  private final AtomicBoolean closed = new AtomicBoolean();
  private final Counters counters = new Counters();

  /**
   * Creates a graph that has asked nothing yet.
   *
   * @param options batch size and bounds of the caches
   */
  protected RemoteKnowledgeGraph(RemoteOptions options) {
    this.options = options;
    this.arcs =
        CacheBuilder.newBuilder()
            .concurrencyLevel(1) // more would divide the bound, and keep no hub of half of it
            .maximumWeight(options.maxCachedArcs())
            .weigher((Long key, ArcList list) -> Math.max(1, list.size()))
            .build();
    this.names = new NameReader(entities, relations, options, counters);
  }

  /**
   * Reports the arcs of a batch of entities, each arc of each entity once in each direction asked
   * for (twice does no harm), or throws: an answer that may be incomplete must be an exception.
   *
   * @param ids distinct entity ids that this graph met, at most a batch
   * @param direction which arcs
   * @param sink takes the arcs, in any order
   * @throws IOException if the store cannot be reached
   * @throws InterruptedException if the thread is interrupted
   */
  protected abstract void fetchArcs(List<String> ids, Direction direction, ArcSink sink)
      throws IOException, InterruptedException;

  /**
   * Says which ids name entities, that is, are the subject or object of a triple.
   *
   * @param ids distinct ids as users wrote them, at most a batch; possibly not even well-formed
   * @return those that exist; others in it are ignored
   * @throws IOException if the store cannot be reached
   * @throws InterruptedException if the thread is interrupted
   */
  protected abstract Set<String> findEntities(List<String> ids)
      throws IOException, InterruptedException;

  /**
   * Says whether an id names a relation, that is, some triple has it.
   *
   * @param id an id as a user wrote it, possibly not even well-formed
   * @return whether it exists
   * @throws IOException if the store cannot be reached
   * @throws InterruptedException if the thread is interrupted
   */
  protected abstract boolean findRelation(String id) throws IOException, InterruptedException;

  /**
   * Names the state of the store, see {@link KnowledgeGraph#snapshot}. Called when it is first
   * asked for, and then remembered.
   *
   * @return a non-empty text without credentials
   * @throws IOException if the store cannot be reached
   * @throws InterruptedException if the thread is interrupted
   */
  protected abstract String fetchSnapshot() throws IOException, InterruptedException;

  /**
   * Names of entities; none unless overridden.
   *
   * @param ids distinct entity ids that this graph met, at most a batch
   * @return for each that has names its names, the preferred label first; others may be absent
   * @throws IOException if the store cannot be reached
   * @throws InterruptedException if the thread is interrupted
   */
  protected Map<String, List<String>> fetchNames(List<String> ids)
      throws IOException, InterruptedException {
    return Map.of();
  }

  /**
   * Names of relations; none unless overridden.
   *
   * @param ids distinct relation ids that this graph met, at most a batch
   * @return for each that has names its names, the preferred label first; others may be absent
   * @throws IOException if the store cannot be reached
   * @throws InterruptedException if the thread is interrupted
   */
  protected Map<String, List<String>> fetchRelationNames(List<String> ids)
      throws IOException, InterruptedException {
    return Map.of();
  }

  /** Frees connections; called once. */
  protected void closeStore() {}

  /**
   * Refuses work on a closed graph.
   *
   * @throws IllegalStateException after {@link #close}
   */
  protected final void requireOpen() {
    if (closed.get()) {
      throw new IllegalStateException("this graph is closed");
    }
  }

  /**
   * Reads from the store. What it throws, or says, while this graph is closed by another thread
   * means nothing: stores fail in their own ways then, and some just stop in the midst of an
   * answer.
   */
  private <T> T whileOpen(Supplier<T> read) {
    T answer;
    try {
      answer = read.get();
    } catch (OperationCancelledException e) {
      throw e;
    } catch (RuntimeException e) {
      if (closed.get()) {
        throw new IllegalStateException("this graph was closed while it was read", e);
      }
      throw e;
    }
    requireOpen();
    return answer;
  }

  /** What was asked so far; also readable after {@link #close}. */
  public final RemoteStatistics statistics() {
    return counters.now();
  }

  /** None. A subclass that has some calls {@link #requireOpen} and returns its own. */
  @Override
  public Set<GraphCapability> capabilities() {
    requireOpen();
    return Set.of();
  }

  /** Unknown. A subclass that knows it calls {@link #requireOpen} and returns it. */
  @Override
  public OptionalLong tripleCount() {
    requireOpen();
    return OptionalLong.empty();
  }

  @Override
  public final void expand(int[] frontier, Direction direction, ArcVisitor visitor) {
    requireOpen();
    Arrays.stream(frontier).forEach(entities::check);
    FrontierRead read = new FrontierRead(frontier, direction, arcs, options.batchSize());
    counters.cachedEntities.add(read.cached());
    read.report(this::fetch, relations, visitor);
  }

  private ArcList[] fetch(int[] batch, Direction direction) {
    requireOpen();
    List<String> ids = Arrays.stream(batch).mapToObj(entities::id).toList();
    ArcCollector collector =
        new ArcCollector(batch.length, direction, entities, relations, counters);
    whileOpen(
        () ->
            StoreCalls.ask(
                "asking for the arcs of " + ids.size() + " entities",
                counters.arcRequests,
                () -> {
                  try {
                    fetchArcs(ids, direction, collector);
                    return ids;
                  } finally {
                    collector.end();
                  }
                }));
    counters.fetchedEntities.add(batch.length);
    counters.fetchedArcs.add(collector.rows());
    return collector.lists();
  }

  @Override
  public final int[] entities(List<String> ids) {
    requireOpen();
    Set<String> unknown = new LinkedHashSet<>();
    for (String id : ids) {
      if (!id.isEmpty() && entities.find(id) < 0) {
        unknown.add(id);
      }
    }
    for (List<String> batch : NameReader.batches(List.copyOf(unknown), options.batchSize())) {
      Set<String> found =
          whileOpen(
              () ->
                  StoreCalls.ask(
                      "looking up " + batch.size() + " entity ids",
                      counters.lookupRequests,
                      () -> findEntities(batch)));
      batch.stream().filter(found::contains).forEach(entities::intern);
    }
    return ids.stream().mapToInt(entities::find).toArray();
  }

  @Override
  public final OptionalInt relation(String id) {
    requireOpen();
    int handle = relations.find(id);
    if (handle >= 0) {
      return OptionalInt.of(handle);
    }
    boolean found =
        !id.isEmpty()
            && whileOpen(
                () ->
                    StoreCalls.ask(
                        "looking up a relation id",
                        counters.lookupRequests,
                        () -> findRelation(id)));
    return found ? OptionalInt.of(relations.intern(id)) : OptionalInt.empty();
  }

  @Override
  public final List<List<String>> names(int[] handles) {
    requireOpen();
    return whileOpen(() -> names.names(handles, this::fetchNames));
  }

  /**
   * The first name of the relation, or else as in {@link KnowledgeGraph}. One request serves up to
   * a batch of relations that were met but not named yet.
   */
  @Override
  public final String relationLabel(int relation) {
    requireOpen();
    return whileOpen(
        () ->
            names.relationLabel(
                relation, this::fetchRelationNames, KnowledgeGraph.super::relationLabel));
  }

  @Override
  public final String entityId(int entity) {
    requireOpen();
    return entities.id(entity);
  }

  @Override
  public final String relationId(int relation) {
    requireOpen();
    return relations.id(relation);
  }

  @Override
  public final int entityCount() {
    requireOpen();
    return entities.count();
  }

  @Override
  public final int relationCount() {
    requireOpen();
    return relations.count();
  }

  @Override
  public final String snapshot() {
    requireOpen();
    if (snapshot.isEmpty()) {
      String now =
          whileOpen(
              () ->
                  StoreCalls.ask(
                      "asking for the snapshot", counters.lookupRequests, this::fetchSnapshot));
      synchronized (this) {
        snapshot = snapshot.isEmpty() ? now : snapshot;
      }
    }
    return snapshot;
  }

  @Override
  public final void close() {
    if (closed.compareAndSet(false, true)) {
      arcs.invalidateAll();
      names.clear();
      closeStore();
    }
  }
}
