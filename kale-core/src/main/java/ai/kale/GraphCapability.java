package ai.kale;

import ai.kale.error.UnsupportedCapabilityException;

/** What a {@link KnowledgeGraph} may offer beyond the minimum. */
public enum GraphCapability {
  /** All entities and relations have handles from the start, so they can be enumerated. */
  ENUMERATION(
      "extract the part you need into a graph in memory first, or load a dump of the store"),
  /** Triples carry weights; without it every weight is 1. */
  WEIGHTS("load the graph with its weights"),
  /**
   * {@link KnowledgeGraph#snapshot} is a hash of the content: {@code "sha256:"} and 64 hex digits.
   */
  CONTENT_HASH("copy the graph into memory, where it is hashed");

  private final String remedy;

  GraphCapability(String remedy) {
    this.remedy = remedy;
  }

  /**
   * Refuses a graph that does not have this capability.
   *
   * @param graph the graph to look at
   * @param purpose what needs the capability, as the subject of a sentence: {@code "a JGraphT
   *     view"}
   * @throws UnsupportedCapabilityException if the graph does not have it; names the graph's class,
   *     the capability, the purpose and what to do
   */
  public void require(KnowledgeGraph graph, String purpose) {
    require(graph, purpose, remedy);
  }

  /**
   * Refuses a graph that does not have this capability, with advice of the caller's own.
   *
   * @param graph the graph to look at
   * @param purpose what needs the capability, as the subject of a sentence
   * @param remedy what to do instead, as a command: {@code "link by id with TopicLinker"}
   * @throws UnsupportedCapabilityException if the graph does not have it; names the graph's class,
   *     the capability, the purpose and the advice
   */
  public void require(KnowledgeGraph graph, String purpose, String remedy) {
    if (!graph.capabilities().contains(this)) {
      throw new UnsupportedCapabilityException(
          purpose
              + " needs a graph with "
              + this
              + ", and "
              + graph.getClass().getName()
              + " does not offer it: "
              + remedy);
    }
  }
}
