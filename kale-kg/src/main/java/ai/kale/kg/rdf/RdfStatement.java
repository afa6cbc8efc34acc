package ai.kale.kg.rdf;

import java.util.Optional;

/**
 * A statement as a store reports it.
 *
 * @param subject IRI, or blank node as {@code _:id}
 * @param predicate IRI
 * @param object IRI, or blank node as {@code _:id}; empty where the object is a literal
 * @param literal the object where it is a literal
 * @param graph IRI of the graph it is in, empty for the default graph
 * @param quoted whether the subject or object is itself a triple (RDF-star), which no graph of
 *     entities can hold; it is then written in the store's own way
 */
public record RdfStatement(
    String subject,
    String predicate,
    String object,
    Optional<RdfLiteral> literal,
    String graph,
    boolean quoted) {
  /** The object as an id, whatever it is. */
  public String objectId() {
    return literal.map(RdfLiteral::id).orElse(object);
  }
}
