/** The benchmark of entity linking. */
@NullMarked
package ai.kale.examples.bench.link;

import org.jspecify.annotations.NullMarked;
