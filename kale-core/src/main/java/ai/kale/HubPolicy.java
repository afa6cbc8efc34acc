package ai.kale;

import java.util.Locale;

/**
 * What a search does at hubs: intermediate entities with very many arcs, which connect nearly
 * everything with nearly everything and say little. The ends of a path are never treated as hubs,
 * but hubs to skip are no ends of a fallback's paths, which the query does not name.
 *
 * <p>The degree of an entity is the number of its arcs in both directions ({@link
 * KnowledgeGraph#degrees}), whatever the direction and the relations of the query.
 *
 * @param action what is done
 * @param degree entities with more arcs than this are hubs; at least 1
 * @param seed varies the sample of {@link Action#SAMPLE}
 */
public record HubPolicy(Action action, int degree, long seed) {
  /** What is done at a hub. */
  public enum Action {
    /** Nothing: hubs are entities like others. */
    KEEP,
    /** No path passes a hub. */
    SKIP,
    /**
     * A path may enter and leave a hub only by arcs of a fixed sample: each arc of the hub is in it
     * with probability {@code degree / (arcs of the hub)}, so about {@code degree} of them, as
     * decided by a hash of the seed and the ids of the arc. The same on any backend.
     */
    SAMPLE
  }

  /** Hubs are entities like others. */
  public static final HubPolicy KEEP = new HubPolicy(Action.KEEP, Integer.MAX_VALUE, 0);

  /** Checks the degree. */
  public HubPolicy {
    if (degree < 1) {
      throw new IllegalArgumentException("a hub's degree must be at least 1; got " + degree);
    }
  }

  /**
   * No path passes an entity with more arcs than this.
   *
   * @param degree at least 1
   * @return the policy
   */
  public static HubPolicy skipAbove(int degree) {
    return new HubPolicy(Action.SKIP, degree, 0);
  }

  /**
   * Paths pass an entity with more arcs than this only by a sample of about that many of its arcs.
   *
   * @param degree at least 1
   * @param seed varies the sample
   * @return the policy
   */
  public static HubPolicy sampleAbove(int degree, long seed) {
    return new HubPolicy(Action.SAMPLE, degree, seed);
  }

  /** Whether there are any hubs. */
  public boolean isActive() {
    return action != Action.KEEP;
  }

  /** As provenance says it, for example {@code "skip>1000"}. */
  @Override
  public String toString() {
    String name = action.name().toLowerCase(Locale.ROOT);
    return switch (action) {
      case KEEP -> name;
      case SKIP -> name + ">" + degree;
      case SAMPLE -> name + ">" + degree + ",seed=" + seed;
    };
  }
}
