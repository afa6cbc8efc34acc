/** The path benchmark: contenders, how they are measured, and the report. */
@NullMarked
package ai.kale.examples.bench.path;

import org.jspecify.annotations.NullMarked;
