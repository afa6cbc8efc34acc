package ai.kale.spi;

import ai.kale.KnowledgeGraph;
import java.net.URI;

/**
 * Opens a kind of knowledge graph from a location; found with {@link java.util.ServiceLoader}, see
 * {@link Providers}.
 */
public interface GraphProvider {
  /** A short stable name such as {@code "ntriples"}. */
  String name();

  /**
   * Whether this provider is made for a location, judged by its form alone: nothing is opened.
   *
   * @param location for example {@code file:/data/facts.nt}
   * @return whether {@link #open} may be called with it
   */
  boolean accepts(URI location);

  /**
   * Opens the graph.
   *
   * @param location one that is accepted
   * @return the graph; close it
   * @throws ai.kale.error.InvalidInputException if the data is malformed, with the line
   * @throws ai.kale.error.SetupException if the location cannot be read
   */
  KnowledgeGraph open(URI location);
}
