package ai.kale.kg.jgrapht;

/**
 * A triple as a JGraphT edge, in handles.
 *
 * @param subject its source vertex
 * @param relation the relation
 * @param object its target vertex
 */
public record TripleEdge(int subject, int relation, int object) {}
