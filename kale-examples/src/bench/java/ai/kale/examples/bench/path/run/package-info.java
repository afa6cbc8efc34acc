/** One contender in a JVM of its own: warm-up, time limits, and a time for each query. */
@NullMarked
package ai.kale.examples.bench.path.run;

import org.jspecify.annotations.NullMarked;
