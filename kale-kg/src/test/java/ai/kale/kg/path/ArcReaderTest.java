package ai.kale.kg.path;

import static org.assertj.core.api.Assertions.assertThat;

import ai.kale.Direction;
import ai.kale.KnowledgeGraph;
import ai.kale.PathQuery;
import ai.kale.kg.graph.CompactGraph;
import ai.kale.kg.graph.CompactGraphBuilder;
import ai.kale.kg.rdf.CommonsRdfGraphs;
import org.apache.commons.rdf.api.Graph;
import org.apache.commons.rdf.simple.SimpleRDF;
import org.junit.jupiter.api.Test;

/** A budget bounds what is read and kept at a hub, whatever its degree. */
class ArcReaderTest {
  private static CompactGraph hubs(int leaves) {
    CompactGraphBuilder builder = new CompactGraphBuilder().addEntity("hub").addEntity("far");
    for (int i = 0; i < leaves; i++) {
      builder.addTriple("hub", "r", "leaf" + i).addTriple("far", "r", "leaf" + i);
    }
    return builder.build();
  }

  @Test
  void readingStopsWithinTheArcsOfAHub() {
    CompactGraph graph = hubs(1000);
    int[] frontier = {graph.entity("far").getAsInt(), graph.entity("hub").getAsInt()};
    for (boolean arrays : new boolean[] {true, false}) {
      ArcBlock some = read(graph, arrays, frontier, 20);
      assertThat(some.cut).isTrue();
      assertThat(some.size()).isEqualTo(20);
      assertThat(read(graph, arrays, frontier, 1999).cut).isTrue();
      ArcBlock all = read(graph, arrays, frontier, 2000);
      assertThat(all.cut).isFalse();
      assertThat(all.off).containsExactly(0, 1000, 2000);
      assertThat(read(graph, arrays, frontier, Long.MAX_VALUE).size()).isEqualTo(2000);
    }
  }

  private static ArcBlock read(CompactGraph graph, boolean arrays, int[] frontier, long budget) {
    PathQuery query = PathQuery.between(frontier, frontier).withMaxArcs(budget);
    PathRules rules = new PathRules(graph, query);
    SearchBudget left = new SearchBudget(query);
    ArcReader reader =
        arrays
            ? new CompactArcReader(graph, query, rules, left)
            : new BatchedArcReader(graph, query, rules, left);
    return reader.read(frontier, false, Direction.BOTH);
  }

  @Test
  void theReportCountsTheArcsRead() {
    CompactGraph graph = hubs(1000);
    PathQuery query =
        PathQuery.between(new int[] {0}, new int[] {1}).withMaxArcs(20).withMaxPaths(5000);
    assertThat(new ExactPathExtractor().extract(graph, query).report().arcsRead()).isEqualTo(20);
  }

  @Test
  void copiesOfCommonsRdfGraphsAreReadFromArrays() {
    SimpleRDF rdf = new SimpleRDF();
    Graph graph = rdf.createGraph();
    graph.add(
        rdf.createIRI("http://x/a"), rdf.createIRI("http://x/r"), rdf.createIRI("http://x/b"));
    KnowledgeGraph copy = CommonsRdfGraphs.load(graph).graph();
    PathQuery query = PathQuery.between(new int[] {0}, new int[] {1});
    ArcReader reader =
        ArcReader.of(copy, query, new PathRules(copy, query), new SearchBudget(query));
    assertThat(reader).isInstanceOf(CompactArcReader.class);
  }
}
