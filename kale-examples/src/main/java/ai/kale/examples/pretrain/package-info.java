/** Teaching a small model the facts of a graph, and to read. */
@NullMarked
package ai.kale.examples.pretrain;

import org.jspecify.annotations.NullMarked;
