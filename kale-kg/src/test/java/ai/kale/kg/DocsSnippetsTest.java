package ai.kale.kg;

import static org.assertj.core.api.Assertions.assertThat;

import ai.kale.ArcVisitor;
import ai.kale.Direction;
import ai.kale.GraphCapability;
import ai.kale.GraphPath;
import ai.kale.GroundedSet;
import ai.kale.Kale;
import ai.kale.KnowledgeGraph;
import ai.kale.PathQuery;
import ai.kale.PathResult;
import ai.kale.data.KnowledgePath;
import ai.kale.data.Question;
import ai.kale.kg.graph.CompactGraph;
import ai.kale.kg.graph.CompactGraphBuilder;
import ai.kale.kg.graph.ForwardingKnowledgeGraph;
import ai.kale.kg.jgrapht.JGraphTKnowledgeGraph;
import ai.kale.kg.jgrapht.JGraphTView;
import ai.kale.kg.link.FallbackLinker;
import ai.kale.kg.link.LabelLinker;
import ai.kale.kg.link.TopicLinker;
import ai.kale.kg.path.ExactPathExtractor;
import ai.kale.kg.path.KnowledgePaths;
import ai.kale.kg.path.RelationPathFollower;
import ai.kale.kg.path.RelationPathFollower.Hop;
import ai.kale.kg.rdf.CommonsRdfGraphs;
import ai.kale.spi.EntityLinker;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.commons.rdf.simple.SimpleRDF;
import org.jgrapht.Graph;
import org.jgrapht.alg.scoring.PageRank;
import org.jgrapht.graph.DirectedPseudograph;
import org.junit.jupiter.api.Test;

/** The snippets of docs/knowledge-graphs.md, between the marks; keep both the same. */
class DocsSnippetsTest {
  private final CompactGraph graph =
      new CompactGraphBuilder()
          .addTriple("Kismet", "directed_by", "William Dieterle")
          .addTriple("William Dieterle", "place_of_birth", "Ludwigshafen")
          .build();

  @Test
  void build() {
    // snippet: build
    CompactGraph graph =
        new CompactGraphBuilder()
            .addTriple("Q1", "P57", "Q2")
            .addLabel("Q1", "Kismet")
            .addLabel("Q2", "William Dieterle")
            .addAlias("Q2", "Wilhelm Dieterle")
            .addLabel("P57", "director")
            .build();
    // end
    assertThat(graph.relationLabel(0)).isEqualTo("director");
  }

  private record Link(String kind) {}

  @Test
  void adapters() {
    Graph<String, Link> people = new DirectedPseudograph<>(Link.class);
    people.addVertex("ann");
    people.addVertex("bob");
    people.addEdge("ann", "bob", new Link("knows"));
    org.apache.commons.rdf.api.Graph rdf = new SimpleRDF().createGraph();
    // snippet: adapters
    KnowledgeGraph fromJGraphT = new JGraphTKnowledgeGraph<>(people, v -> v, Link::kind);
    KnowledgeGraph fromCommonsRdf = CommonsRdfGraphs.load(rdf).graph();
    double rank = new PageRank<>(new JGraphTView(fromJGraphT)).getVertexScore(0);
    // end
    assertThat(fromJGraphT.tripleCount()).hasValue(1);
    assertThat(fromCommonsRdf.entityCount()).isZero();
    assertThat(rank).isPositive();
  }

  @Test
  void linkAndExtract() {
    // snippet: link
    EntityLinker linker = new FallbackLinker(new TopicLinker(), new LabelLinker());
    Question question =
        Question.of("q1", "Where was the director of Kismet born?", List.of("Ludwigshafen"));
    EntityLinker.Links links = linker.link(graph, question);
    // end
    int film = links.question().get(0);
    int city = links.answer().get(0);
    // snippet: extract
    PathQuery query =
        PathQuery.between(new int[] {film}, new int[] {city})
            .withMaxHops(3)
            .withMaxPaths(16)
            .withMaxArcs(1_000_000);
    PathResult result = new ExactPathExtractor().extract(graph, query);
    if (!result.report().complete()) {
      System.out.println("cut by " + result.report().cut());
    }
    for (GraphPath path : result.paths()) {
      KnowledgePath readable = KnowledgePaths.resolve(graph, path);
      System.out.println(readable.signature()); // directed_by/place_of_birth
    }
    // end
    assertThat(result.paths()).hasSize(1);
  }

  @Test
  void groundAndFollow() {
    List<Question> questions =
        List.of(
            Question.of("q1", "Where was the director of Kismet born?", List.of("Ludwigshafen")));
    // snippet: ground
    GroundedSet grounded =
        Kale.with(graph)
            .linker(new LabelLinker())
            .extractor(new ExactPathExtractor())
            .limits(query -> query.withMaxHops(2))
            .ground(questions);
    System.out.println(grounded.summary().describe());
    // end
    assertThat(grounded.summary().coverage()).isEqualTo(1);
    int film = graph.entity("Kismet").orElseThrow();
    // snippet: follow
    PathResult own =
        new RelationPathFollower(16)
            .follow(
                graph,
                film,
                List.of(new Hop("directed_by", false), new Hop("place_of_birth", false)));
    // end
    assertThat(own.paths()).hasSize(1);
  }

  // snippet: custom
  /** Hides a relation from every search. */
  static final class WithoutRelation extends ForwardingKnowledgeGraph {
    private final String relationId;
    private final int hidden;

    WithoutRelation(KnowledgeGraph graph, String relationId) {
      super(graph);
      this.relationId = relationId;
      this.hidden = graph.relation(relationId).orElse(-1);
    }

    @Override
    public void expand(int[] frontier, Direction direction, ArcVisitor visitor) {
      super.expand(
          frontier,
          direction,
          (index, relation, inverse, neighbour, weight) ->
              relation == hidden || visitor.arc(index, relation, inverse, neighbour, weight));
    }

    @Override
    public Set<GraphCapability> capabilities() {
      Set<GraphCapability> left = new HashSet<>(super.capabilities());
      left.remove(GraphCapability.CONTENT_HASH); // the snapshot below is none
      return left;
    }

    @Override
    public OptionalLong tripleCount() {
      return OptionalLong.empty();
    }

    @Override
    public String snapshot() {
      return super.snapshot() + " without " + relationId;
    }
  }

  // end

  @Test
  void custom() {
    KnowledgeGraph without = new WithoutRelation(graph, "directed_by");
    PathQuery query = PathQuery.between(new int[] {0}, new int[] {2});
    assertThat(new ExactPathExtractor().extract(graph, query).paths()).hasSize(1);
    assertThat(new ExactPathExtractor().extract(without, query).paths()).isEmpty();
    assertThat(without.snapshot()).isEqualTo(graph.snapshot() + " without directed_by");
    assertThat(without.tripleCount()).isEmpty();
    assertThat(graph.capabilities()).contains(GraphCapability.CONTENT_HASH);
    assertThat(without.capabilities()).containsExactly(GraphCapability.ENUMERATION);
  }
}
