package ai.kale.kg.remote;

/**
 * How a {@link RemoteKnowledgeGraph} asks and what it remembers.
 *
 * @param batchSize most ids in one request to the store, at least 1
 * @param maxCachedArcs most arcs kept in memory, 0 or more; an entity without arcs counts as one.
 *     An arc costs 8 bytes, 12 with weights, and an entity about 150 bytes on top
 * @param maxCachedNames most entities whose names are kept, 0 or more
 */
public record RemoteOptions(int batchSize, long maxCachedArcs, int maxCachedNames) {
  /** Checks the ranges. */
  public RemoteOptions {
    if (batchSize < 1) {
      throw new IllegalArgumentException("batchSize is at least 1; got " + batchSize);
    }
    if (maxCachedArcs < 0) {
      throw new IllegalArgumentException("maxCachedArcs is 0 or more; got " + maxCachedArcs);
    }
    if (maxCachedNames < 0) {
      throw new IllegalArgumentException("maxCachedNames is 0 or more; got " + maxCachedNames);
    }
  }

  /** 500 ids a request, 4 million arcs and the names of 100,000 entities in memory. */
  public static RemoteOptions defaults() {
    return new RemoteOptions(500, 4_000_000, 100_000);
  }

  /**
   * The same with another batch size.
   *
   * @param most ids in one request, at least 1
   * @return new options
   */
  public RemoteOptions withBatchSize(int most) {
    return new RemoteOptions(most, maxCachedArcs, maxCachedNames);
  }

  /**
   * The same with another bound of the arc cache.
   *
   * @param most arcs, 0 for no cache
   * @return new options
   */
  public RemoteOptions withMaxCachedArcs(long most) {
    return new RemoteOptions(batchSize, most, maxCachedNames);
  }

  /**
   * The same with another bound of the name cache.
   *
   * @param most entities, 0 for no cache
   * @return new options
   */
  public RemoteOptions withMaxCachedNames(int most) {
    return new RemoteOptions(batchSize, maxCachedArcs, most);
  }
}
