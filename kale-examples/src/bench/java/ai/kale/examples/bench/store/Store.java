package ai.kale.examples.bench.store;

/** A loaded graph, seen as what the scans need. */
interface Store {
  /** Triples held. */
  long triples();

  /** Whether arcs have relations. */
  boolean hasRelations();

  /**
   * Looks up entities, so that a scan does not pay for it.
   *
   * @param numbers the numbers in their ids
   * @return a scan over all arcs of these, in both directions
   */
  Scan scan(int[] numbers);

  /** All arcs of some entities. */
  interface Scan {
    /** Reads every arc and adds up what the store itself tells the neighbours apart by. */
    long sum();

    /** Reads every arc slowly, with the numbers in the ids. */
    void visit(Arcs arcs);
  }

  /** Receives arcs. */
  @FunctionalInterface
  interface Arcs {
    /**
     * One arc.
     *
     * @param entity the number of the entity it is at
     * @param relation the number of its relation; 0 in stores without
     * @param inverse whether the entity is the object
     * @param neighbour the number of the entity at its other end
     */
    void arc(int entity, int relation, boolean inverse, int neighbour);
  }
}
