package ai.kale.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.kale.KnowledgeGraph;
import ai.kale.PathExtractor;
import ai.kale.PathQuery;
import ai.kale.PathResult;
import ai.kale.PathScorer;
import ai.kale.data.PathReport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/**
 * What every exact {@link PathExtractor} must do: find the paths that the definition names, under
 * every setting of a query, in the defined order, and be honest about what it cut.
 */
public abstract class PathExtractorContract extends PathRankingContract {
  /** For subclasses. */
  protected PathExtractorContract() {}

  @Property(tries = 150, seed = "20261122")
  public void aBudgetIsReported(@ForAll("cases") PathCase from) {
    int budget = 1 + from.choice() % 40;
    try (KnowledgeGraph graph = create(from.triples())) {
      PathQuery query = query(graph, from);
      List<List<String>> all = texts(graph, extractor().extract(graph, query));
      PathResult some = extractor().extract(graph, query.withMaxArcs(budget));
      assertThat(some.report().arcsRead()).isLessThanOrEqualTo(budget);
      firstOfAll(graph, some, all, PathReport.MAX_ARCS);
      PathQuery ranked = query.withScorer(PathScorer.specificity());
      partOfAll(
          texts(graph, extractor().extract(graph, ranked)),
          texts(graph, extractor().extract(graph, ranked.withMaxArcs(budget))));
    }
  }

  @Property(tries = 50, seed = "20261122")
  public void aTimeLimitIsReported(@ForAll("cases") PathCase from) {
    try (KnowledgeGraph graph = create(from.triples())) {
      PathQuery query = query(graph, from);
      List<List<String>> all = texts(graph, extractor().extract(graph, query));
      PathResult some = extractor().extract(graph, query.withMaxTime(Duration.ofNanos(1)));
      firstOfAll(graph, some, all, PathReport.MAX_TIME);
      PathResult whole = extractor().extract(graph, query.withMaxTime(Duration.ofDays(1)));
      assertThat(texts(graph, whole)).isEqualTo(all);
      assertThat(whole.report().complete()).isTrue();
    }
  }

  /** What a cut search without costs and scorer may give. */
  private static void firstOfAll(
      KnowledgeGraph graph, PathResult some, List<List<String>> all, String cut) {
    assertThat(texts(graph, some)).isEqualTo(all.subList(0, some.paths().size()));
    if (some.report().complete()) {
      assertThat(some.paths()).hasSize(all.size());
    } else {
      assertThat(some.report().cut()).isEqualTo(cut);
    }
  }

  private static void partOfAll(List<List<String>> all, List<List<String>> some) {
    List<List<String>> left = new ArrayList<>(all);
    left.retainAll(some);
    assertThat(some).as("in the order of all").isEqualTo(left);
  }

  @Property(tries = 50, seed = "20261122")
  public void anInterruptCutsAndStays(@ForAll("cases") PathCase from) {
    try (KnowledgeGraph graph = create(from.triples())) {
      PathQuery query = query(graph, from);
      List<List<String>> all = texts(graph, extractor().extract(graph, query));
      if (query.sources().length == 0 || query.targets().length == 0) {
        return; // nothing to cut
      }
      Thread.currentThread().interrupt();
      PathResult some;
      boolean stays;
      try {
        some = extractor().extract(graph, query);
      } finally {
        stays = Thread.interrupted();
      }
      assertThat(stays).as("the interrupt flag").isTrue();
      assertThat(some.report().complete()).isEqualTo(false);
      firstOfAll(graph, some, all, PathReport.INTERRUPTED);
    }
  }

  @Example
  public void severalThreadsMaySearch() throws InterruptedException {
    Random random = new Random(20261122);
    List<String[]> triples = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      triples.add(
          triple("e" + random.nextInt(20), "r" + random.nextInt(3), "e" + random.nextInt(20)));
    }
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try (KnowledgeGraph graph = create(triples)) {
      PathExtractor one = extractor();
      List<PathQuery> queries = new ArrayList<>();
      List<PathResult> alone = new ArrayList<>();
      for (int i = 0; i < 24; i++) {
        int[] ends = handles(graph, List.of(entity("e" + i % 20), entity("e" + (i * 7 + 3) % 20)));
        PathQuery query =
            PathQuery.between(new int[] {ends[0]}, new int[] {ends[ends.length - 1]})
                .withMaxHops(3)
                .withScorer(PathScorer.specificity());
        queries.add(query);
        alone.add(one.extract(graph, query));
      }
      List<Future<PathResult>> together = new ArrayList<>();
      queries.forEach(query -> together.add(threads.submit(() -> one.extract(graph, query))));
      for (int i = 0; i < queries.size(); i++) {
        assertThat(result(together.get(i))).isEqualTo(alone.get(i));
      }
      assertThat(alone).anyMatch(result -> result.paths().size() > 1);
    } finally {
      threads.shutdownNow();
    }
  }

  private static PathResult result(Future<PathResult> future) throws InterruptedException {
    try {
      return future.get();
    } catch (ExecutionException e) {
      throw new AssertionError("a search failed in another thread", e.getCause());
    }
  }

  @Example
  public void endPointsWithoutPaths() {
    try (KnowledgeGraph graph =
        create(List.of(triple("e0", "r0", "e1"), triple("e2", "r0", "e2")))) {
      int a = handle(graph, entity("e0"));
      int lone = handle(graph, entity("e2"));
      int[] none = new int[0];
      for (PathQuery query :
          List.of(
              PathQuery.between(none, none),
              PathQuery.between(new int[] {a}, none),
              PathQuery.between(none, new int[] {a}),
              PathQuery.between(new int[] {a}, new int[] {a}),
              PathQuery.between(new int[] {lone}, new int[] {lone}),
              PathQuery.between(new int[] {a}, new int[] {lone}))) {
        PathResult result = extractor().extract(graph, query);
        assertThat(result.paths()).isEmpty();
        assertThat(result.report().complete()).isTrue();
      }
    }
  }

  @Example
  public void aHandleThatWasNeverIssuedIsAnError() {
    try (KnowledgeGraph graph = create(List.<String[]>of(triple("e0", "r0", "e1")))) {
      int[] a = {handle(graph, entity("e0"))};
      int[] wrong = {1_000};
      for (PathQuery query : List.of(PathQuery.between(a, wrong), PathQuery.between(wrong, a))) {
        assertThatThrownBy(() -> extractor().extract(graph, query))
            .isInstanceOf(IndexOutOfBoundsException.class);
      }
    }
  }
}
