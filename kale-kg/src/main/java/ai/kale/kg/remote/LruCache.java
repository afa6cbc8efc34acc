package ai.kale.kg.remote;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Values by number, the least recently used dropped first, bounded by the sum of their costs. A
 * value that alone costs more than the bound is not kept. Safe for use by several threads; the lock
 * is held for single look-ups and never while a store is asked.
 */
final class LruCache<V> {
  private final long bound;
  private final ToLongFunction<V> cost;
  private final LinkedHashMap<Long, V> entries = new LinkedHashMap<>(16, 0.75f, true);
  private long total;

  LruCache(long bound, ToLongFunction<V> cost) {
    this.bound = bound;
    this.cost = cost;
  }

  synchronized @Nullable V get(long key) {
    return entries.get(key);
  }

  synchronized void put(long key, V value) {
    long price = cost.applyAsLong(value);
    if (price > bound) {
      return;
    }
    V old = entries.put(key, value);
    total += price - (old == null ? 0 : cost.applyAsLong(old));
    Iterator<Map.Entry<Long, V>> eldest = entries.entrySet().iterator();
    while (total > bound) {
      total -= cost.applyAsLong(eldest.next().getValue());
      eldest.remove();
    }
  }

  synchronized void clear() {
    entries.clear();
    total = 0;
  }

  synchronized long total() {
    return total;
  }
}
