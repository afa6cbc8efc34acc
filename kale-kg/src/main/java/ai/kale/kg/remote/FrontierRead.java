package ai.kale.kg.remote;

import ai.kale.ArcVisitor;
import ai.kale.Direction;
import com.google.common.cache.Cache;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * One call of {@link RemoteKnowledgeGraph#expand}: what is cached is held at the start, the rest is
 * fetched batch by batch when its turn comes, and each list is let go after its last use. So a
 * frontier costs ceil(entities not cached / batch size) requests, fewer if the visitor stops, and
 * memory for what was cached and one batch.
 */
final class FrontierRead {
  /** Fetches a batch: lists by {@code 2 * position + (inverse ? 1 : 0)}. */
  @FunctionalInterface
  interface Fetch {
    ArcList[] fetch(int[] entities, Direction direction);
  }

  private final int[] frontier;
  private final Direction direction;
  private final Cache<Long, ArcList> cache;
  private final int batchSize;
  private final int[] slots; // by frontier index: the place of its entity among the distinct ones
  private int distinct;
  private final int[] lastUse;
  private final ArcList[] lists; // by 2 * slot + (inverse ? 1 : 0)
  private final boolean[] ready;
  private final int[] missing; // frontier indexes, in order
  private int missingCount;
  private int nextMissing;

  FrontierRead(int[] frontier, Direction direction, Cache<Long, ArcList> cache, int batchSize) {
    this.frontier = frontier;
    this.direction = direction;
    this.cache = cache;
    this.batchSize = batchSize;
    this.slots = new int[frontier.length];
    this.lastUse = new int[frontier.length];
    this.lists = new ArcList[2 * frontier.length];
    this.ready = new boolean[frontier.length];
    this.missing = new int[frontier.length];
    Arrays.fill(lists, ArcList.EMPTY);
    plan();
  }

  private void plan() {
    Map<Integer, Integer> slotOf = new HashMap<>();
    for (int i = 0; i < frontier.length; i++) {
      Integer known = slotOf.putIfAbsent(frontier[i], distinct);
      slots[i] = known == null ? distinct : known;
      lastUse[slots[i]] = i;
      if (known == null) {
        if (!takeCached(distinct, frontier[i])) {
          missing[missingCount++] = i;
        }
        distinct++;
      }
    }
  }

  private boolean takeCached(int slot, int entity) {
    ArcList forward =
        direction.includesForward() ? cache.getIfPresent(key(entity, 0)) : ArcList.EMPTY;
    ArcList inverse =
        direction.includesBackward() ? cache.getIfPresent(key(entity, 1)) : ArcList.EMPTY;
    if (forward == null || inverse == null) {
      return false;
    }
    lists[2 * slot] = forward;
    lists[2 * slot + 1] = inverse;
    ready[slot] = true;
    return true;
  }

  /** Distinct entities whose arcs were in memory. */
  int cached() {
    return distinct - missingCount;
  }

  void report(Fetch fetch, HandleTable relations, ArcVisitor visitor) {
    for (int i = 0; i < frontier.length; i++) {
      int slot = slots[i];
      if (!ready[slot]) {
        fetchNext(fetch);
      }
      ArcList forward = lists[2 * slot];
      ArcList inverse = lists[2 * slot + 1];
      if (lastUse[slot] == i) {
        lists[2 * slot] = ArcList.EMPTY;
        lists[2 * slot + 1] = ArcList.EMPTY;
      }
      if (!ArcList.report(i, forward, inverse, relations, visitor)) {
        return;
      }
    }
  }

  private void fetchNext(Fetch fetch) {
    int from = nextMissing;
    int size = Math.min(batchSize, missingCount - from);
    int[] batch = new int[size];
    for (int b = 0; b < size; b++) {
      batch[b] = frontier[missing[from + b]];
    }
    ArcList[] fetched = fetch.fetch(batch, direction);
    for (int b = 0; b < size; b++) {
      int slot = slots[missing[from + b]];
      for (int side = 0; side < 2; side++) {
        lists[2 * slot + side] = fetched[2 * b + side];
        if (side == 0 ? direction.includesForward() : direction.includesBackward()) {
          cache.put(key(batch[b], side), fetched[2 * b + side]);
        }
      }
      ready[slot] = true;
    }
    nextMissing += size;
  }

  private static long key(int entity, int side) {
    return 2L * entity + side;
  }
}
