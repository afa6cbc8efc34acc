package ai.kale.kg.graph;

/** Turns batches of triples into numbers. */
final class TripleIngest {
  private final IdDictionaryBuilder entities;
  private final IdDictionaryBuilder relations;
  private final TripleColumns triples;
  private final int[] entityFields = new int[2 * TripleBatch.CAPACITY];
  private final int[] relationFields = new int[TripleBatch.CAPACITY];
  private final int[] entityNumbers = new int[2 * TripleBatch.CAPACITY];
  private final int[] relationNumbers = new int[TripleBatch.CAPACITY];

  TripleIngest(IdDictionaryBuilder entities, IdDictionaryBuilder relations, TripleColumns triples) {
    this.entities = entities;
    this.relations = relations;
    this.triples = triples;
    for (int i = 0; i < TripleBatch.CAPACITY; i++) {
      entityFields[2 * i] = 3 * i;
      entityFields[2 * i + 1] = 3 * i + 2;
      relationFields[i] = 3 * i + 1;
    }
  }

  void addAll(TripleBatch batch) {
    int count = batch.size();
    if (count > AdjacencyArrays.MAX_TRIPLES - triples.size()) {
      throw new IllegalStateException(
          "more than " + AdjacencyArrays.MAX_TRIPLES + " triples in one graph");
    }
    entities.addAll(batch.bytes, batch.ends, entityFields, 2 * count, entityNumbers);
    relations.addAll(batch.bytes, batch.ends, relationFields, count, relationNumbers);
    for (int i = 0; i < count; i++) {
      triples.add(
          entityNumbers[2 * i],
          relationNumbers[i],
          entityNumbers[2 * i + 1],
          batch.weights[i],
          batch.lines[i],
          batch.graphs[i]);
    }
  }
}
