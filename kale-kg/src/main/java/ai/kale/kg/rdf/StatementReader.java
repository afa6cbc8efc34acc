package ai.kale.kg.rdf;

import java.util.function.Predicate;

/** Reads an RDF store in one state of it. Used by one thread. */
@FunctionalInterface
public interface StatementReader {
  /**
   * Reports the statements that match, in any order; one that is in several graphs once for each.
   *
   * @param subject an id, or empty for any; one that cannot be a subject matches nothing
   * @param predicate an id, or empty for any; one that cannot be a predicate matches nothing
   * @param object an id, or empty for any; one that cannot be an object matches nothing
   * @param visitor takes each statement; stops the reading by returning false
   */
  void find(String subject, String predicate, String object, Predicate<RdfStatement> visitor);
}
