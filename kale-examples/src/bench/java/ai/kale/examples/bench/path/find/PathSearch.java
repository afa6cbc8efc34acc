package ai.kale.examples.bench.path.find;

/** A graph that is loaded and can be asked for paths, by one thread at a time. */
public interface PathSearch extends AutoCloseable {
  /**
   * What was found.
   *
   * @param paths number of paths, no more than were asked for
   * @param arcs arcs read, or {@link #UNKNOWN}
   */
  record Found(long paths, long arcs) {
    /** Arcs of a contender that does not count them. */
    public static final long UNKNOWN = -1;

    /** The result of a search that does not count arcs. */
    public static Found of(long paths) {
      return new Found(paths, UNKNOWN);
    }
  }

  /**
   * Readies a question, outside of the time measured.
   *
   * @param source entity, as in the files
   * @param target entity
   * @param hops longest path
   * @param maxPaths most paths to make
   * @return the search itself; whatever it throws after {@link #cancel} counts as stopped
   */
  Question ask(int source, int target, int hops, int maxPaths);

  /** A search that is ready. */
  @FunctionalInterface
  interface Question {
    /**
     * Searches; this is what is timed.
     *
     * @return what was found
     */
    Found find();
  }

  /**
   * Called by another thread at the time limit; the search has to end soon, by an exception or with
   * what it has.
   *
   * @param searcher the thread that searches
   */
  default void cancel(Thread searcher) {
    searcher.interrupt();
  }

  /** Called between questions after {@link #cancel}; makes the next question possible. */
  default void reset() {}

  @Override
  default void close() {}
}
