package ai.kale.kg.remote;

/**
 * What a {@link RemoteKnowledgeGraph} asked its store so far. Requests are calls of a hook; failed
 * ones count too, and an adapter that pages or retries makes more than one round trip of a call.
 *
 * @param arcRequests batches of entities whose arcs were asked for
 * @param nameRequests batches of ids whose names were asked for
 * @param lookupRequests batches of entity ids, and single relation ids, whose existence was asked
 *     for
 * @param fetchedEntities entities whose arcs came from the store, each time they did
 * @param cachedEntities entities whose arcs came from memory instead, each time they did
 * @param fetchedArcs arcs that came from the store, duplicates included
 * @param skippedArcs arcs that the store has but that were left out, counted each time they were
 *     met: again when an entity is fetched again because its arcs had to leave memory, or when an
 *     adapter asks for a part of a batch again
 */
public record RemoteStatistics(
    long arcRequests,
    long nameRequests,
    long lookupRequests,
    long fetchedEntities,
    long cachedEntities,
    long fetchedArcs,
    long skippedArcs) {
  /** Requests of any kind. */
  public long requests() {
    return arcRequests + nameRequests + lookupRequests;
  }

  /**
   * What was asked since an earlier moment.
   *
   * @param earlier statistics of the same graph
   * @return the differences
   */
  public RemoteStatistics since(RemoteStatistics earlier) {
    return new RemoteStatistics(
        arcRequests - earlier.arcRequests,
        nameRequests - earlier.nameRequests,
        lookupRequests - earlier.lookupRequests,
        fetchedEntities - earlier.fetchedEntities,
        cachedEntities - earlier.cachedEntities,
        fetchedArcs - earlier.fetchedArcs,
        skippedArcs - earlier.skippedArcs);
  }
}
