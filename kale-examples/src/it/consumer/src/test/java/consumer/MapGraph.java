package consumer;

import ai.kale.ArcVisitor;
import ai.kale.Direction;
import ai.kale.GraphCapability;
import ai.kale.KnowledgeGraph;
import ai.kale.error.InvalidInputException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/**
 * A knowledge graph over a list of triples, the example of {@code docs/custom-adapter.md}. Nothing
 * changes after the constructor but {@code closed}, so it is safe for use by several threads.
 */
final class MapGraph implements KnowledgeGraph {
  private record Arc(int relation, int neighbour) {}

  private final Handles entities = new Handles();
  private final Handles relations = new Handles();
  private final List<List<Arc>> outgoing = new ArrayList<>();
  private final List<List<Arc>> incoming = new ArrayList<>();
  private final long tripleCount;
  private final String snapshot;
  private volatile boolean closed;

  /**
   * Copies triples.
   *
   * @param triples subject, relation and object id of each; duplicates count once
   */
  MapGraph(List<String[]> triples) {
    Set<List<String>> distinct = new LinkedHashSet<>();
    for (int i = 0; i < triples.size(); i++) {
      String[] triple = triples.get(i);
      if (triple.length != 3) {
        throw new InvalidInputException(
            "triples", i + 1, "expected 3 columns, found " + triple.length + "; mend the row");
      }
      distinct.add(List.of(triple));
    }
    for (List<String> triple : distinct) {
      int subject = entities.issue(triple.get(0));
      int relation = relations.issue(triple.get(1));
      int object = entities.issue(triple.get(2));
      while (outgoing.size() < entities.count()) {
        outgoing.add(new ArrayList<>());
        incoming.add(new ArrayList<>());
      }
      outgoing.get(subject).add(new Arc(relation, object));
      incoming.get(object).add(new Arc(relation, subject));
    }
    tripleCount = distinct.size();
    snapshot = "sha256:" + hash(distinct);
  }

  @Override
  public int[] entities(List<String> ids) {
    return ids.stream().mapToInt(open().entities::find).toArray();
  }

  @Override
  public String entityId(int entity) {
    return open().entities.id(entity);
  }

  @Override
  public OptionalInt relation(String id) {
    int handle = open().relations.find(id);
    return handle < 0 ? OptionalInt.empty() : OptionalInt.of(handle);
  }

  @Override
  public String relationId(int relation) {
    return open().relations.id(relation);
  }

  @Override
  public List<List<String>> names(int[] handles) {
    // Without names of its own, an entity is called by its id: see KnowledgeGraph.label.
    return Arrays.stream(handles)
        .mapToObj(open().entities::id)
        .map(id -> List.<String>of())
        .toList();
  }

  @Override
  public void expand(int[] frontier, Direction direction, ArcVisitor visitor) {
    open();
    for (int i = 0; i < frontier.length; i++) {
      if (direction.includesForward() && !report(i, outgoing.get(frontier[i]), false, visitor)) {
        return;
      }
      if (direction.includesBackward() && !report(i, incoming.get(frontier[i]), true, visitor)) {
        return;
      }
    }
  }

  private static boolean report(int index, List<Arc> arcs, boolean inverse, ArcVisitor visitor) {
    for (Arc arc : arcs) {
      if (!visitor.arc(index, arc.relation(), inverse, arc.neighbour(), 1)) {
        return false;
      }
    }
    return true;
  }

  @Override
  public Set<GraphCapability> capabilities() {
    open();
    return Set.of(GraphCapability.ENUMERATION, GraphCapability.CONTENT_HASH);
  }

  @Override
  public int entityCount() {
    return open().entities.count();
  }

  @Override
  public int relationCount() {
    return open().relations.count();
  }

  @Override
  public OptionalLong tripleCount() {
    return OptionalLong.of(open().tripleCount);
  }

  @Override
  public String snapshot() {
    return open().snapshot;
  }

  @Override
  public void close() {
    closed = true;
  }

  private MapGraph open() {
    if (closed) {
      throw new IllegalStateException("this graph is closed");
    }
    return this;
  }

  /** Over the sorted triples, each id after its length, so that the input's order is no matter. */
  private static String hash(Set<List<String>> triples) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      triples.stream()
          .map(triple -> triple.stream().map(id -> id.length() + ":" + id).toList())
          .map(triple -> String.join(" ", triple) + "\n")
          .sorted()
          .forEach(line -> sha256.update(line.getBytes(StandardCharsets.UTF_8)));
      return HexFormat.of().formatHex(sha256.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** Ids and their dense handles from 0, in the order of their first use. */
  private static final class Handles {
    private final List<String> ids = new ArrayList<>();
    private final Map<String, Integer> handles = new HashMap<>();

    int issue(String id) {
      return handles.computeIfAbsent(
          id,
          added -> {
            ids.add(added);
            return ids.size() - 1;
          });
    }

    int find(String id) {
      return handles.getOrDefault(id, -1);
    }

    /** Throws IndexOutOfBoundsException for a handle that was never issued, as List.get does. */
    String id(int handle) {
      return ids.get(handle);
    }

    int count() {
      return ids.size();
    }
  }
}
