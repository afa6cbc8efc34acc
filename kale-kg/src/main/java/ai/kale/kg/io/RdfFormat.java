package ai.kale.kg.io;

import java.util.List;
import java.util.Optional;

/** The RDF syntaxes that can be loaded. */
public enum RdfFormat {
  /** One triple a line; {@code .nt}. */
  NTRIPLES("N-Triples", ".nt"),
  /** One triple and its named graph a line; {@code .nq}. */
  NQUADS("N-Quads", ".nq"),
  /** {@code .ttl}. */
  TURTLE("Turtle", ".ttl"),
  /** Turtle with named graphs; {@code .trig}. */
  TRIG("TriG", ".trig"),
  /** {@code .rdf}, {@code .owl}. */
  RDFXML("RDF/XML", ".rdf .owl");

  private final String title;
  private final String suffixes;

  RdfFormat(String title, String suffixes) {
    this.title = title;
    this.suffixes = suffixes;
  }

  /** Its name as people write it. */
  public String title() {
    return title;
  }

  /** Whether each line stands for itself, so that reading can go on after a malformed one. */
  public boolean isLineBased() {
    return this == NTRIPLES || this == NQUADS;
  }

  /** The format of a lower-case file name without the suffix of its compression. */
  static Optional<RdfFormat> ofName(String name) {
    for (RdfFormat format : values()) {
      if (List.of(format.suffixes.split(" ")).stream().anyMatch(name::endsWith)) {
        return Optional.of(format);
      }
    }
    return Optional.empty();
  }
}
