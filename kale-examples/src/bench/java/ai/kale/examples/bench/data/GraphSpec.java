package ai.kale.examples.bench.data;

import ai.kale.error.SetupException;

/**
 * Which graph to generate. Equal specifications give equal bytes, on every machine.
 *
 * @param entities entities to draw from, 2 or more; those that no triple names do not occur
 * @param triples distinct triples, 1 or more
 * @param relations relations to draw from, 1 or more
 * @param seed of every random choice
 */
public record GraphSpec(int entities, int triples, int relations, long seed) {
  /** Refuses what cannot be generated. */
  public GraphSpec {
    if (entities < 2 || triples < 1 || relations < 1) {
      throw new SetupException(
          "a generated graph needs 2 entities, 1 triple and 1 relation or more; got "
              + entities
              + ", "
              + triples
              + " and "
              + relations);
    }
    if ((double) entities * entities * relations > Long.MAX_VALUE || entities > 90_000_000) {
      throw new SetupException("at most 90,000,000 entities; got " + entities);
    }
  }

  /** The number in the id of an entity, {@code Q…}: rising, with gaps, as in Wikidata. */
  int entityNumber(int entity) {
    int mixed = entity * 0x9E3779B1;
    return 1 + 23 * entity + Integer.remainderUnsigned(mixed ^ mixed >>> 15, 23);
  }

  /** The number in the id of a relation, {@code P…}. */
  int relationNumber(int relation) {
    return relation + 1;
  }
}
