package ai.kale;

/** What a {@link KnowledgeGraph} may offer beyond the minimum. */
public enum GraphCapability {
  /** All entities and relations have handles from the start, so they can be enumerated. */
  ENUMERATION,
  /** Triples carry weights; without it every weight is 1. */
  WEIGHTS,
  /** {@link KnowledgeGraph#snapshot} is a hash of the content. */
  CONTENT_HASH
}
