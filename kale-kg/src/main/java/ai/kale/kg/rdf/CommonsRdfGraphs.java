package ai.kale.kg.rdf;

import ai.kale.error.InvalidInputException;
import ai.kale.kg.graph.CompactGraphBuilder;
import ai.kale.kg.graph.LoadedGraph;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.commons.rdf.api.BlankNode;
import org.apache.commons.rdf.api.BlankNodeOrIRI;
import org.apache.commons.rdf.api.Dataset;
import org.apache.commons.rdf.api.Graph;
import org.apache.commons.rdf.api.IRI;
import org.apache.commons.rdf.api.Literal;
import org.apache.commons.rdf.api.Quad;
import org.apache.commons.rdf.api.RDFTerm;
import org.apache.commons.rdf.api.Triple;

/**
 * Copies Apache Commons RDF graphs and datasets: IRIs and blank nodes are entities, labels and
 * aliases as in {@link RdfGraphBuilder}.
 *
 * <p>The triples are copied once, O(n), because the Commons RDF API promises neither fast access by
 * subject and object nor thread safety; later changes of the source are not seen. The copy is a
 * {@link ai.kale.kg.graph.CompactGraph}, which the path extractor searches at its full speed. Blank
 * nodes are named {@code _:} and their unique reference, which is stable only as long as the source
 * is.
 */
public final class CommonsRdfGraphs {
  private CommonsRdfGraphs() {}

  /**
   * Copies a graph; labels in English, else without language, else any.
   *
   * @param graph the source; only read during this call
   * @return the copy, possibly empty, and what was left out
   */
  public static LoadedGraph load(Graph graph) {
    return load(graph, List.of("en", ""));
  }

  /**
   * Copies a graph.
   *
   * @param graph the source; only read during this call
   * @param languages preferred label languages, best first; {@code ""} for no language
   * @return the copy, possibly empty, and what was left out
   */
  public static LoadedGraph load(Graph graph, List<String> languages) {
    return load(
        graph, CommonsRdfOptions.defaults().withLanguages(languages.toArray(new String[0])));
  }

  /**
   * Copies a graph.
   *
   * @param graph the source; only read during this call
   * @param options label languages, properties that give names, literals that become entities
   * @return the copy, possibly empty, and what was left out
   * @throws IllegalArgumentException if the options name graphs of a dataset
   */
  public static LoadedGraph load(Graph graph, CommonsRdfOptions options) {
    if (!options.graphs().isEmpty()) {
      throw new IllegalArgumentException("a graph has no named graphs; pass the dataset");
    }
    RdfGraphBuilder builder = options.collectInto(new CompactGraphBuilder());
    try (Stream<? extends Triple> triples = graph.stream()) {
      triples
          .sequential()
          .forEach(
              triple ->
                  add(builder, triple.getSubject(), triple.getPredicate(), triple.getObject()));
    }
    return builder.build(0, List.of());
  }

  /**
   * Copies all graphs of a dataset, the default graph and the named ones, into one; labels in
   * English, else without language, else any.
   *
   * @param dataset the source; only read during this call
   * @return the copy, possibly empty, and what was left out
   */
  public static LoadedGraph load(Dataset dataset) {
    return load(dataset, CommonsRdfOptions.defaults());
  }

  /**
   * Copies graphs of a dataset into one. A triple that is in several counts once; of its sources
   * that of the default graph is kept, else the first in the order of names.
   *
   * @param dataset the source; only read during this call
   * @param options which graphs, names and literals, and whether to keep the name of the graph of
   *     each triple
   * @return the copy, possibly empty, and what was left out
   * @throws InvalidInputException if the dataset lacks a graph that the options name
   */
  public static LoadedGraph load(Dataset dataset, CommonsRdfOptions options) {
    SortedMap<String, Optional<BlankNodeOrIRI>> graphs = new TreeMap<>();
    graphs.put("", Optional.empty());
    try (Stream<BlankNodeOrIRI> names = dataset.getGraphNames()) {
      names.sequential().forEach(name -> graphs.put(id(name), Optional.of(name)));
    }
    CompactGraphBuilder compact = new CompactGraphBuilder();
    RdfGraphBuilder builder = options.collectInto(compact);
    options
        .choose(graphs)
        .forEach(
            (name, graph) -> {
              compact.at(0, name);
              try (Stream<? extends Quad> quads = dataset.stream(graph, null, null, null)) {
                quads
                    .sequential()
                    .forEach(
                        quad ->
                            add(builder, quad.getSubject(), quad.getPredicate(), quad.getObject()));
              }
            });
    return builder.build(0, List.of());
  }

  private static void add(
      RdfGraphBuilder builder, BlankNodeOrIRI from, IRI relation, RDFTerm object) {
    String subject = id(from);
    String predicate = relation.getIRIString();
    if (object instanceof Literal literal) {
      builder.addLiteral(
          subject,
          predicate,
          literal.getLexicalForm(),
          literal.getLanguageTag().orElse(""),
          literal.getDatatype().getIRIString());
    } else {
      builder.addResource(subject, predicate, id(object));
    }
  }

  private static String id(RDFTerm term) {
    if (term instanceof IRI iri) {
      return iri.getIRIString();
    }
    return term instanceof BlankNode blank ? "_:" + blank.uniqueReference() : term.ntriplesString();
  }
}
