/** The generated graph that every contender loads: the same bytes for the same numbers. */
@NullMarked
package ai.kale.examples.bench.data;

import org.jspecify.annotations.NullMarked;
