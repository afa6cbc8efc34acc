package ai.kale.tck;

import static org.assertj.core.api.Assertions.assertThat;

import ai.kale.Direction;
import ai.kale.KnowledgeGraph;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Example;

/**
 * What every {@link KnowledgeGraph} must do, tested against a naive model: the set of triples.
 * Extend it and say how to make a graph.
 *
 * <p>{@code create} is called about two hundred times in all, and each graph is closed after use: a
 * store that is slow to start is started once, and given another data set, table or named graph by
 * each call. Ids come from {@link #entity} and {@link #relation}; override them where the store
 * wants ids of another form. The names they get may hold spaces, quotes, percent signs and letters
 * of any script; different names must give different ids.
 *
 * <p>The tests lie in the classes above, by subject: look-ups, traversal, capabilities. Here is
 * what concerns threads and closing.
 */
public abstract class KnowledgeGraphContract extends GraphCapabilityContract {
  private static final int THREADS = 6;

  /** For subclasses. */
  protected KnowledgeGraphContract() {}

  /**
   * Makes a graph of triples.
   *
   * @param triples subject, relation and object ids; possibly with duplicates and self loops
   * @return a graph that holds exactly these triples
   */
  @Override
  protected abstract KnowledgeGraph create(List<String[]> triples);

  /**
   * Makes a graph with weights. Override it if the graph can declare {@link
   * ai.kale.GraphCapability#WEIGHTS}.
   *
   * @param triples subject, relation and object ids and the weight, as {@code Float.parseFloat}
   *     reads it; of duplicates the highest weight counts
   * @return a graph that declares {@code WEIGHTS} and holds exactly these triples; empty, as by
   *     default, if this kind of graph has no weights
   */
  @Override
  protected Optional<KnowledgeGraph> createWeighted(List<String[]> triples) {
    return Optional.empty();
  }

  /**
   * Makes a graph with names. Override it if the graph can have any: nothing else tests their
   * order, and that the label is the first of them.
   *
   * @param triples subject, relation and object ids
   * @param names for some entity and relation ids their names: the preferred label first, then
   *     aliases, of which a relation has none
   * @return a graph that holds exactly these triples and names; empty, as by default, if this kind
   *     of graph has no names
   */
  @Override
  protected Optional<KnowledgeGraph> createNamed(
      List<String[]> triples, Map<String, List<String>> names) {
    return Optional.empty();
  }

  /**
   * Whether {@link #createNamed} names relations too.
   *
   * @return true, unless this kind of graph has names of entities only
   */
  @Override
  protected boolean namesRelations() {
    return true;
  }

