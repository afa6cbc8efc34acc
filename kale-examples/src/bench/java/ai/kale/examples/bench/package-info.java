/** Benchmarks: one command that measures, compares and writes a table. See docs/benchmarks.md. */
@NullMarked
package ai.kale.examples.bench;

import org.jspecify.annotations.NullMarked;
