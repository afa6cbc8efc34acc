package ai.kale.testing;

import ai.kale.ArcVisitor;
import ai.kale.Direction;
import ai.kale.GraphCapability;
import ai.kale.KnowledgeGraph;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** A graph of a few triples, held in lists; counts its label look-ups. */
public final class ToyGraph implements KnowledgeGraph {
  private record Triple(int subject, int relation, int object) {}

  private final List<String> entities = new ArrayList<>();
  private final List<String> relations = new ArrayList<>();
  private final List<Triple> triples = new ArrayList<>();

  /** Number of calls of {@link #names}. */
  public final AtomicInteger lookups = new AtomicInteger();

  /** Marie Curie's birthplace, its country, that country's currency. */
  public static ToyGraph curie() {
    return new ToyGraph()
        .add("Marie_Curie", "birthplace", "Warsaw")
        .add("Warsaw", "country", "Poland")
        .add("Poland", "currency", "Polish_zloty")
        .add("Poland", "capital", "Warsaw")
        .add("Lonely", "knows", "Nobody");
  }

  /** Adds a triple. */
  public ToyGraph add(String subject, String relation, String object) {
    triples.add(
        new Triple(
            handle(entities, subject), handle(relations, relation), handle(entities, object)));
    return this;
  }

  private static int handle(List<String> all, String id) {
    if (!all.contains(id)) {
      all.add(id);
    }
    return all.indexOf(id);
  }

  @Override
  public Set<GraphCapability> capabilities() {
    return Set.of(GraphCapability.ENUMERATION);
  }

  @Override
  public int[] entities(List<String> ids) {
    return ids.stream().mapToInt(entities::indexOf).toArray();
  }

  @Override
  public String entityId(int entity) {
    return entities.get(entity);
  }

  @Override
  public List<List<String>> names(int[] handles) {
    lookups.incrementAndGet();
    List<List<String>> names = new ArrayList<>();
    for (int handle : handles) {
      // One entity has no name, so that its label comes from its id.
      String id = entities.get(handle);
      names.add(id.equals("Poland") ? List.of() : List.of(id.replace('_', ' ')));
    }
    return names;
  }

  @Override
  public OptionalInt relation(String id) {
    int handle = relations.indexOf(id);
    return handle < 0 ? OptionalInt.empty() : OptionalInt.of(handle);
  }

  @Override
  public String relationId(int relation) {
    return relations.get(relation);
  }

  @Override
  public void expand(int[] frontier, Direction direction, ArcVisitor visitor) {
    for (int i = 0; i < frontier.length; i++) {
      for (Triple t : triples) {
        boolean go = true;
        if (direction.includesForward() && t.subject == frontier[i]) {
          go = visitor.arc(i, t.relation, false, t.object, 1);
        }
        if (go && direction.includesBackward() && t.object == frontier[i]) {
          go = visitor.arc(i, t.relation, true, t.subject, 1);
        }
        if (!go) {
          return;
        }
      }
    }
  }

  @Override
  public int entityCount() {
    return entities.size();
  }

  @Override
  public int relationCount() {
    return relations.size();
  }

  @Override
  public OptionalLong tripleCount() {
    return OptionalLong.of(triples.size());
  }

  @Override
  public String snapshot() {
    return "toy:" + triples.size();
  }

  @Override
  public void close() {}
}
