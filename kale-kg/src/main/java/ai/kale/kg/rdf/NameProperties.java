package ai.kale.kg.rdf;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Which properties give labels and aliases, of entities and relations alike.
 *
 * @param labels IRIs of properties that give labels, the preferred first
 * @param aliases IRIs of properties that give other names
 */
public record NameProperties(List<String> labels, List<String> aliases) {
  /** {@code skos:prefLabel}. */
  public static final String PREF_LABEL = "http://www.w3.org/2004/02/skos/core#prefLabel";

  /** {@code skos:altLabel}. */
  public static final String ALT_LABEL = "http://www.w3.org/2004/02/skos/core#altLabel";

  /** {@code rdfs:label}. */
  public static final String RDFS_LABEL = "http://www.w3.org/2000/01/rdf-schema#label";

  /** {@code schema:name}. */
  public static final String SCHEMA_NAME = "http://schema.org/name";

  private static final NameProperties DEFAULTS =
      new NameProperties(List.of(PREF_LABEL, RDFS_LABEL), List.of(ALT_LABEL));

  /** Copies the lists. */
  public NameProperties {
    labels = List.copyOf(labels);
    aliases = List.copyOf(aliases);
  }

  /**
   * {@code skos:prefLabel} before {@code rdfs:label} for labels, {@code skos:altLabel} for aliases.
   */
  public static NameProperties defaults() {
    return DEFAULTS;
  }

  /**
   * The same with one more property for labels, less preferred than those before.
   *
   * @param property its IRI
   * @return new properties
   */
  public NameProperties andLabel(String property) {
    List<String> more = new ArrayList<>(labels);
    more.add(property);
    return new NameProperties(more, aliases);
  }

  /**
   * The same with one more property for aliases.
   *
   * @param property its IRI
   * @return new properties
   */
  public NameProperties andAlias(String property) {
    List<String> more = new ArrayList<>(aliases);
    more.add(property);
    return new NameProperties(labels, more);
  }

  /** All properties that give names, those for labels first. */
  List<String> all() {
    return Stream.concat(labels.stream(), aliases.stream()).distinct().toList();
  }

  /**
   * How good the names are that a property gives.
   *
   * @param property an IRI
   * @return from 0, the best; the number of label properties for all that give aliases; -1 if the
   *     property gives no names
   */
  public int rank(String property) {
    for (int i = 0; i < labels.size(); i++) {
      if (labels.get(i).equals(property)) {
        return i;
      }
    }
    return aliases.contains(property) ? labels.size() : -1;
  }
}
