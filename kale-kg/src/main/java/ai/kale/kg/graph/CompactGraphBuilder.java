package ai.kale.kg.graph;

import ai.kale.kg.graph.NameTable.Entry;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Collects triples and names in any order and makes a {@link CompactGraph} of them. Not safe for
 * use by several threads; good for one graph.
 */
public final class CompactGraphBuilder {
  /** Preference of a preferred label; lower numbers are better. */
  public static final int LABEL = 0;

  /** Preference of an alias. */
  public static final int ALIAS = 500;

  /** Names of this preference or worse are kept only where there is no better one. */
  public static final int FALLBACK = 1000;

  private final StringDictionary entities = new StringDictionary();
  private final StringDictionary relations = new StringDictionary();
  private int[] heads = new int[64];
  private int[] rels = new int[64];
  private int[] tails = new int[64];
  private float @Nullable [] weights;
  private int count;
  private final StringDictionary named = new StringDictionary();
  private final List<Entry> names = new ArrayList<>();
  private long namesDropped;
  private boolean built;

  private boolean sources;
  private TripleSource current = new TripleSource(0, "");
  private final Map<List<Integer>, TripleSource> sourceOf = new HashMap<>();

  /** Creates a builder of a graph without weights. */
  public CompactGraphBuilder() {}

  /**
   * Creates a builder of a graph with weights.
   *
   * @return a new builder
   */
  public static CompactGraphBuilder weighted() {
    CompactGraphBuilder builder = new CompactGraphBuilder();
    builder.weights = new float[64];
    return builder;
  }

  /**
   * Keeps weights.
   *
   * @return this
   * @throws IllegalStateException after the first triple
   */
  public CompactGraphBuilder keepWeights() {
    if (count > 0) {
      throw new IllegalStateException("say keepWeights() before the first triple");
    }
    weights = new float[64];
    return this;
  }

  /**
   * Keeps where each triple came from, see {@link #at}. Of equal triples the first source is kept.
   *
   * @return this
   * @throws IllegalStateException after the first triple
   */
  public CompactGraphBuilder keepSources() {
    if (count > 0) {
      throw new IllegalStateException("say keepSources() before the first triple");
    }
    sources = true;
    return this;
  }

  /**
   * Says where the triples that are added from now on come from. Without {@link #keepSources} it
   * does nothing.
   *
   * @param line 1-based line or statement; 0 where unknown
   * @param graphName the named graph; {@code ""} for the default graph
   * @return this
   */
  public CompactGraphBuilder at(long line, String graphName) {
    if (sources) {
      current = new TripleSource(line, graphName);
    }
    return this;
  }

  /**
   * Adds a triple; in a weighted graph with weight 1.
   *
   * @param subject entity id, not empty
   * @param relation relation id, not empty
   * @param object entity id, not empty
   * @return this
   */
  public CompactGraphBuilder addTriple(String subject, String relation, String object) {
    return add(subject, relation, object, 1);
  }

  /**
   * Adds a triple with a weight. Of equal triples the highest weight is kept.
   *
   * @param subject entity id, not empty
   * @param relation relation id, not empty
   * @param object entity id, not empty
   * @param weight finite, 0 or more
   * @return this
   * @throws IllegalStateException if this builder is not {@link #weighted()}
   */
  public CompactGraphBuilder addTriple(
      String subject, String relation, String object, float weight) {
    if (weights == null) {
      throw new IllegalStateException("weights need CompactGraphBuilder.weighted()");
    }
    if (!(weight >= 0) || Float.isInfinite(weight)) {
      throw new IllegalArgumentException("a weight is finite and 0 or more; got " + weight);
    }
    return add(subject, relation, object, weight == 0 ? 0 : weight);
  }

  private CompactGraphBuilder add(String subject, String relation, String object, float weight) {
    checkOpen();
    if (subject.isEmpty() || relation.isEmpty() || object.isEmpty()) {
      throw new IllegalArgumentException(
          "empty id in triple ('" + subject + "', '" + relation + "', '" + object + "')");
    }
    if (count == AdjacencyArrays.MAX_TRIPLES) {
      throw new IllegalStateException("more than " + count + " triples in one graph");
    }
    if (count == heads.length) {
      grow();
    }
    heads[count] = entities.add(subject);
    rels[count] = relations.add(relation);
    tails[count] = entities.add(object);
    float[] w = weights;
    if (w != null) {
      w[count] = weight;
    }
    if (sources) {
      sourceOf.putIfAbsent(List.of(heads[count], rels[count], tails[count]), current);
    }
    count++;
    return this;
  }

