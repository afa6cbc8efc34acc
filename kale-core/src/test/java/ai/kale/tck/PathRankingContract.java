package ai.kale.tck;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.kale.KnowledgeGraph;
import ai.kale.PathQuery;
import ai.kale.PathScorer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** In what order paths come: costs and scores. */
public abstract class PathRankingContract extends PathPolicyContract {
  PathRankingContract() {}

  /** A scorer, and the same written down on strings. */
  private record Pair(PathScorer scorer, ToDoubleFunction<NaivePaths.Path> naive) {}

  @Property(tries = 150, seed = "20261122")
  public void costsAreAddedUpFromTheSource(@ForAll("cases") PathCase from) {
    try (KnowledgeGraph graph = create(from.triples())) {
      check(graph, from, query(graph, from).withRelationCosts(costs(from)));
    }
  }

  private Map<String, Double> costs(PathCase from) {
    return from.choose(
        List.of(
            Map.of(relation("r0"), 0.1, relation("r1"), 0.2, relation("r2"), 0.7),
            Map.of(relation("r0"), 2.5),
            Map.of(relation("r1"), 0.25, relation("unknown"), 0.01),
            Map.of(relation("r0"), 1e-9, relation("r2"), 1e9)));
  }

  @Property(tries = 150, seed = "20261122")
  public void scoresRankPathsOfTheSameCost(@ForAll("cases") PathCase from) {
    Pair pair = from.choose(pairs(from.model()));
    try (KnowledgeGraph graph = create(from.triples())) {
      PathQuery query = query(graph, from).withScorer(pair.scorer);
      check(graph, from, query, pair.naive);
      check(graph, from, query.withRelationCosts(Map.of(relation("r0"), 2.0)), pair.naive);
    }
  }

  private List<Pair> pairs(Set<List<String>> model) {
    Map<String, Long> counts = new HashMap<>();
    model.forEach(triple -> counts.merge(triple.get(1), 1L, Long::sum));
    return List.of(
        new Pair(PathScorer.length(), path -> -path.hops()),
        new Pair(
            path -> path.inverse(0) ? 0 : 1, // a user's own
            path -> path.inverse(0) ? 0 : 1),
        new Pair(
            path -> path.graph().entityId(path.entity(path.hops() - 1)).hashCode() % 3,
            path -> path.entity(path.hops() - 1).hashCode() % 3),
        new Pair(
            path -> path.degree(0) + 10.0 * path.degree(path.hops()),
            path ->
                NaivePaths.degree(model, path.entity(0))
                    + 10.0 * NaivePaths.degree(model, path.entity(path.hops()))),
        new Pair(
            PathScorer.specificity(),
            path -> {
              double sum = 0;
              for (int place = 1; place < path.hops(); place++) {
                sum -= Math.log(NaivePaths.degree(model, path.entity(place)));
              }
              return sum;
            }),
        new Pair(
            PathScorer.rareRelations(counts),
            path -> {
              double sum = 0;
              for (int hop = 0; hop < path.hops(); hop++) {
                long count = counts.getOrDefault(path.relation(hop), 1L);
                sum -= Math.log((double) count / model.size());
              }
              return sum / path.hops();
            }),
        new Pair(
            PathScorer.relationDiversity().times(-1),
            path ->
                -new HashSet<>(IntStream.range(0, path.hops()).mapToObj(path::relation).toList())
                        .size()
                    / (double) path.hops()));
  }

  @Property(tries = 100, seed = "20261122")
  public void scorersSeeTheWeightsOfTheTriples(@ForAll("cases") PathCase from) {
    Map<List<String>, Float> weights = new HashMap<>();
    List<String[]> weighted = new ArrayList<>();
    for (String[] triple : from.triples()) {
      float weight = weights.size() % 4 * 0.25f + 0.25f;
      weights.putIfAbsent(List.of(triple), weight);
      String text = Float.toString(weights.getOrDefault(List.of(triple), weight));
      weighted.add(new String[] {triple[0], triple[1], triple[2], text});
    }
    createWeighted(weighted)
        .ifPresent(
            made -> {
              try (KnowledgeGraph graph = made) {
                check(
                    graph,
                    from,
                    query(graph, from).withScorer(PathScorer.confidence()),
                    path -> {
                      double product = 1;
                      for (int hop = 0; hop < path.hops(); hop++) {
                        product *= weights.getOrDefault(path.triple(hop), 0f);
                      }
                      return product;
                    });
              }
            });
  }

  @Example
  public void aScoreThatIsNoNumberIsAnError() {
    try (KnowledgeGraph graph = create(List.<String[]>of(triple("e0", "r0", "e1")))) {
      PathQuery query =
          PathQuery.between(
                  handles(graph, List.of(entity("e0"))), handles(graph, List.of(entity("e1"))))
              .withScorer(path -> Double.NaN);
      assertThatThrownBy(() -> extractor().extract(graph, query))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("NaN")
          .hasMessageContaining(entity("e0"));
    }
  }
}
