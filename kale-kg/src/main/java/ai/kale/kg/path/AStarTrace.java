package ai.kale.kg.path;

import ai.kale.PathResult;

/**
 * A search by {@link AStarPathExtractor} and the work it was.
 *
 * @param result what it found
 * @param expansions partial paths that were made longer
 * @param anchors anchors that were drawn; 1 if the targets are the anchors
 * @param roundTrips how often the graph was asked for arcs, with a frontier each time
 */
public record AStarTrace(PathResult result, long expansions, int anchors, int roundTrips) {}