  private void grow() {
    int size = (int) Math.min(AdjacencyArrays.MAX_TRIPLES, count + (count >> 1) + 16L);
    heads = Arrays.copyOf(heads, size);
    rels = Arrays.copyOf(rels, size);
    tails = Arrays.copyOf(tails, size);
    if (weights != null) {
      weights = Arrays.copyOf(weights, size);
    }
  }

  /**
   * Adds an entity that may have no triple.
   *
   * @param id its id, not empty
   * @return this
   */
  public CompactGraphBuilder addEntity(String id) {
    checkOpen();
    if (id.isEmpty()) {
      throw new IllegalArgumentException("empty entity id");
    }
    entities.add(id);
    return this;
  }

  /**
   * Adds the preferred label of an entity or relation.
   *
   * @param id its id
   * @param text the label
   * @return this
   */
  public CompactGraphBuilder addLabel(String id, String text) {
    return addName(id, text, LABEL);
  }

  /**
   * Adds another name of an entity or relation.
   *
   * @param id its id
   * @param text the alias
   * @return this
   */
  public CompactGraphBuilder addAlias(String id, String text) {
    return addName(id, text, ALIAS);
  }

  /**
   * Adds a name. The best preference becomes the label (of equals, the first as a string); the rest
   * become aliases. Whether the id is a relation's, an entity's or both shows when the graph is
   * built; an id in no triple becomes an entity without arcs.
   *
   * @param id the id of an entity or relation, not empty
   * @param text the name; a blank one is dropped and counted
   * @param preference lower is better: {@link #LABEL}, {@link #ALIAS}, {@link #FALLBACK} or between
   * @return this
   */
  public CompactGraphBuilder addName(String id, String text, int preference) {
    return addName(id, text, "", preference);
  }

  /**
   * Adds a name in a language; otherwise as {@link #addName(String, String, int)}.
   *
   * @param id the id of an entity or relation, not empty
   * @param text the name; a blank one is dropped and counted
   * @param language a BCP 47 tag, or {@code ""} for none
   * @param preference lower is better
   * @return this
   */
  public CompactGraphBuilder addName(String id, String text, String language, int preference) {
    checkOpen();
    if (id.isEmpty()) {
      throw new IllegalArgumentException("empty id of the name '" + text + "'");
    }
    String name = text.strip();
    if (name.isEmpty()) {
      namesDropped++;
    } else {
      names.add(new Entry(named.add(id), preference, name, language));
    }
    return this;
  }

  /** Triples added so far, duplicates included. */
  public long tripleCount() {
    return count;
  }

  /** Names left out: blank, repeated, or fallbacks where a better one exists. */
  public long namesDropped() {
    return namesDropped;
  }

  /**
   * Makes the graph. O(n + m), plus O(k log k) for k names. The builder cannot be used again.
   *
   * @return a frozen graph, possibly empty
   */
  public CompactGraph build() {
    checkOpen();
    built = true;
    List<Entry> ofEntities = new ArrayList<>();
    List<Entry> ofRelations = new ArrayList<>();
    for (Entry name : names) {
      String id = named.get(name.owner());
      int relation = relations.find(id);
      int entity = relation < 0 ? entities.add(id) : entities.find(id);
      if (relation >= 0) {
        ofRelations.add(new Entry(relation, name.preference(), name.text(), name.language()));
      }
      if (entity >= 0) {
        ofEntities.add(new Entry(entity, name.preference(), name.text(), name.language()));
      }
    }
    names.clear();
    entities.trim();
    relations.trim();
    NameTable entityNames = NameTable.of(entities.size(), ofEntities);
    NameTable relationNames = NameTable.of(relations.size(), ofRelations);
    namesDropped += entityNames.dropped() + relationNames.dropped();
    AdjacencyArrays arcs =
        AdjacencySorter.sort(entities.size(), relations.size(), heads, rels, tails, weights, count);
    return new CompactGraph(
        new GraphContent(
            entities, relations, entityNames, relationNames, arcs, sources ? sourceOf : null));
  }

  private void checkOpen() {
    if (built) {
      throw new IllegalStateException("this builder has built its graph; make a new one");
    }
  }
}
