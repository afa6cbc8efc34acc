package ai.kale.kg.rdf;

import java.util.Set;

/**
 * Which literals become entities of the graph. A property that gives names ({@link NameProperties})
 * always gives names; its literals become entities only if it is listed here.
 *
 * <p>The id of a literal entity is the literal as N-Triples writes it, such as {@code "7"^^<IRI>}
 * or {@code "Kismet"@en-gb}, its language tag in lower case, so equal literals are one entity; its
 * name is the literal's text.
 *
 * @param all whether the literals of every property are kept, other than those that give names
 * @param properties IRIs of properties whose literals are kept
 */
public record LiteralPolicy(boolean all, Set<String> properties) {
  /** Copies the properties. */
  public LiteralPolicy {
    properties = Set.copyOf(properties);
  }

  /** No literal becomes an entity; those that are not names are counted: the default. */
  public static LiteralPolicy dropped() {
    return new LiteralPolicy(false, Set.of());
  }

  /** All literals that are not names become entities. */
  public static LiteralPolicy kept() {
    return new LiteralPolicy(true, Set.of());
  }

  /**
   * Only the literals of some properties become entities.
   *
   * @param properties IRIs
   * @return a policy
   */
  public static LiteralPolicy keptFor(String... properties) {
    return new LiteralPolicy(false, Set.of(properties));
  }

  /** Whether any literal may become an entity. */
  boolean keepsAny() {
    return all || !properties.isEmpty();
  }

  /**
   * Whether the literals of a property become entities.
   *
   * @param property its IRI
   * @param givesNames whether it gives names
   * @return whether they do
   */
  public boolean keeps(String property, boolean givesNames) {
    return (all && !givesNames) || properties.contains(property);
  }
}
