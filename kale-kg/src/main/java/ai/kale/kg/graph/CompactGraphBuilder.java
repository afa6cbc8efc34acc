package ai.kale.kg.graph;

import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

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

  /** Most bytes an id or a name may have in UTF-8. */
  public static final int MAX_TEXT_BYTES = TextStore.SEGMENT - 16;

  private final IdDictionaryBuilder entities = new IdDictionaryBuilder();
  private final IdDictionaryBuilder relations = new IdDictionaryBuilder();
  private final NameCollector names = new NameCollector(entities, relations);
  private final ShortTexts graphNames = new ShortTexts();
  private final TripleBatch batch = new TripleBatch();
  private TripleColumns triples = new TripleColumns(false, false);
  private TripleIngest ingest = new TripleIngest(entities, relations, triples);
  private String graphName = "";
  private int graphNumber;
  private long line;
  private long namesDropped;
  private boolean built;

  /** Creates a builder of a graph without weights and sources. */
  public CompactGraphBuilder() {}

  /**
   * Creates a builder of a graph with weights.
   *
   * @return a new builder
   */
  public static CompactGraphBuilder weighted() {
    return new CompactGraphBuilder().keepWeights();
  }

  /**
   * Keeps weights: 8 bytes a triple.
   *
   * @return this
   * @throws IllegalStateException after the first triple
   */
  public CompactGraphBuilder keepWeights() {
    return keep(true, triples.sourced);
  }

  /**
   * Keeps where each triple came from, see {@link #at}: 12 bytes a triple. Of equal triples the
   * first source is kept.
   *
   * @return this
   * @throws IllegalStateException after the first triple
   */
  public CompactGraphBuilder keepSources() {
    return keep(triples.weighted, true);
  }

  private CompactGraphBuilder keep(boolean weights, boolean sources) {
    if (tripleCount() > 0) {
      throw new IllegalStateException("say what to keep before the first triple");
    }
    triples = new TripleColumns(weights, sources);
    ingest = new TripleIngest(entities, relations, triples);
    return this;
  }

  /**
   * Says where the triples that are added from now on come from. Without {@link #keepSources} it
   * does nothing.
   *
   * @param atLine 1-based line or statement; 0 where unknown
   * @param inGraph the named graph; {@code ""} for the default graph
   * @return this
   */
  public CompactGraphBuilder at(long atLine, String inGraph) {
    if (atLine < 0) {
      throw new IllegalArgumentException("a line is 0 or more; got " + atLine);
    }
    if (triples.sourced) {
      line = atLine;
      if (!inGraph.equals(graphName)) {
        graphName = inGraph;
        graphNumber = graphNames.add(inGraph);
      }
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
   * @throws IllegalArgumentException if an id is empty, longer than {@link #MAX_TEXT_BYTES} or no
   *     valid Unicode
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
   * @throws IllegalStateException without {@link #keepWeights}
   * @throws IllegalArgumentException if the weight is out of range, or an id as in {@link
   *     #addTriple(String, String, String)}
   */
  public CompactGraphBuilder addTriple(
      String subject, String relation, String object, float weight) {
    if (!triples.weighted) {
      throw new IllegalStateException(
          "weights need CompactGraphBuilder.weighted() or keepWeights()");
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
    field(subject, 0);
    field(relation, 1);
    field(object, 2);
    batch.endTriple(weight, line, graphNumber);
    if (batch.isFull()) {
      flush();
    }
    return this;
  }

  private void field(String id, int field) {
    byte[] bytes = encode(id);
    batch.field(bytes, 0, bytes.length, field);
  }

  private static byte[] encode(String text) {
    byte[] bytes = IdKeys.require(text);
    if (bytes.length > MAX_TEXT_BYTES) {
      throw new IllegalArgumentException(
          "a text of "
              + bytes.length
              + " bytes in UTF-8; ids and names have at most "
              + MAX_TEXT_BYTES
              + ": '"
              + text.substring(0, 80)
              + "…'");
    }
    return bytes;
  }

  private void flush() {
    ingest.addAll(batch);
    batch.clear();
  }

  /**
   * Adds the triples of a batch; faster than one by one. Their graph name is {@code ""}.
   *
   * @param more the triples; the caller may use it again afterwards
   * @return this
   */
  public CompactGraphBuilder addAll(TripleBatch more) {
    checkOpen();
    flush();
    ingest.addAll(more);
    return this;
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
    flush();
    entities.add(encode(id));
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
    return addName(id, NameCollector.Owner.EITHER, text, language, preference);
  }

  /** Adds a name of an entity or relation that is known already, or of whatever has the id. */
  CompactGraphBuilder addName(
      String id, NameCollector.Owner owner, String text, String language, int preference) {
    checkOpen();
    if (id.isEmpty()) {
      throw new IllegalArgumentException("empty id of the name '" + text + "'");
    }
    String name = text.strip();
    if (name.isEmpty()) {
      namesDropped++;
    } else if (names.add(encode(id), owner, encode(name), language, preference)) {
      flush();
      names.settle();
    }
    return this;
  }

  /**
   * Passes on the id of each entity that a triple or {@link #addEntity} has brought so far, once
   * each; names may be added meanwhile.
   *
   * @param visitor gets each id
   */
  public void forEachEntityId(Consumer<String> visitor) {
    checkOpen();
    flush();
    int count = entities.size();
    for (int entity = 0; entity < count; entity++) {
      visitor.accept(new String(entities.bytes(entity), StandardCharsets.UTF_8));
    }
  }

  /** Triples added so far, duplicates included. */
  public long tripleCount() {
    return (long) triples.size() + batch.size();
  }

  /** Names left out: blank, repeated, or fallbacks where a better one exists. */
  public long namesDropped() {
    return namesDropped;
  }

  /**
   * Makes the graph. Handles rise with ids. O(n log n + m) for n entities and m triples, plus O(k
   * log k) for k names. The builder cannot be used again.
   *
   * @return a frozen graph, possibly empty
   */
  public CompactGraph build() {
    checkOpen();
    built = true;
    flush();
    names.resolve();
    IdDictionaryBuilder.Frozen ofEntities = entities.freeze();
    IdDictionaryBuilder.Frozen ofRelations = relations.freeze();
    IdDictionary entityIds = ofEntities.ids();
    IdDictionary relationIds = ofRelations.ids();
    NameCollector.Tables tables = names.build(ofEntities.numbers(), ofRelations.numbers());
    namesDropped += tables.dropped();
    triples.renumber(ofEntities.numbers(), ofRelations.numbers());
    AdjacencySorter.Sorted sorted =
        AdjacencySorter.sort(entityIds.size(), relationIds.size(), triples, graphNames);
    return new CompactGraph(
        new GraphContent(
            entityIds,
            relationIds,
            tables.entities(),
            tables.relations(),
            sorted.arcs(),
            sorted.sources(),
            sorted.duplicates(),
            null));
  }

  private void checkOpen() {
    if (built) {
      throw new IllegalStateException("this builder has built its graph; make a new one");
    }
  }
}
