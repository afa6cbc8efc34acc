package ai.kale.kg.path;

import static org.assertj.core.api.Assertions.assertThat;

import ai.kale.Direction;
import ai.kale.KnowledgeGraph;
import ai.kale.PathQuery;
import ai.kale.kg.graph.CompactGraph;
import ai.kale.kg.graph.CompactGraphBuilder;
import ai.kale.kg.rdf.CommonsRdfGraphs;
import java.util.List;
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
    int[] frontier = {0, 1};
    for (ArcReader reader : List.of(new CompactArcReader(graph), new BatchedArcReader(graph))) {
      ArcBlock some = reader.read(frontier, false, Direction.BOTH, 20);
      assertThat(some.cut).isTrue();
      assertThat(some.size()).isEqualTo(20);
      assertThat(some.nbr).hasSizeLessThan(100);
      assertThat(reader.read(frontier, false, Direction.BOTH, 1999).cut).isTrue();
      ArcBlock all = reader.read(frontier, false, Direction.BOTH, 2000);
      assertThat(all.cut).isFalse();
      assertThat(all.off).containsExactly(0, 1000, 2000);
      assertThat(reader.read(frontier, false, Direction.BOTH, Long.MAX_VALUE).size())
          .isEqualTo(2000);
    }
  }

  @Test
  void theReportCountsTheArcsRead() {
    CompactGraph graph = hubs(1000);
    PathQuery query = PathQuery.between(new int[] {0}, new int[] {1}).withMaxArcs(20);
    assertThat(new ExactPathExtractor().extract(graph, query).report().arcsRead()).isEqualTo(20);
  }

  @Test
  void copiesOfCommonsRdfGraphsAreReadFromArrays() {
    SimpleRDF rdf = new SimpleRDF();
    Graph graph = rdf.createGraph();
    graph.add(
        rdf.createIRI("http://x/a"), rdf.createIRI("http://x/r"), rdf.createIRI("http://x/b"));
    KnowledgeGraph copy = CommonsRdfGraphs.load(graph).graph();
    assertThat(ArcReader.of(copy)).isInstanceOf(CompactArcReader.class);
  }
}
