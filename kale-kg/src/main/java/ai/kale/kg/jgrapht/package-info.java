/** JGraphT graphs as knowledge graphs, and knowledge graphs as JGraphT graphs. */
@NullMarked
package ai.kale.kg.jgrapht;

import org.jspecify.annotations.NullMarked;
