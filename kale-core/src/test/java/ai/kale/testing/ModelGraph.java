package ai.kale.testing;

import ai.kale.ArcVisitor;
import ai.kale.Direction;
import ai.kale.GraphCapability;
import ai.kale.KnowledgeGraph;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A correct graph, as short as it can be; subclasses break one thing each. On demand it issues
 * handles as it meets ids, as a remote store does.
 */
public class ModelGraph implements KnowledgeGraph {
  private final TreeMap<List<String>, Float> triples = new TreeMap<>(ModelGraph::compare);
  private final Set<String> entityIds = new TreeSet<>();
  private final Set<String> relationIds = new TreeSet<>();
  private final List<String> entities = new ArrayList<>();
  private final List<String> relations = new ArrayList<>();
  private final boolean onDemand;
  private final boolean weighted;
  private final Map<String, List<String>> given = new TreeMap<>();
  private boolean closed;

  private static int compare(List<String> a, List<String> b) {
    return Arrays.compare(a.toArray(new String[0]), b.toArray(new String[0]));
  }

  /** Copies triples; a fourth column is the weight. */
  public ModelGraph(List<String[]> rows, boolean onDemand) {
    this.onDemand = onDemand;
    this.weighted = rows.stream().allMatch(row -> row.length == 4);
    for (String[] row : rows) {
      float weight = weighted ? Float.parseFloat(row[3]) : 1;
      triples.merge(List.of(row[0], row[1], row[2]), weight, Math::max);
      entityIds.addAll(List.of(row[0], row[2]));
      relationIds.add(row[1]);
    }
    if (!onDemand) {
      entities.addAll(entityIds);
      relations.addAll(relationIds);
    }
  }

  /** Names entities and relations; otherwise every second entity has names made of its id. */
  public ModelGraph named(Map<String, List<String>> names) {
    given.putAll(names);
    return this;
  }

  private void checkOpen() {
    synchronized (entities) {
      if (closed) {
        throw new IllegalStateException("this graph is closed");
      }
    }
  }

  private static int issue(Set<String> known, List<String> issued, String id) {
    if (known.contains(id) && !issued.contains(id)) {
      issued.add(id);
    }
    return issued.indexOf(id);
  }

  @Override
  public Set<GraphCapability> capabilities() {
    checkOpen();
    Set<GraphCapability> all = new TreeSet<>();
    if (!onDemand) {
      all.addAll(List.of(GraphCapability.ENUMERATION, GraphCapability.CONTENT_HASH));
    }
    if (weighted) {
      all.add(GraphCapability.WEIGHTS);
    }
    return all;
  }

  @Override
  public int[] entities(List<String> ids) {
    synchronized (entities) {
      checkOpen();
      return ids.stream().mapToInt(id -> issue(entityIds, entities, id)).toArray();
    }
  }

  @Override
  public String entityId(int entity) {
    synchronized (entities) {
      checkOpen();
      return entities.get(entity);
    }
  }

  @Override
  public List<List<String>> names(int[] handles) {
    checkOpen();
    List<List<String>> names = new ArrayList<>();
    for (int handle : handles) {
      // Every second one has no name.
      String id = entityId(handle);
      if (!given.isEmpty()) {
        names.add(given.getOrDefault(id, List.of()));
        continue;
      }
      names.add(id.hashCode() % 2 == 0 ? List.of() : List.of("the " + id, id));
    }
    return names;
  }

  @Override
  public OptionalInt relation(String id) {
    synchronized (entities) {
      checkOpen();
      int handle = issue(relationIds, relations, id);
      return handle < 0 ? OptionalInt.empty() : OptionalInt.of(handle);
    }
  }

  @Override
  public String relationId(int relation) {
    synchronized (entities) {
      checkOpen();
      return relations.get(relation);
    }
  }

  @Override
  public String relationLabel(int relation) {
    List<String> own = given.getOrDefault(relationId(relation), List.of());
    return own.isEmpty() ? KnowledgeGraph.super.relationLabel(relation) : own.get(0);
  }

  @Override
  public void expand(int[] frontier, Direction direction, ArcVisitor visitor) {
    checkOpen();
    for (int i = 0; i < frontier.length; i++) {
      String id = entityId(frontier[i]);
      for (Map.Entry<List<String>, Float> entry : triples.entrySet()) {
        List<String> t = entry.getKey();
        int relation = relation(t.get(1)).orElseThrow();
        boolean go = true;
        if (direction.includesForward() && t.get(0).equals(id)) {
          go = visitor.arc(i, relation, false, entities(t.subList(2, 3))[0], entry.getValue());
        }
        if (go && direction.includesBackward() && t.get(2).equals(id)) {
          go = visitor.arc(i, relation, true, entities(t.subList(0, 1))[0], entry.getValue());
        }
        if (!go) {
          return;
        }
      }
    }
  }

  @Override
  public int entityCount() {
    synchronized (entities) {
      checkOpen();
      return entities.size();
    }
  }

  @Override
  public int relationCount() {
    synchronized (entities) {
      checkOpen();
      return relations.size();
    }
  }

  @Override
  public OptionalLong tripleCount() {
    checkOpen();
    return OptionalLong.of(triples.size());
  }

  @Override
  public String snapshot() {
    checkOpen();
    byte[] text = triples.toString().getBytes(StandardCharsets.UTF_8);
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(text);
      return (onDemand ? "store at " : "sha256:") + HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }

  @Override
  public void close() {
    synchronized (entities) {
      closed = true;
    }
  }
}
