package ai.kale.data;

/**
 * A triple outside its graph.
 *
 * @param subject what it is about
 * @param relation how subject and object relate
 * @param object the other end
 */
public record TripleRef(EntityRef subject, RelationRef relation, EntityRef object) {}