  private List<String[]> many() {
    List<String[]> triples = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      triples.add(triple("e" + i % 40, "r" + i % 3, "e" + (i * 7) % 40));
    }
    return triples;
  }

  @Example
  public void severalThreadsMayRead() throws Exception {
    List<String[]> triples = many();
    try (KnowledgeGraph graph = create(triples)) {
      List<String> ids = entityIds(triples);
      Callable<List<List<String>>> work =
          () ->
              ids.stream()
                  .map(id -> read(graph, Direction.BOTH, handle(graph, id)).stream().sorted())
                  .map(Stream::toList)
                  .toList();
      List<List<String>> expected =
          ids.stream().map(id -> expected(triples, id, Direction.BOTH)).toList();
      for (List<List<String>> result : together(Collections.nCopies(THREADS, work))) {
        assertThat(result).isEqualTo(expected);
      }
    }
  }

  /** A store that issues handles on demand must issue one for each id, whoever asks first. */
  @Example
  public void firstLookupsByManyThreadsGiveTheSameHandles() throws Exception {
    List<String[]> triples = many();
    List<String> ids = entityIds(triples);
    try (KnowledgeGraph graph = create(triples)) {
      List<Callable<int[]>> work = new ArrayList<>();
      for (int thread = 0; thread < THREADS; thread++) {
        List<String> order = new ArrayList<>(ids);
        Collections.shuffle(order, new Random(thread));
        boolean batched = thread % 2 == 0;
        work.add(
            () -> {
              int[] found = batched ? graph.entities(order) : handles(graph, order);
              int[] byId = ids.stream().mapToInt(id -> found[order.indexOf(id)]).toArray();
              return append(byId, graph.relation(relation("r1")).orElseThrow());
            });
      }
      for (int[] handles : together(work)) {
        int[] later = append(graph.entities(ids), graph.relation(relation("r1")).orElseThrow());
        assertThat(handles).isEqualTo(later);
        for (int i = 0; i < ids.size(); i++) {
          assertThat(graph.entityId(handles[i])).isEqualTo(ids.get(i));
        }
      }
    }
  }

  /** Runs all at once, each in its own thread. */
  private static <T> List<T> together(List<Callable<T>> work) throws Exception {
    CyclicBarrier start = new CyclicBarrier(work.size());
    ExecutorService pool = Executors.newFixedThreadPool(work.size());
    try {
      List<Future<T>> futures = new ArrayList<>();
      for (Callable<T> one : work) {
        futures.add(
            pool.submit(
                () -> {
                  start.await();
                  return one.call();
                }));
      }
      List<T> results = new ArrayList<>();
      for (Future<T> future : futures) {
        results.add(future.get());
      }
      return results;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Error failed) {
        throw failed;
      }
      throw e;
    } finally {
      pool.shutdownNow();
    }
  }

  /**
   * A graph may be closed while others read: each call still answers rightly, or refuses. One
   * thread closes as soon as the others have read, while one of these is in the midst of its arcs;
   * they go on until they are refused, which is after {@code close} has returned at the latest.
   */
  @Example
  public void closingWhileOthersReadIsRightOrRefused() throws Exception {
    List<String[]> triples = many();
    for (int round = 0; round < 4; round++) {
      KnowledgeGraph graph = create(triples);
      CountDownLatch reading = new CountDownLatch(THREADS);
      AtomicBoolean closed = new AtomicBoolean();
      List<Callable<Boolean>> work = new ArrayList<>();
      for (int thread = 0; thread < THREADS; thread++) {
        List<Runnable> reads = reads(graph, triples, reading, "none" + thread + "-");
        int first = thread;
        work.add(
            () -> {
              try {
                int turn = first;
                boolean last = false;
                while (!refuses(reads.get(turn++ % reads.size()))) {
                  assertThat(last).as("a read that began after close answered").isFalse();
                  reading.countDown();
                  last = closed.get();
                }
                return true;
              } finally {
                IntStream.range(0, THREADS).forEach(i -> reading.countDown());
              }
            });
      }
      work.add(
          () -> {
            reading.await();
            graph.close();
            return closed.compareAndSet(false, true);
          });
      assertThat(together(work)).containsOnly(true);
      assertThat(reads(graph, triples, reading, "none")).allMatch(KnowledgeGraphContract::refuses);
    }
  }

  private List<Runnable> reads(
      KnowledgeGraph graph, List<String[]> triples, CountDownLatch reading, String nowhere) {
    List<String> ids = entityIds(triples);
    List<String> expected = expected(triples, ids.get(0), Direction.BOTH);
    AtomicInteger next = new AtomicInteger();
    return List.of(
        () -> {
          int[] at = graph.entities(ids.subList(0, 1));
          List<String> arcs = new ArrayList<>();
          graph.expand(
              at,
              Direction.BOTH,
              (index, relation, inverse, neighbour, weight) -> {
                reading.countDown();
                return arcs.add(arc(graph, relation, inverse, neighbour));
              });
          assertThat(arcs).containsExactlyInAnyOrderElementsOf(expected);
        },
        () -> assertThat(graph.entity(entity(nowhere + next.incrementAndGet()))).isEmpty(),
        () -> assertThat(graph.relation(relation(nowhere + next.incrementAndGet()))).isEmpty(),
        () -> assertThat(graph.labels(graph.entities(ids))).hasSameSizeAs(ids),
        () ->
            assertThat(graph.relationLabel(graph.relation(relation("r1")).orElseThrow()))
                .isNotEmpty(),
        () -> assertThat(graph.snapshot()).isNotEmpty());
  }

  private static boolean refuses(Runnable read) {
    try {
      read.run();
      return false;
    } catch (IllegalStateException e) {
      return true;
    } catch (RuntimeException e) {
      throw new AssertionError("neither an answer nor an IllegalStateException, but " + e, e);
    }
  }

  @Example
  public void aClosedGraphRefuses() {
    KnowledgeGraph graph = create(few());
    int[] ends = handles(graph, Arrays.asList(entity("e1"), entity("e2")));
    int relation = graph.relation(relation("r1")).orElseThrow();
    graph.close();
    graph.close();
    Class<IllegalStateException> error = IllegalStateException.class;
    throwsA(error, "entityCount", graph::entityCount);
    throwsA(error, "relationCount", graph::relationCount);
    throwsA(error, "tripleCount", graph::tripleCount);
    throwsA(error, "snapshot", graph::snapshot);
    throwsA(error, "capabilities", graph::capabilities);
    throwsA(error, "entities", () -> graph.entities(List.of(entity("e1"))));
    throwsA(error, "entities of none", () -> graph.entities(List.of()));
    throwsA(error, "entity", () -> graph.entity(entity("e1")));
    throwsA(error, "entityId", () -> graph.entityId(ends[0]));
    throwsA(error, "names", () -> graph.names(ends));
    throwsA(error, "label", () -> graph.label(ends[0]));
    throwsA(error, "labels", () -> graph.labels(ends));
    throwsA(error, "relation", () -> graph.relation(relation("r1")));
    throwsA(error, "relationId", () -> graph.relationId(relation));
    throwsA(error, "relationLabel", () -> graph.relationLabel(relation));
    throwsA(error, "expand", () -> read(graph, Direction.BOTH, ends));
    throwsA(error, "expand of none", () -> read(graph, Direction.BOTH));
    throwsA(
        error,
        "expand of one",
        () -> graph.expand(ends[0], Direction.BOTH, (i, r, v, n, w) -> true));
    throwsA(error, "degrees", () -> graph.degrees(ends));
    throwsA(error, "degrees of none", () -> graph.degrees(new int[0]));
    throwsA(error, "triples", () -> graph.triples((s, r, o, weight) -> true));
  }
}
