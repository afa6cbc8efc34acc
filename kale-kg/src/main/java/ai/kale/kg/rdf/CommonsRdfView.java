package ai.kale.kg.rdf;

import ai.kale.Direction;
import ai.kale.GraphCapability;
import ai.kale.KnowledgeGraph;
import ai.kale.kg.graph.CompactGraph;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.commons.rdf.api.BlankNodeOrIRI;
import org.apache.commons.rdf.api.Graph;
import org.apache.commons.rdf.api.IRI;
import org.apache.commons.rdf.api.Literal;
import org.apache.commons.rdf.api.RDFTerm;
import org.apache.commons.rdf.api.Triple;
import org.jspecify.annotations.Nullable;

/**
 * A knowledge graph as a read-only Apache Commons RDF graph, for whatever reads such graphs. Made
 * by {@link #builder}. Every modification throws {@link UnsupportedOperationException}.
 *
 * <p><b>Terms.</b> An id that is an absolute IRI is that IRI, {@code _:x} is the blank node whose
 * unique reference is x. Any other id needs a base namespace: its IRI is the base followed by the
 * id, percent-encoded in UTF-8 but for ASCII letters, digits and {@code - . _ ~}; so is that of an
 * id which itself starts with the base. This is one to one. An id that is a literal as N-Triples
 * writes it, of an entity that is no subject, is that literal.
 *
 * <p><b>Names</b> are left out, unless asked for: then the label of an entity is its {@code
 * rdfs:label}, its aliases {@code skos:altLabel}, and the label of a relation, where it is not just
 * its id, is the {@code rdfs:label} of the predicate; one that is a triple of the graph anyway
 * comes once. Weights, sources and entities without any triple are not in RDF.
 *
 * <p>Nothing is copied. A pattern with a subject or an object costs O(arcs of that entity), of the
 * smaller of both in a {@link CompactGraph}; other patterns, and literals without a subject, read
 * the whole graph, block by block. Unique references are unique in this graph only: blank nodes of
 * two graphs whose ids come from files may be equal by accident. Safe for use by several threads.
 */
public final class CommonsRdfView implements Graph {
  private static final int BLOCK = 1024;

  private final KnowledgeGraph graph;
  private final IdTerms terms;
  private final @Nullable NameStatements names;

  CommonsRdfView(KnowledgeGraph graph, IdTerms terms, @Nullable NameStatements names) {
    this.graph = graph;
    this.terms = terms;
    this.names = names;
  }

  /**
   * Starts a view.
   *
   * @param graph a graph that can enumerate its entities; stays open, also when the view is closed
   * @return a builder
   * @throws ai.kale.error.UnsupportedCapabilityException if it cannot
   */
  public static CommonsRdfViewBuilder builder(KnowledgeGraph graph) {
    GraphCapability.ENUMERATION.require(graph, "a Commons RDF view");
    return new CommonsRdfViewBuilder(graph);
  }

  @Override
  public Stream<Triple> stream() {
    return stream(null, null, null);
  }

  @Override
  public Stream<Triple> stream(
      @Nullable BlankNodeOrIRI subject, @Nullable IRI predicate, @Nullable RDFTerm object) {
    Stream<Triple> arcs = arcs(subject, predicate, object, Integer.MAX_VALUE);
    return Stream.concat(arcs, named(subject, predicate, object));
  }

  /** Statements of names, without those that are triples of the graph too. */
  private Stream<Triple> named(
      @Nullable BlankNodeOrIRI subject, @Nullable IRI predicate, @Nullable RDFTerm object) {
    NameStatements named = names;
    return named == null
        ? Stream.empty()
        : named.stream(subject, predicate, object)
            .filter(t -> !isArc(t.getSubject(), t.getPredicate(), t.getObject()));
  }

  private boolean isArc(
      @Nullable BlankNodeOrIRI subject, @Nullable IRI predicate, @Nullable RDFTerm object) {
    return arcs(subject, predicate, object, 1).findAny().isPresent();
  }

