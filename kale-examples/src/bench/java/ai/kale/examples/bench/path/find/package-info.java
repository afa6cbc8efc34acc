/** Who finds paths: KALE's extractors and those of other libraries, behind one small interface. */
@NullMarked
package ai.kale.examples.bench.path.find;

import org.jspecify.annotations.NullMarked;
