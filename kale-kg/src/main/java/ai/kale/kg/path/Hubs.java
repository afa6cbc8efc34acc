package ai.kale.kg.path;

import ai.kale.HubPolicy;
import ai.kale.KnowledgeGraph;
import com.google.common.hash.HashFunction;
import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A {@link HubPolicy} on one graph. Degrees are fetched in bulk: {@link #learn} the entities of a
 * layer before asking about them. For one search, in one thread.
 */
final class Hubs {
  private static final HashFunction HASH = Hashing.murmur3_128();

  private final KnowledgeGraph graph;
  private final HubPolicy policy;
  private @Nullable IntIndex met;
  private @Nullable DegreeTable degrees;

  Hubs(KnowledgeGraph graph, HubPolicy policy) {
    this.graph = graph;
    this.policy = policy;
  }

  boolean isActive() {
    return policy.isActive();
  }

  boolean samples() {
    return policy.action() == HubPolicy.Action.SAMPLE;
  }

  boolean skips() {
    return policy.action() == HubPolicy.Action.SKIP;
  }

  /** Most arcs of an entity that is no hub. */
  int limit() {
    return policy.degree();
  }

  /** Fetches the degrees of entities, if there is a policy, with at most one call. */
  void learn(int[] entities) {
    if (!isActive()) {
      return;
    }
    degrees().learn(entities);
  }

  /** The degrees learned so far, for whoever else needs some. */
  DegreeTable degrees() {
    if (degrees == null) {
      degrees = new DegreeTable(graph);
    }
    return degrees;
  }

  /** Whether no path may pass an entity because it is a hub. */
  boolean skips(int entity) {
    return skips() && degrees().degree(entity) > policy.degree() && count(entity);
  }

  /** Whether a path through an entity may not use an arc there, given as the entity sees it. */
  boolean leavesOut(int entity, int relation, boolean inverse, int neighbour) {
    if (!samples()) {
      return false;
    }
    int degree = degrees().degree(entity);
    return degree > policy.degree()
        && !isSampled(entity, degree, relation, inverse, neighbour)
        && count(entity);
  }

  private boolean isSampled(int hub, int degree, int relation, boolean inverse, int neighbour) {
    Hasher hasher = HASH.newHasher().putLong(policy.seed());
    text(hasher, graph.entityId(hub));
    text(hasher, graph.relationId(relation));
    text(hasher.putBoolean(inverse), graph.entityId(neighbour));
    double uniform = (hasher.hash().asLong() >>> 11) * 0x1p-53;
    return uniform * degree < policy.degree();
  }

  private static void text(Hasher hasher, String id) {
    byte[] bytes = id.getBytes(StandardCharsets.UTF_8);
    hasher.putInt(bytes.length).putBytes(bytes);
  }

  private boolean count(int hub) {
    leftOut(hub);
    return true;
  }

  /** Counts a hub at which something was left out. */
  void leftOut(int hub) {
    if (met == null) {
      met = new IntIndex(16);
    }
    met.add(hub);
  }

  /** Hubs at which something was left out. */
  int met() {
    return met == null ? 0 : met.size();
  }
}
