package ai.kale.tck;

import static org.assertj.core.api.Assertions.assertThat;

import ai.kale.Direction;
import ai.kale.GraphPath;
import ai.kale.KnowledgeGraph;
import ai.kale.PathExtractor;
import ai.kale.PathQuery;
import ai.kale.PathResult;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/**
 * What every exact {@link PathExtractor} must do: find the paths that the definition names, in the
 * defined order, and be honest about what it cut.
 */
public abstract class PathExtractorContract extends TripleArbitraries {
  /** For subclasses. */
  protected PathExtractorContract() {}

  /**
   * Makes a graph of triples.
   *
   * @param triples subject, relation and object ids
   * @return a graph that holds exactly these triples
   */
  protected abstract KnowledgeGraph create(List<String[]> triples);

  /** The extractor under test. */
  protected abstract PathExtractor extractor();

  @Property(tries = 300, seed = "20261122")
  void pathsAreThoseOfTheDefinitionInOrder(
      @ForAll("triples") List<String[]> triples,
      @ForAll @Size(min = 1, max = 3) List<@IntRange(max = 6) Integer> sources,
      @ForAll @Size(min = 1, max = 3) List<@IntRange(max = 6) Integer> targets,
      @ForAll Direction direction,
      @ForAll @IntRange(min = 1, max = 5) int maxHops) {
    try (KnowledgeGraph graph = create(triples)) {
      List<List<String>> expected =
          NaivePaths.find(
              model(triples), ids(graph, sources), ids(graph, targets), direction, maxHops);
      PathQuery query =
          PathQuery.between(handles(graph, sources), handles(graph, targets))
              .withDirection(direction)
              .withMaxHops(maxHops)
              .withMaxPaths(1_000_000);
      PathResult all = extractor().extract(graph, query);
      assertThat(texts(graph, all)).isEqualTo(expected);
      assertThat(all.report().complete()).isTrue();
      assertThat(all.report().cut()).isEmpty();
      prefixes(graph, query, expected);
    }
  }

  private void prefixes(KnowledgeGraph graph, PathQuery query, List<List<String>> all) {
    for (int k : new int[] {1, 2, all.size() - 1, all.size(), all.size() + 1}) {
      if (k >= 1) {
        PathResult some = extractor().extract(graph, query.withMaxPaths(k));
        assertThat(texts(graph, some)).isEqualTo(all.subList(0, Math.min(k, all.size())));
        assertThat(some.report().complete()).as("complete at %s", k).isEqualTo(k >= all.size());
        assertThat(some.report().cut()).isEqualTo(k >= all.size() ? "" : "maxPaths");
      }
    }
  }

  @Property(tries = 100, seed = "20261122")
  void aBudgetIsReported(
      @ForAll("triples") List<String[]> triples,
      @ForAll @IntRange(max = 6) int source,
      @ForAll @IntRange(max = 6) int target,
      @ForAll @IntRange(min = 1, max = 30) int budget) {
    try (KnowledgeGraph graph = create(triples)) {
      PathQuery query =
          PathQuery.between(handles(graph, List.of(source)), handles(graph, List.of(target)))
              .withMaxHops(4)
              .withMaxPaths(1_000_000);
      List<List<String>> all = texts(graph, extractor().extract(graph, query));
      PathResult some = extractor().extract(graph, query.withMaxArcs(budget));
      assertThat(all).containsAll(texts(graph, some));
      assertThat(some.report().arcsRead()).isLessThanOrEqualTo(budget);
      if (some.report().complete()) {
        assertThat(texts(graph, some)).isEqualTo(all);
      } else {
        assertThat(some.report().cut()).isEqualTo("maxArcs");
      }
    }
  }

  @Example
  void endPointsWithoutPaths() {
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

  /** Random triples; sparse enough for the naive search. */
  @Provide
  Arbitrary<List<String[]>> triples() {
    return randomTriples(7, 2, 12);
  }

  private Set<String> ids(KnowledgeGraph graph, List<Integer> numbers) {
    Set<String> ids = new LinkedHashSet<>();
    for (int handle : handles(graph, numbers)) {
      ids.add(graph.entityId(handle));
    }
    return ids;
  }

  /** Handles of the entities that exist; numbers of others are left out. */
  private int[] handles(KnowledgeGraph graph, List<Integer> numbers) {
    int[] all = graph.entities(numbers.stream().map(n -> entity("e" + n)).toList());
    return Arrays.stream(all).filter(handle -> handle >= 0).toArray();
  }

  private static Set<List<String>> model(List<String[]> triples) {
    Set<List<String>> model = new HashSet<>();
    triples.forEach(triple -> model.add(List.of(triple)));
    return model;
  }

  private static List<List<String>> texts(KnowledgeGraph graph, PathResult result) {
    List<List<String>> texts = new ArrayList<>();
    for (GraphPath path : result.paths()) {
      List<String> text = new ArrayList<>(List.of(graph.entityId(path.entities()[0])));
      for (int i = 0; i < path.hops(); i++) {
        text.add(graph.relationId(path.relations()[i]));
        text.add(path.inverse()[i] ? "1" : "0");
        text.add(graph.entityId(path.entities()[i + 1]));
      }
      texts.add(text);
    }
    return texts;
  }
}
