/** What the reports of all benchmarks are made of. */
@NullMarked
package ai.kale.examples.bench.report;

import org.jspecify.annotations.NullMarked;
