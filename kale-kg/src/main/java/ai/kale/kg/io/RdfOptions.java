package ai.kale.kg.io;

import ai.kale.kg.rdf.LiteralPolicy;
import ai.kale.kg.rdf.NameProperties;

/**
 * How RDF files are read.
 *
 * @param names which properties give labels and aliases
 * @param literals which literals become entities
 * @param base the IRI that relative IRIs of Turtle, TriG and RDF/XML are resolved against until the
 *     file names one; empty for none: a relative IRI is then an error
 */
public record RdfOptions(NameProperties names, LiteralPolicy literals, String base) {
  /** The usual name properties, no literals, no base. */
  public static RdfOptions defaults() {
    return new RdfOptions(NameProperties.defaults(), LiteralPolicy.dropped(), "");
  }

  /**
   * The same with a base IRI.
   *
   * @param iri an absolute IRI
   * @return new options
   */
  public RdfOptions withBase(String iri) {
    return new RdfOptions(names, literals, iri);
  }
}
