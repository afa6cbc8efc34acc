package ai.kale;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Which arcs and entities a path may use, by id, so that one filter serves any graph. Immutable;
 * each method returns a new filter.
 */
public final class PathFilter {
  /** Lets everything pass. */
  public static final PathFilter NONE =
      new PathFilter(Optional.empty(), new TreeSet<>(), new TreeSet<>(), HubPolicy.KEEP);

  private final Optional<SortedSet<String>> allowed;
  private final SortedSet<String> denied;
  private final SortedSet<String> excluded;
  private final HubPolicy hubs;

  private PathFilter(
      Optional<SortedSet<String>> allowed,
      SortedSet<String> denied,
      SortedSet<String> excluded,
      HubPolicy hubs) {
    this.allowed = allowed;
    this.denied = denied;
    this.excluded = excluded;
    this.hubs = hubs;
  }

  /**
   * Lets only these relations pass, in either direction; replaces an earlier list.
   *
   * @param relationIds relation ids; none lets no path pass
   * @return a new filter
   */
  public PathFilter allowRelations(Collection<String> relationIds) {
    return new PathFilter(Optional.of(new TreeSet<>(relationIds)), denied, excluded, hubs);
  }

  /**
   * Refuses these relations too, in either direction, even if they are allowed.
   *
   * @param relationIds relation ids
   * @return a new filter
   */
  public PathFilter denyRelations(Collection<String> relationIds) {
    return new PathFilter(allowed, with(denied, relationIds), excluded, hubs);
  }

  /**
   * Lets no path pass these entities either. The ends of a path are what the query names and stay;
   * those of a fallback it does not name, so there these entities are none.
   *
   * @param entityIds entity ids
   * @return a new filter
   */
  public PathFilter excludeEntities(Collection<String> entityIds) {
    return new PathFilter(allowed, denied, with(excluded, entityIds), hubs);
  }

  /**
   * Sets what happens at hubs.
   *
   * @param policy replaces the earlier one
   * @return a new filter
   */
  public PathFilter withHubs(HubPolicy policy) {
    return new PathFilter(allowed, denied, excluded, policy);
  }

  private static SortedSet<String> with(SortedSet<String> some, Collection<String> more) {
    SortedSet<String> all = new TreeSet<>(some);
    all.addAll(more);
    return all;
  }

  /**
   * Whether a path may use a relation.
   *
   * @param relationId a relation id
   * @return whether it may
   */
  public boolean allowsRelation(String relationId) {
    return !denied.contains(relationId)
        && (allowed.isEmpty() || allowed.get().contains(relationId));
  }

  /** Whether every relation may be used. */
  public boolean allowsAllRelations() {
    return denied.isEmpty() && allowed.isEmpty();
  }

  /** Ids of the entities that no path passes, in order. */
  public List<String> excludedEntities() {
    return List.copyOf(excluded);
  }

  /** What happens at hubs. */
  public HubPolicy hubs() {
    return hubs;
  }

  /**
   * The ids in this filter that a graph does not have: for finding a misspelt one. A filter may
   * name more than a graph has; the search does not mind.
   *
   * @param graph where to look
   * @return relation ids, then entity ids, each in order
   */
  public List<String> unknownTo(KnowledgeGraph graph) {
    List<String> unknown = new ArrayList<>();
    Stream.concat(allowed.stream().flatMap(Collection::stream), denied.stream())
        .distinct()
        .sorted()
        .filter(id -> graph.relation(id).isEmpty())
        .forEach(unknown::add);
    List<String> entities = excludedEntities();
    int[] handles = graph.entities(entities);
    for (int i = 0; i < handles.length; i++) {
      if (handles[i] < 0) {
        unknown.add(entities.get(i));
      }
    }
    return unknown;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PathFilter filter
        && allowed.equals(filter.allowed)
        && denied.equals(filter.denied)
        && excluded.equals(filter.excluded)
        && hubs.equals(filter.hubs);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * (31 * allowed.hashCode() + denied.hashCode()) + excluded.hashCode())
        + hubs.hashCode();
  }

  /** As provenance says it, for example {@code "deny[P31] hubs[skip>1000]"}. */
  @Override
  public String toString() {
    List<String> parts = new ArrayList<>();
    allowed.ifPresent(ids -> parts.add("allow" + ids));
    if (!denied.isEmpty()) {
      parts.add("deny" + denied);
    }
    if (!excluded.isEmpty()) {
      parts.add("exclude" + excluded);
    }
    if (hubs.isActive()) {
      parts.add("hubs[" + hubs + "]");
    }
    return parts.isEmpty() ? "none" : String.join(" ", parts);
  }
}
