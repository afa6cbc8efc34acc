package ai.kale.data;

/**
 * One hop of a path.
 *
 * @param relation the relation
 * @param inverse whether the hop goes against the arrow, so that {@code entity} is the triple's
 *     subject
 * @param entity where the hop ends
 */
public record PathStep(RelationRef relation, boolean inverse, EntityRef entity) {}
