/**
 * Grounding: links a question set to a knowledge graph and finds the paths from the question's
 * entities to the answer's.
 */
@NullMarked
package ai.kale.ground;

import org.jspecify.annotations.NullMarked;
