package ai.kale.tck;

import static org.assertj.core.api.Assertions.assertThat;

import ai.kale.Direction;
import ai.kale.GraphPath;
import ai.kale.KnowledgeGraph;
import ai.kale.PathExtractor;
import ai.kale.PathMode;
import ai.kale.PathQuery;
import ai.kale.PathResult;
import ai.kale.data.PathReport;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Provide;

/** Makes graphs and queries, and compares what an extractor finds with the definition. */
public abstract class PathFixture extends TripleArbitraries {
  static final int ALL = 1_000_000;

  PathFixture() {}

  /**
   * Makes a graph of triples.
   *
   * @param triples subject, relation and object ids
   * @return a graph that holds exactly these triples
   */
  protected abstract KnowledgeGraph create(List<String[]> triples);

  /**
   * Makes a graph with weights, for a backend that has them.
   *
   * @param triples subject, relation, object and weight
   * @return a graph of exactly these, of equal ones that with the highest weight; or empty
   */
  protected Optional<KnowledgeGraph> createWeighted(List<String[]> triples) {
    return Optional.empty();
  }

  /** The extractor under test. */
  protected abstract PathExtractor extractor();

  /** Random cases: parallel triples, self loops, hubs, parts without connection. */
  @Provide
  public final Arbitrary<PathCase> cases() {
    Arbitrary<List<String>> ends =
        Arbitraries.integers()
            .between(0, 6)
            .map(number -> entity("e" + number))
            .list()
            .ofMinSize(1)
            .ofMaxSize(3);
    return Combinators.combine(
            randomTriples(7, 3, 12),
            ends,
            ends,
            Arbitraries.of(Direction.class),
            Arbitraries.of(PathMode.class),
            Arbitraries.integers().between(1, 5),
            Arbitraries.integers().between(0, 999))
        .as(PathCase::new);
  }

  /** The case's query, for all paths. */
  static PathQuery query(KnowledgeGraph graph, PathCase from) {
    return PathQuery.between(handles(graph, from.sources()), handles(graph, from.targets()))
        .withDirection(from.direction())
        .withMode(from.mode())
        .withMaxHops(from.maxHops())
        .withMaxPaths(ALL);
  }

  /** Handles of the entities that exist. */
  static int[] handles(KnowledgeGraph graph, List<String> ids) {
    return Arrays.stream(graph.entities(ids)).filter(handle -> handle >= 0).toArray();
  }

  static List<NaivePaths.Path> expected(
      PathCase from, PathQuery query, ToDoubleFunction<NaivePaths.Path> scorer) {
    return NaivePaths.find(
        from.model(),
        new LinkedHashSet<>(from.sources()),
        new LinkedHashSet<>(from.targets()),
        query,
        scorer);
  }

  /** Checks all paths, and the best K for several K, against the definition without scores. */
  final void check(KnowledgeGraph graph, PathCase from, PathQuery query) {
    check(graph, from, query, path -> 0);
  }

  /** The same with a scorer, written down on strings. */
  final void check(
      KnowledgeGraph graph,
      PathCase from,
      PathQuery query,
      ToDoubleFunction<NaivePaths.Path> scorer) {
    List<NaivePaths.Path> all = expected(from, query, scorer);
    int n = all.size();
    Set<Integer> limits = new LinkedHashSet<>(List.of(ALL, 1, 2, n / 2, n - 1, n, n + 1));
    for (int k : limits) {
      if (k >= 1) {
        PathResult found = extractor().extract(graph, query.withMaxPaths(k));
        List<NaivePaths.Path> best = all.subList(0, Math.min(k, n));
        assertThat(texts(graph, found))
            .as("best %s of %s", k, query)
            .isEqualTo(best.stream().map(NaivePaths.Path::text).toList());
        if (query.isRanked()) {
          assertThat(found.scores()).isEqualTo(best.stream().map(NaivePaths.Path::score).toList());
        } else {
          assertThat(found.scores()).isEmpty();
        }
        assertThat(found.report().cut())
            .as("cut at %s of %s paths", k, n)
            .isEqualTo(k >= n ? "" : PathReport.MAX_PATHS);
      }
    }
  }

  static List<List<String>> texts(KnowledgeGraph graph, PathResult result) {
    return result.paths().stream().map(path -> text(graph, path)).toList();
  }

  private static List<String> text(KnowledgeGraph graph, GraphPath path) {
    List<String> text = new ArrayList<>(List.of(graph.entityId(path.entities()[0])));
    for (int i = 0; i < path.hops(); i++) {
      text.add(graph.relationId(path.relations()[i]));
      text.add(path.inverse()[i] ? "1" : "0");
      text.add(graph.entityId(path.entities()[i + 1]));
    }
    return text;
  }
}
