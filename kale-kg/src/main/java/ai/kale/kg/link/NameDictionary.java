package ai.kale.kg.link;

import ai.kale.GraphCapability;
import ai.kale.KnowledgeGraph;
import com.google.common.collect.MapMaker;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * All names of a graph, and the entities that have each. Made once for each graph object and {@link
 * Folding}; kept as long as the graph is reachable. Immutable; holds no reference to its graph.
 *
 * <p>Takes the automaton, about a dozen bytes a name; 4 bytes a name for its entity; 8 bytes an
 * entity more for names of several; and a byte or less an entity for {@link FirstTokens}.
 */
final class NameDictionary {
  private static final ConcurrentMap<KnowledgeGraph, AtomicReferenceArray<NameDictionary>> CACHE =
      new MapMaker().weakKeys().makeMap();

  private final NameAutomaton automaton;
  private final FirstTokens firstTokens;

  /** By name: its entity, or the complement of where its entities begin in {@link #shared}. */
  private final int[] entityOfName;

  /** The number of entities, then each with its degree, best first. */
  private final int[] shared;

  NameDictionary(
      NameAutomaton automaton, FirstTokens firstTokens, int[] entityOfName, int[] shared) {
    this.automaton = automaton;
    this.firstTokens = firstTokens;
    this.entityOfName = entityOfName;
    this.shared = shared;
  }

  /**
   * The dictionary of a graph, made at the first call.
   *
   * @throws ai.kale.error.UnsupportedCapabilityException if the graph cannot enumerate its entities
   */
  static NameDictionary of(KnowledgeGraph graph, Folding folding) {
    GraphCapability.ENUMERATION.require(
        graph,
        "linking by name",
        "annotate Question.topics with entity ids and use TopicLinker, or pass your own"
            + " EntityLinker");
    AtomicReferenceArray<NameDictionary> all = CACHE.get(graph);
    if (all == null) {
      all = CACHE.computeIfAbsent(graph, g -> new AtomicReferenceArray<>(Folding.KINDS));
    }
    NameDictionary known = all.get(folding.kind());
    if (known == null) {
      synchronized (all) {
        known = all.get(folding.kind());
        if (known == null) {
          known = new NameDictionaryBuilder(graph, folding).build();
          all.set(folding.kind(), known);
        }
      }
    }
    return known;
  }

  NameAutomaton automaton() {
    return automaton;
  }

  FirstTokens firstTokens() {
    return firstTokens;
  }

  /** Names that differ under the folding. */
  int names() {
    return entityOfName.length;
  }

  /** Bytes of its arrays. */
  long byteLength() {
    return automaton.byteLength()
        + firstTokens.byteLength()
        + 4L * entityOfName.length
        + 4L * shared.length;
  }

  /** How many entities have a name. */
  int count(int name) {
    return entityOfName[name] >= 0 ? 1 : shared[~entityOfName[name]];
  }

  /** The entity of a name with the highest degree. */
  int best(int name) {
    int entity = entityOfName[name];
    return entity >= 0 ? entity : shared[~entity + 1];
  }

  /** The first entities of a name, highest degree first, then by id. */
  int[] entities(int name, int most) {
    int entity = entityOfName[name];
    return entity >= 0 ? new int[] {entity} : column(~entity, 1, most);
  }

  /** The degrees of the first entities of a name that has several. */
  int[] degrees(int name, int most) {
    return column(~entityOfName[name], 2, most);
  }

  private int[] column(int at, int first, int most) {
    int[] values = new int[Math.min(most, shared[at])];
    for (int i = 0; i < values.length; i++) {
      values[i] = shared[at + first + 2 * i];
    }
    return values;
  }
}
