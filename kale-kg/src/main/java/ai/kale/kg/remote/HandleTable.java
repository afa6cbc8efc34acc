package ai.kale.kg.remote;

import java.util.Arrays;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Ids and the dense handles issued for them on demand. Look-ups take no lock; only an id's first
 * sight does. Entries stay as long as the graph, because a handle stays valid that long.
 */
final class HandleTable {
  private final String what;
  private final ConcurrentHashMap<String, Integer> handles = new ConcurrentHashMap<>();
  private volatile String[] ids = new String[64];
  // Written after the id and before the map entry: who sees a handle also sees its id.
  private volatile int count;

  HandleTable(String what) {
    this.what = what;
  }

  /** The handle of an id, or -1 if none was issued. */
  int find(String id) {
    return handles.getOrDefault(id, -1);
  }

  /** The handle of an id, issued now if need be. */
  int intern(String id) {
    Integer known = handles.get(id);
    return known != null ? known : issue(id);
  }

  private synchronized int issue(String id) {
    Integer known = handles.get(id);
    if (known != null) {
      return known;
    }
    int handle = count;
    String[] all = ids;
    if (handle == all.length) {
      all = Arrays.copyOf(all, handle + (handle >> 1));
      ids = all;
    }
    all[handle] = id;
    count = handle + 1;
    handles.put(id, handle);
    return handle;
  }

  int count() {
    return count;
  }

  String id(int handle) {
    check(handle);
    return ids[handle];
  }

  void check(int handle) {
    int issued = count;
    if (handle < 0 || handle >= issued) {
      throw new IndexOutOfBoundsException(
          what + " handle " + handle + " is none of the " + issued + " that this graph issued");
    }
  }
}
