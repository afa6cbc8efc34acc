package ai.kale.kg.remote;

import ai.kale.Direction;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/** A list of triples behind the hooks, which keeps a log of what it was asked. */
class ListStore extends RemoteKnowledgeGraph {
  final List<List<String>> arcBatches = new CopyOnWriteArrayList<>();
  final List<List<String>> nameBatches = new CopyOnWriteArrayList<>();
  final Map<String, List<String>> names = new HashMap<>();
  final Map<String, List<String>> relationNames = new HashMap<>();
  private final List<String[]> triples;
  volatile boolean storeClosed;

  ListStore(List<String[]> triples, RemoteOptions options) {
    super(options);
    this.triples = triples;
  }

  ListStore(List<String[]> triples) {
    this(triples, RemoteOptions.defaults());
  }

  /** Triples written as {@code "a knows b"} or {@code "a knows b 0.5"}. */
  static List<String[]> triples(String... texts) {
    return List.of(texts).stream().map(text -> text.split(" ")).toList();
  }

  @Override
  protected void fetchArcs(List<String> ids, Direction direction, ArcSink sink)
      throws IOException, InterruptedException {
    arcBatches.add(List.copyOf(ids));
    for (int i = triples.size() - 1; i >= 0; i--) { // any order will do
      String[] triple = triples.get(i);
      float weight = triple.length > 3 ? Float.parseFloat(triple[3]) : 1;
      int subject = ids.indexOf(triple[0]);
      int object = ids.indexOf(triple[2]);
      if (subject >= 0 && direction.includesForward()) {
        sink.arc(subject, triple[1], false, triple[2], weight);
      }
      if (object >= 0 && direction.includesBackward()) {
        sink.arc(object, triple[1], true, triple[0], weight);
      }
    }
  }

  @Override
  protected Set<String> findEntities(List<String> ids) {
    Set<String> all = new HashSet<>();
    triples.forEach(triple -> all.addAll(List.of(triple[0], triple[2])));
    all.retainAll(ids);
    return all;
  }

  @Override
  protected boolean findRelation(String id) {
    return triples.stream().anyMatch(triple -> triple[1].equals(id));
  }

  @Override
  protected Map<String, List<String>> fetchNames(List<String> ids) {
    nameBatches.add(new ArrayList<>(ids));
    return names;
  }

  @Override
  protected Map<String, List<String>> fetchRelationNames(List<String> ids) {
    nameBatches.add(new ArrayList<>(ids));
    return relationNames;
  }

  @Override
  protected String fetchSnapshot() {
    return "list of " + triples.size();
  }

  @Override
  protected void closeStore() {
    storeClosed = true;
  }
}
