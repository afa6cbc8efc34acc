/** The in-memory graph: frozen sorted arrays, and the builder that makes them. */
@NullMarked
package ai.kale.kg.graph;

import org.jspecify.annotations.NullMarked;
