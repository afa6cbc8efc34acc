/**
 * Training objectives: sums of terms, each of which says which rows of which layer it reads and
 * what it wants of them.
 */
@NullMarked
package ai.kale.train.objective;

import org.jspecify.annotations.NullMarked;
