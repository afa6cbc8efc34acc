package ai.kale.kg.graph;

import ai.kale.GraphCapability;
import ai.kale.KnowledgeGraph;
import ai.kale.error.InvalidInputException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The choice of a {@link SubGraph} in handles: which relations, triples and entities stay. */
final class SubGraphSelection {
  private static final int BATCH = 4096;
  private static final int SHOWN = 10;

  private final SubGraph choice;
  private final KnowledgeGraph graph;
  private final BitSet relations = new BitSet();
  private final BitSet excluded;

  /** Null for all. */
  private final @Nullable BitSet kept;

  SubGraphSelection(SubGraph choice) {
    this.choice = choice;
    this.graph = choice.graph;
    Set<String> named = choice.relations;
    if (named != null) {
      List<String> unknown = new ArrayList<>();
      for (String id : new TreeSet<>(named)) {
        OptionalInt relation = graph.relation(id);
        relation.ifPresent(relations::set);
        if (relation.isEmpty()) {
          unknown.add(id);
        }
      }
      refuse("relation", unknown);
    }
    excluded = entities(choice.excluded == null ? Set.of() : choice.excluded);
    BitSet only = choice.kept == null ? null : entities(choice.kept);
    if (only != null) {
      only.andNot(excluded);
    }
    kept = only;
  }

  private BitSet entities(Collection<String> ids) {
    List<String> sorted = List.copyOf(new TreeSet<>(ids));
    int[] found = graph.entities(sorted);
    BitSet handles = new BitSet();
    List<String> unknown = new ArrayList<>();
    for (int i = 0; i < found.length; i++) {
      if (found[i] < 0) {
        unknown.add(sorted.get(i));
      } else {
        handles.set(found[i]);
      }
    }
    refuse("entity", unknown);
    return handles;
  }

  private static void refuse(String kind, List<String> unknown) {
    if (!unknown.isEmpty()) {
      int more = unknown.size() - SHOWN;
      throw new InvalidInputException(
          "the graph has no "
              + kind
              + " "
              + String.join(", ", unknown.stream().limit(SHOWN).map(id -> "'" + id + "'").toList())
              + (more > 0 ? " and " + more + " more" : "")
              + "; ids are compared exactly");
    }
  }

  boolean keeps(int relation, float weight) {
    boolean wanted =
        choice.relations == null || relations.get(relation) != choice.relationsExcluded;
    return wanted && (choice.minWeight == 0 || weight >= choice.minWeight);
  }

  private boolean keeps(int entity) {
    return !excluded.get(entity) && (kept == null || kept.get(entity));
  }

  /** The entities between which triples are kept. */
  BitSet members() {
    if (choice.seeds != null) {
      return ball(choice.seeds);
    }
    if (kept != null) {
      return kept;
    }
    GraphCapability.ENUMERATION.require(
        graph,
        "a sub-graph without a centre",
        "say around(…) or keepEntities(…), or use a graph in memory");
    BitSet all = new BitSet();
    all.set(0, graph.entityCount());
    all.andNot(excluded);
    return all;
  }

  private BitSet ball(Set<String> centre) {
    BitSet ball = entities(centre);
    List<String> out =
        ball.stream().filter(seed -> !keeps(seed)).mapToObj(graph::entityId).sorted().toList();
    if (!out.isEmpty()) {
      throw new InvalidInputException(
          "centres of the ball are excluded or not among the entities to keep: " + out);
    }
    BitSet frontier = (BitSet) ball.clone();
    for (int hop = 0; hop < choice.hops && !frontier.isEmpty(); hop++) {
      BitSet next = new BitSet();
      int limit = hop == 0 ? Integer.MAX_VALUE : choice.hubLimit;
      inBatches(frontier, batch -> grow(batch, new Ring(next, limit)));
      next.andNot(ball);
      ball.or(next);
      frontier = next;
    }
    return ball;
  }

  private void grow(int[] batch, Ring ring) {
    graph.expand(
        batch,
        choice.direction,
        (index, relation, inverse, neighbour, weight) -> {
          if (keeps(relation, weight) && keeps(neighbour)) {
            ring.add(index, neighbour);
          }
          return true;
        });
    ring.flush();
  }

  /** Passes on handles in rising order, some thousand at a time. */
  static void inBatches(BitSet handles, Consumer<int[]> action) {
    int[] batch = new int[BATCH];
    int size = 0;
    for (int e = handles.nextSetBit(0); e >= 0; e = handles.nextSetBit(e + 1)) {
      batch[size++] = e;
      if (size == BATCH) {
        action.accept(batch.clone());
        size = 0;
      }
    }
    if (size > 0) {
      action.accept(Arrays.copyOf(batch, size));
    }
  }

  /** Collects the neighbours of entities, but not of those that have too many arcs. */
  private static final class Ring {
    private final BitSet target;
    private final int limit;
    private IntList own = new IntList();
    private int owner = -1;

    Ring(BitSet target, int limit) {
      this.target = target;
      this.limit = limit;
    }

    void add(int index, int neighbour) {
      if (index != owner) {
        flush();
        owner = index;
      }
      own.add(neighbour);
    }

    void flush() {
      for (int i = 0; i < own.size() && own.size() <= limit; i++) {
        target.set(own.get(i));
      }
      own = new IntList();
    }
  }
}
