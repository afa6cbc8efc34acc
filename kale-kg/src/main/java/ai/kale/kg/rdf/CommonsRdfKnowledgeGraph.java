package ai.kale.kg.rdf;

import ai.kale.kg.graph.ForwardingKnowledgeGraph;
import ai.kale.kg.graph.LoadReport;
import ai.kale.kg.graph.LoadedGraph;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.rdf.api.BlankNode;
import org.apache.commons.rdf.api.Graph;
import org.apache.commons.rdf.api.IRI;
import org.apache.commons.rdf.api.Literal;
import org.apache.commons.rdf.api.RDFTerm;
import org.apache.commons.rdf.api.Triple;

/**
 * Any Apache Commons RDF graph as a knowledge graph: IRIs and blank nodes are entities, labels and
 * aliases as in {@link RdfGraphBuilder}.
 *
 * <p>The triples are copied once, O(n), because the Commons RDF API promises neither fast access by
 * subject and object nor thread safety; later changes of the source are not seen. Blank nodes are
 * named {@code _:} and their unique reference, which is stable only as long as the source is.
 */
public final class CommonsRdfKnowledgeGraph extends ForwardingKnowledgeGraph {
  private final LoadReport report;

  private CommonsRdfKnowledgeGraph(LoadedGraph loaded) {
    super(loaded.graph());
    this.report = loaded.report();
  }

  /**
   * Copies a graph; labels in English, else without language, else any.
   *
   * @param graph the source; only read during this call
   * @return a knowledge graph, possibly empty
   */
  public static CommonsRdfKnowledgeGraph of(Graph graph) {
    return of(graph, List.of("en", ""));
  }

  /**
   * Copies a graph.
   *
   * @param graph the source; only read during this call
   * @param languages preferred label languages, best first; {@code ""} for no language
   * @return a knowledge graph, possibly empty
   */
  public static CommonsRdfKnowledgeGraph of(Graph graph, List<String> languages) {
    RdfGraphBuilder builder = new RdfGraphBuilder(languages);
    try (Stream<? extends Triple> triples = graph.stream()) {
      triples.sequential().forEach(triple -> add(builder, triple));
    }
    return new CommonsRdfKnowledgeGraph(builder.build(0, List.of()));
  }

  private static void add(RdfGraphBuilder builder, Triple triple) {
    String subject = id(triple.getSubject());
    String predicate = triple.getPredicate().getIRIString();
    if (triple.getObject() instanceof Literal literal) {
      builder.addLiteral(
          subject, predicate, literal.getLexicalForm(), literal.getLanguageTag().orElse(""));
    } else {
      builder.addResource(subject, predicate, id(triple.getObject()));
    }
  }

  private static String id(RDFTerm term) {
    if (term instanceof IRI iri) {
      return iri.getIRIString();
    }
    return term instanceof BlankNode blank ? "_:" + blank.uniqueReference() : term.ntriplesString();
  }

  /** What was kept and left out. */
  public LoadReport report() {
    return report;
  }
}
