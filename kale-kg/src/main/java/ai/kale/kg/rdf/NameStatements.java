package ai.kale.kg.rdf;

import ai.kale.KnowledgeGraph;
import ai.kale.Labels;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.commons.rdf.api.BlankNodeOrIRI;
import org.apache.commons.rdf.api.IRI;
import org.apache.commons.rdf.api.Literal;
import org.apache.commons.rdf.api.RDFTerm;
import org.apache.commons.rdf.api.Triple;
import org.jspecify.annotations.Nullable;

/** The names of a graph as RDF statements: labels, aliases, and the labels of relations. */
final class NameStatements {
  private static final IRI LABEL = RdfTerms.iri(NameProperties.RDFS_LABEL);
  private static final IRI ALIAS = RdfTerms.iri(NameProperties.ALT_LABEL);
  private static final int BLOCK = 1024;

  private final KnowledgeGraph graph;
  private final IdTerms terms;
  private final String language;

  NameStatements(KnowledgeGraph graph, IdTerms terms, String language) {
    this.graph = graph;
    this.terms = terms;
    this.language = language;
  }

  Stream<Triple> stream(
      @Nullable BlankNodeOrIRI subject, @Nullable IRI predicate, @Nullable RDFTerm object) {
    boolean possible =
        (predicate == null || predicate.equals(LABEL) || predicate.equals(ALIAS))
            && (object == null || object instanceof Literal);
    if (!possible) {
      return Stream.empty();
    }
    Stream<Triple> all = subject == null ? all() : of(subject);
    return all.filter(triple -> predicate == null || triple.getPredicate().equals(predicate))
        .filter(triple -> object == null || triple.getObject().equals(object));
  }

  private Stream<Triple> all() {
    int count = graph.entityCount();
    Stream<Triple> entities =
        IntStream.rangeClosed(0, (count - 1) / BLOCK)
            .mapToObj(
                block ->
                    IntStream.range(block * BLOCK, (int) Math.min(count, (block + 1L) * BLOCK)))
            .flatMap(block -> ofEntities(block.toArray()).stream());
    return Stream.concat(
        entities,
        IntStream.range(0, graph.relationCount()).boxed().flatMap(r -> ofRelation(r).stream()));
  }

  private Stream<Triple> of(BlankNodeOrIRI subject) {
    List<Triple> found = new ArrayList<>();
    terms
        .entityId(subject)
        .map(graph::entity)
        .orElse(OptionalInt.empty())
        .ifPresent(entity -> found.addAll(ofEntities(new int[] {entity})));
    if (subject instanceof IRI iri) {
      terms
          .relationId(iri)
          .map(graph::relation)
          .orElse(OptionalInt.empty())
          .ifPresent(relation -> found.addAll(ofRelation(relation)));
    }
    return found.stream();
  }

  private List<Triple> ofEntities(int[] entities) {
    List<Triple> found = new ArrayList<>();
    List<List<String>> names = graph.names(entities);
    for (int i = 0; i < entities.length; i++) {
      String id = graph.entityId(entities[i]);
      if (names.get(i).isEmpty() || LiteralEntities.literal(graph, entities[i], id).isPresent()) {
        continue;
      }
      BlankNodeOrIRI subject = terms.resource(id);
      IRI property = LABEL;
      for (String name : new LinkedHashSet<>(names.get(i))) {
        found.add(statement(subject, property, name));
        property = ALIAS;
      }
    }
    return found;
  }

  /** None if the label is made of the id, or if an entity of the same IRI has it. */
  private List<Triple> ofRelation(int relation) {
    String id = graph.relationId(relation);
    String label = graph.relationLabel(relation);
    if (label.equals(Labels.fromId(id))) {
      return List.of();
    }
    Triple statement = statement(terms.iri(id), LABEL, label);
    OptionalInt entity = graph.entity(id);
    boolean known =
        entity.isPresent() && ofEntities(new int[] {entity.getAsInt()}).contains(statement);
    return known ? List.of() : List.of(statement);
  }

  private Triple statement(BlankNodeOrIRI subject, IRI predicate, String text) {
    return RdfTerms.triple(subject, predicate, RdfTerms.literal(text, language, ""));
  }
}
