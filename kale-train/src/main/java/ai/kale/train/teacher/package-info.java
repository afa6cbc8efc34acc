/** The fixed side of a divergence: what a model that reads the rationale would answer. */
@NullMarked
package ai.kale.train.teacher;

import org.jspecify.annotations.NullMarked;
