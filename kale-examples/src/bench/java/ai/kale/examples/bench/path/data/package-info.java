/** The graphs and the queries of the path benchmark: the same files for every contender. */
@NullMarked
package ai.kale.examples.bench.path.data;

import org.jspecify.annotations.NullMarked;
