/**
 * The contenders: KALE's graph store and the stores it is measured against, behind one interface.
 */
@NullMarked
package ai.kale.examples.bench.store;

import org.jspecify.annotations.NullMarked;
