package ai.kale.kg.sparql;

/**
 * A value in an answer.
 *
 * @param type {@code uri}, {@code bnode}, {@code literal} or another that the endpoint knows
 * @param value the IRI, the blank node's label or the literal's text; empty for other types
 * @param language the literal's language tag, or empty
 */
record Term(String type, String value, String language) {
  boolean isIri() {
    return type.equals("uri");
  }
}
