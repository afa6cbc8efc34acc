package ai.kale.tck;

import static org.assertj.core.api.Assertions.assertThat;

import ai.kale.Direction;
import ai.kale.HubPolicy;
import ai.kale.KnowledgeGraph;
import ai.kale.PathFilter;
import ai.kale.PathQuery;
import ai.kale.PathResult;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Which paths there are: directions, modes, filters and hubs. */
public abstract class PathPolicyContract extends PathFixture {
  PathPolicyContract() {}

  @Property(tries = 200, seed = "20261122")
  public void pathsAreThoseOfTheDefinitionInOrder(@ForAll("cases") PathCase from) {
    try (KnowledgeGraph graph = create(from.triples())) {
      check(graph, from, query(graph, from));
    }
  }

  /** One target that is a source too, several, or all of them; on denser graphs, so with cycles. */
  @Property(tries = 150, seed = "20261122")
  public void sourcesMayBeTargets(@ForAll("cases") PathCase from, @ForAll("cases") PathCase more) {
    List<String> both = new ArrayList<>(from.sources());
    both.addAll(more.sources());
    List<String[]> triples = new ArrayList<>(from.triples());
    triples.addAll(more.triples());
    PathCase cycles =
        new PathCase(
            triples,
            both,
            from.choose(List.of(both.subList(0, 1), more.sources(), both)),
            from.direction(),
            from.mode(),
            Math.min(3, from.maxHops()),
            from.choice());
    try (KnowledgeGraph graph = create(triples)) {
      check(graph, cycles, query(graph, cycles));
    }
  }

  @Property(tries = 150, seed = "20261122")
  public void aFilterLimitsRelationsAndWhatIsPassed(@ForAll("cases") PathCase from) {
    List<String> excluded = List.of(entity("e1"), entity("e4"), entity("not in the graph"));
    PathFilter filter =
        from.choose(
            List.of(
                PathFilter.NONE.denyRelations(List.of(relation("r0"), "unknown")),
                PathFilter.NONE.allowRelations(List.of(relation("r0"), relation("r2"))),
                PathFilter.NONE
                    .allowRelations(List.of(relation("r0"), relation("r1")))
                    .denyRelations(List.of(relation("r1"))),
                PathFilter.NONE.allowRelations(List.of()),
                PathFilter.NONE.excludeEntities(excluded),
                PathFilter.NONE.excludeEntities(excluded).denyRelations(List.of(relation("r1")))));
    try (KnowledgeGraph graph = create(from.triples())) {
      check(graph, from, query(graph, from).withFilter(filter));
    }
  }

  @Property(tries = 150, seed = "20261122")
  public void hubsAreSkippedButMayBeEnds(@ForAll("cases") PathCase from) {
    HubPolicy hubs = HubPolicy.skipAbove(1 + from.choice() % 6);
    try (KnowledgeGraph graph = create(from.triples())) {
      PathQuery query = query(graph, from).withFilter(PathFilter.NONE.withHubs(hubs));
      check(graph, from, query);
      int met = extractor().extract(graph, query).report().hubs();
      Set<String> all = new HashSet<>(entityIds(from.triples()));
      all.removeIf(id -> NaivePaths.degree(from.model(), id) <= hubs.degree());
      assertThat(met).as("hubs met").isBetween(0, all.size());
      if (expected(from, query, path -> 0).size()
          < expected(from, query(graph, from), path -> 0).size()) {
        assertThat(met).as("hubs that cost a path").isPositive();
      }
    }
  }

  /**
   * There is one sample of each hub's arcs, the same for every query, and the paths are those that
   * enter and leave hubs by it: so a path whose arcs at hubs are all used by other paths is there.
   */
  @Property(tries = 150, seed = "20261122")
  public void hubsAreSampledOnceForAllQueries(@ForAll("cases") PathCase from) {
    HubPolicy hubs = HubPolicy.sampleAbove(1 + from.choice() % 4, from.choice() / 4);
    try (KnowledgeGraph graph = create(from.triples())) {
      Set<List<String>> used = new HashSet<>();
      List<PathQuery> queries = new ArrayList<>();
      for (int hops = from.maxHops(); hops >= 1; hops--) {
        queries.add(
            query(graph, from).withMaxHops(hops).withFilter(PathFilter.NONE.withHubs(hubs)));
      }
      for (PathQuery query : queries) {
        List<NaivePaths.Path> all = expected(from, query, path -> 0);
        Set<List<String>> found = new HashSet<>(texts(graph, extractor().extract(graph, query)));
        for (NaivePaths.Path path : all) {
          if (found.contains(path.text())) {
            used.addAll(arcsAtHubs(from, path, hubs));
          }
        }
        List<List<String>> expected =
            all.stream()
                .filter(path -> used.containsAll(arcsAtHubs(from, path, hubs)))
                .map(NaivePaths.Path::text)
                .toList();
        assertThat(texts(graph, extractor().extract(graph, query))).isEqualTo(expected);
        prefixes(graph, query, expected);
      }
    }
  }

  /** Of 400 arcs about 100, so about 50 of 200 lead in and about 50 of 200 out. */
  @Example
  public void aSampleIsAboutAsLargeAsAsked() {
    List<String[]> star = new ArrayList<>();
    List<String> from = new ArrayList<>();
    List<String> to = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      star.add(triple("from" + i, "r0", "hub"));
      star.add(triple("hub", "r0", "to" + i));
      from.add(entity("from" + i));
      to.add(entity("to" + i));
    }
    Set<Set<List<String>>> samples = new HashSet<>();
    try (KnowledgeGraph graph = create(star)) {
      for (int seed = 0; seed < 3; seed++) {
        PathQuery query =
            PathQuery.between(handles(graph, from), handles(graph, to))
                .withMaxPaths(ALL)
                .withMaxHops(2)
                .withDirection(Direction.FORWARD)
                .withFilter(PathFilter.NONE.withHubs(HubPolicy.sampleAbove(100, seed)));
        PathResult result = extractor().extract(graph, query);
        List<List<String>> found = texts(graph, result);
        long ways = found.stream().map(path -> path.get(0)).distinct().count();
        long out = found.stream().map(path -> path.get(6)).distinct().count();
        assertThat(ways).isBetween(25L, 75L);
        assertThat(out).isBetween(25L, 75L);
        assertThat(found).hasSize((int) (ways * out));
        assertThat(result.report().hubs()).isEqualTo(1);
        assertThat(result.report().complete()).isTrue();
        samples.add(new HashSet<>(found));
      }
    }
    assertThat(samples).as("one for each seed").hasSize(3);
  }

  private void prefixes(KnowledgeGraph graph, PathQuery query, List<List<String>> all) {
    for (int k = 1; k < Math.min(4, all.size()); k++) {
      assertThat(texts(graph, extractor().extract(graph, query.withMaxPaths(k))))
          .isEqualTo(all.subList(0, k));
    }
  }

  private static Set<List<String>> arcsAtHubs(PathCase from, NaivePaths.Path path, HubPolicy hubs) {
    Set<List<String>> arcs = new HashSet<>();
    for (int place = 1; place < path.hops(); place++) {
      if (NaivePaths.degree(from.model(), path.entity(place)) > hubs.degree()) {
        arcs.add(path.arcAhead(place - 1));
        arcs.add(path.arcBehind(place));
      }
    }
    return arcs;
  }
}
