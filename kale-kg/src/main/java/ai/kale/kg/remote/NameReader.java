package ai.kale.kg.remote;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** Names of entities, some of them kept, and labels of relations, all kept. */
final class NameReader {
  /** A hook that asks the store for names. */
  @FunctionalInterface
  interface Fetch {
    Map<String, List<String>> fetch(List<String> ids) throws IOException, InterruptedException;
  }

  private final HandleTable entities;
  private final HandleTable relations;
  private final int batchSize;
  private final Counters counters;
  private final Cache<Integer, List<String>> names;
  private final ConcurrentHashMap<Integer, String> relationLabels = new ConcurrentHashMap<>();

  NameReader(HandleTable entities, HandleTable relations, RemoteOptions options, Counters all) {
    this.entities = entities;
    this.relations = relations;
    this.batchSize = options.batchSize();
    this.counters = all;
    this.names =
        CacheBuilder.newBuilder()
            .concurrencyLevel(1) // more would divide the bound
            .maximumSize(options.maxCachedNames())
            .build();
  }

  List<List<String>> names(int[] handles, Fetch fetch) {
    Map<Integer, List<String>> known = new HashMap<>();
    Map<String, Integer> missing = new LinkedHashMap<>();
    for (int entity : handles) {
      String id = entities.id(entity);
      List<String> cached = names.getIfPresent(entity);
      if (cached == null) {
        missing.put(id, entity);
      } else {
        known.put(entity, cached);
      }
    }
    for (List<String> batch : batches(List.copyOf(missing.keySet()), batchSize)) {
      Map<String, List<String>> found = ask(batch, "entities", fetch);
      for (String id : batch) {
        int entity = missing.getOrDefault(id, -1);
        List<String> own = texts(found, id);
        names.put(entity, own);
        known.put(entity, own);
      }
    }
    return Arrays.stream(handles).mapToObj(e -> known.getOrDefault(e, List.of())).toList();
  }

  /** One request serves up to a batch of relations that were met but not named yet. */
  String relationLabel(int relation, Fetch fetch, Function<Integer, String> fromId) {
    String id = relations.id(relation);
    String known = relationLabels.get(relation);
    if (known != null) {
      return known;
    }
    Map<String, Integer> batch = new LinkedHashMap<>(Map.of(id, relation));
    for (int r = 0; r < relations.count() && batch.size() < batchSize; r++) {
      if (!relationLabels.containsKey(r)) {
        batch.put(relations.id(r), r);
      }
    }
    Map<String, List<String>> found = ask(List.copyOf(batch.keySet()), "relations", fetch);
    batch.forEach(
        (named, handle) -> {
          List<String> own = texts(found, named);
          relationLabels.put(handle, own.isEmpty() ? fromId.apply(handle) : own.get(0));
        });
    return relationLabels.getOrDefault(relation, id);
  }

  private Map<String, List<String>> ask(List<String> batch, String what, Fetch fetch) {
    return StoreCalls.ask(
        "asking for the names of " + batch.size() + " " + what,
        counters.nameRequests,
        () -> fetch.fetch(batch));
  }

  void clear() {
    names.invalidateAll();
  }

  static List<List<String>> batches(List<String> ids, int size) {
    List<List<String>> batches = new ArrayList<>();
    for (int from = 0; from < ids.size(); from += size) {
      batches.add(ids.subList(from, Math.min(ids.size(), from + size)));
    }
    return batches;
  }

  private static List<String> texts(Map<String, List<String>> found, String id) {
    return found.getOrDefault(id, List.of()).stream().filter(name -> !name.isBlank()).toList();
  }
}