  private Stream<Triple> arcs(
      @Nullable BlankNodeOrIRI subject,
      @Nullable IRI predicate,
      @Nullable RDFTerm object,
      int most) {
    OptionalInt r =
        predicate == null
            ? ANY
            : terms.relationId(predicate).map(graph::relation).orElse(OptionalInt.empty());
    OptionalInt s = r.isEmpty() ? r : subject == null ? ANY : entity(subject);
    OptionalInt o = s.isEmpty() ? s : object == null ? ANY : entity(object);
    if (o.isEmpty()) {
      return Stream.empty();
    }
    if (subject == null && object == null) {
      int count = graph.entityCount();
      return IntStream.rangeClosed(0, (count - 1) / BLOCK)
          .mapToObj(block -> IntStream.range(block * BLOCK, end(block, count)).toArray())
          .flatMap(block -> read(block, Direction.FORWARD, r.getAsInt(), -1, most).stream());
    }
    boolean forward = subject != null && (object == null || !smaller(o, s));
    List<Triple> found =
        forward
            ? read(only(s), Direction.FORWARD, r.getAsInt(), o.getAsInt(), most)
            : read(only(o), Direction.BACKWARD, r.getAsInt(), s.getAsInt(), most);
    // An entity found by one of its terms may stand here as the other, IRI or literal.
    return found.stream().filter(triple -> object == null || triple.getObject().equals(object));
  }

  private static final OptionalInt ANY = OptionalInt.of(-1);

  private static int end(int block, int count) {
    return (int) Math.min(count, (block + 1L) * BLOCK);
  }

  private static int[] only(OptionalInt entity) {
    return new int[] {entity.getAsInt()};
  }

  private boolean smaller(OptionalInt a, OptionalInt b) {
    return graph instanceof CompactGraph compact
        && compact.degree(a.getAsInt()) < compact.degree(b.getAsInt());
  }

  private OptionalInt entity(RDFTerm term) {
    if (term instanceof Literal literal) {
      String text = literal.getLexicalForm();
      String language = literal.getLanguageTag().orElse("");
      String datatype = literal.getDatatype().getIRIString();
      OptionalInt found = graph.entity(RdfLiterals.id(text, language, datatype));
      // Ids that no loader made may have tags in another case.
      return found.isPresent() ? found : graph.entity(RdfLiterals.write(text, language, datatype));
    }
    return terms.entityId(term).map(graph::entity).orElse(OptionalInt.empty());
  }

  /** The triples at some entities, of one relation and with one other end, or any where -1. */
  private List<Triple> read(int[] at, Direction direction, int relation, int other, int most) {
    List<Triple> triples = new ArrayList<>();
    graph.expand(
        at,
        direction,
        (index, r, inverse, neighbour, weight) -> {
          if ((relation < 0 || r == relation) && (other < 0 || neighbour == other)) {
            triples.add(
                inverse ? triple(neighbour, r, at[index]) : triple(at[index], r, neighbour));
          }
          return triples.size() < most;
        });
    return triples;
  }

  private Triple triple(int subject, int relation, int object) {
    return RdfTerms.triple(
        terms.resource(graph.entityId(subject)),
        terms.iri(graph.relationId(relation)),
        object(object));
  }

  private RDFTerm object(int entity) {
    String id = graph.entityId(entity);
    return LiteralEntities.literal(graph, entity, id)
        .map(RDFTerm.class::cast)
        .orElseGet(() -> terms.resource(id));
  }

  @Override
  public boolean contains(Triple triple) {
    return contains(triple.getSubject(), triple.getPredicate(), triple.getObject());
  }

  @Override
  public boolean contains(
      @Nullable BlankNodeOrIRI subject, @Nullable IRI predicate, @Nullable RDFTerm object) {
    return isArc(subject, predicate, object)
        || named(subject, predicate, object).findAny().isPresent();
  }

  /** Counted where the graph does not know; with names these are counted at each call. */
  @Override
  public long size() {
    long triples =
        graph.tripleCount().orElseGet(() -> arcs(null, null, null, Integer.MAX_VALUE).count());
    return triples + named(null, null, null).count();
  }

  /** Does nothing: the knowledge graph stays open. */
  @Override
  public void close() {}

  private static UnsupportedOperationException readOnly() {
    return new UnsupportedOperationException("a knowledge graph's Commons RDF view is read-only");
  }

  @Override
  public void add(Triple triple) {
    throw readOnly();
  }

  @Override
  public void add(BlankNodeOrIRI subject, IRI predicate, RDFTerm object) {
    throw readOnly();
  }

  @Override
  public void remove(Triple triple) {
    throw readOnly();
  }

  @Override
  public void remove(
      @Nullable BlankNodeOrIRI subject, @Nullable IRI predicate, @Nullable RDFTerm object) {
    throw readOnly();
  }

  @Override
  public void clear() {
    throw readOnly();
  }
}
